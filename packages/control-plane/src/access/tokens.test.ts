import { createHash } from "node:crypto";
import { chmodSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { databases, openTestDatabase, type TestDatabase } from "../../../../test/support/databases.ts";
import { openDirectory } from "../../../../test/support/directory.ts";
import { readJournal } from "../journal/journal.ts";
import { createToken, findTokenPrincipal, provideAdminToken } from "./tokens.ts";

describe.each(databases)("on $name", (kind) => {
  let database: TestDatabase;
  let directory: string;
  let file: string;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    directory = openDirectory("tokens");
    file = join(directory, "private", "admin-token");
  });
  afterAll(async () => {
    await database?.close();
    rmSync(directory, { recursive: true, force: true });
  });
  beforeEach(() => rmSync(join(directory, "private"), { recursive: true, force: true }));

  async function provide(): Promise<string> {
    await provideAdminToken(database.handle, file);
    return readFileSync(file, "utf8").trim();
  }

  it("keeps a hash of the token, and the token nowhere", async () => {
    const token = await provide();
    expect(token).toMatch(/^mya_[\w-]{43}$/);
    const { rows } = await database.handle.pool.query<{ hash: string }>("select * from tokens");
    expect(rows.map(({ hash }) => hash)).toContain(createHash("sha256").update(token).digest("hex"));
    const journal = await readJournal(database.handle.db, { limit: 1_000 });
    expect(JSON.stringify([rows, journal])).not.toContain(token);
    expect(journal.map(({ action }) => action)).toContain("token.created");
  });

  it("writes the file for its owner only, also over one that all may read", async () => {
    await provide();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    chmodSync(file, 0o644);
    await provide();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    writeFileSync(file, "of another database\n", { mode: 0o644 });
    chmodSync(file, 0o644);
    await provide();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(file, ".."))).toEqual(["admin-token"]);
  });

  it("keeps the token at the next start, and gives a new one when the database was replaced or the token revoked", async () => {
    const first = await provide();
    expect(await provide()).toBe(first);
    await database.handle.pool.query("update tokens set revoked_at = now()");
    expect(await findTokenPrincipal(database.handle.db, first)).toBeUndefined();
    const second = await provide();
    expect(second).not.toBe(first);
    await database.handle.pool.query("truncate tokens");
    expect(await provide()).not.toBe(second);
  });

  it("finds whose a token is, and of nothing else", async () => {
    const { token, principal } = await database.handle.db.transaction().execute((trx) => createToken(trx, "robot", "admin"));
    expect(await findTokenPrincipal(database.handle.db, token)).toEqual(principal);
    for (const other of ["", `${token}x`, token.slice(0, -1), createHash("sha256").update(token).digest("hex")]) {
      expect(await findTokenPrincipal(database.handle.db, other)).toBeUndefined();
    }
  });

  it("makes the token of a start whose transaction fails worthless, and the next start makes another", async () => {
    writeFileSync(join(directory, "occupied"), "");
    await expect(provideAdminToken(database.handle, join(directory, "occupied", "admin-token"))).rejects.toThrow();
    const token = await provide();
    expect((await findTokenPrincipal(database.handle.db, token))?.name).toBe("admin");
  });

  it("keeps the journal as it was written", async () => {
    await provide();
    for (const statement of ["update journal set actor = 'x'", "delete from journal", "truncate journal"]) {
      await expect(database.handle.pool.query(statement)).rejects.toThrow("append-only");
    }
  });
});
