import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { DatabaseHandle } from "../../database/connection.ts";
import { findToken } from "./find.ts";
import { makeOwnToken } from "./make.ts";

/**
 * The data directory's own token, named `admin`: whoever may read its file is owner. Made on the first start and written to a file
 * that only its owner can read. Returns the file's path. A database that was replaced gets a new token.
 */
export async function provideAdminToken(handle: DatabaseHandle, file: string): Promise<string> {
  const kept = existsSync(file) ? readFileSync(file, "utf8").trim() : "";
  if (kept !== "" && (await findToken(handle.db, kept)).kind === "active") {
    chmodSync(file, 0o600);
    return file;
  }
  await handle.db.transaction().execute(async (trx) => {
    const { text } = await makeOwnToken(trx, "admin");
    writePrivateFile(file, `${text}\n`);
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
