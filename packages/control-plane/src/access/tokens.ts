import { createHash, randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { DatabaseHandle, Executor } from "../database/connection.ts";
import { newUuid, toPublicId } from "../database/identifiers.ts";
import { appendJournal } from "../journal/journal.ts";
import { grantsOf, setGrants } from "./grants.ts";
import type { Principal } from "./principal.ts";

/** Makes a token with 256 bits from the system's random source; only its hash is kept. */
export async function createToken(trx: Executor, name: string, actor: string): Promise<{ readonly token: string; readonly principal: Principal }> {
  const token = `mya_${randomBytes(32).toString("base64url")}`;
  const id = newUuid();
  await trx.insertInto("tokens").values({ id, name, hash: hashToken(token) }).execute();
  await setGrants(trx, "token", id, [{ environment: null, role: "owner" }]);
  await appendJournal(trx, { actor, action: "token.created", subjectType: "token", subjectId: toPublicId("tok", id), details: { name } });
  return { token, principal: await principalOf(trx, { id, name }) };
}

/** Who a token is for; undefined when it is unknown or revoked. The look-up is by hash, so it tells nothing by its time. */
export async function findTokenPrincipal(db: Executor, token: string): Promise<Principal | undefined> {
  const row = await db.selectFrom("tokens").select(["id", "name"]).where("hash", "=", hashToken(token)).where("revokedAt", "is", null).executeTakeFirst();
  return row === undefined ? undefined : principalOf(db, row);
}

/**
 * The first administrator's token: made on the first start and written to a file that only its owner can read.
 * Returns the file's path. A database that was replaced gets a new token.
 */
export async function provideAdminToken(handle: DatabaseHandle, file: string): Promise<string> {
  const kept = existsSync(file) ? readFileSync(file, "utf8").trim() : "";
  if (kept !== "" && (await findTokenPrincipal(handle.db, kept)) !== undefined) {
    chmodSync(file, 0o600);
    return file;
  }
  await handle.db.transaction().execute(async (trx) => {
    const { token } = await createToken(trx, "admin", "modyard");
    writePrivateFile(file, `${token}\n`);
  });
  return file;
}

/** Written beside and renamed: an existing file's mode would stay as it is, and a reader could see half a token. */
function writePrivateFile(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const partial = `${file}.${process.pid}.partial`;
  writeFileSync(partial, text, { mode: 0o600 });
  renameSync(partial, file);
}

async function principalOf(db: Executor, { id, name }: { readonly id: string; readonly name: string }): Promise<Principal> {
  return { kind: "token", id, name, grants: await grantsOf(db, "token", id) };
}

function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
