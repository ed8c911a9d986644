import { createHash } from "node:crypto";
import { chmodSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { databases, openTestDatabase, quiet, type TestDatabase } from "../../../../../test/support/databases.ts";
import { openDirectory } from "../../../../../test/support/directory.ts";
import { newUuid } from "../../database/identifiers.ts";
import { readJournal } from "../../journal/journal.ts";
import { setGrants } from "../grants.ts";
import type { Grant, Principal } from "../principal.ts";
import { provideAdminToken } from "./admin-token.ts";
import { findToken, principalOfToken } from "./find.ts";
import { LastUse } from "./last-use.ts";
import { getToken, listTokens } from "./list.ts";
import { makeToken, type MadeToken, type TokenWish } from "./make.ts";
import { revokeTokens } from "./revoke.ts";
import { newTokenText } from "./text.ts";

const owner: Grant = { environment: null, role: "owner" };
const operator: Grant = { environment: null, role: "operator" };
const viewer: Grant = { environment: null, role: "viewer" };

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

  /** Somebody who is signed in, as the database knows them. */
  async function person(...grants: readonly Grant[]): Promise<Principal> {
    const id = newUuid();
    await database.handle.db.insertInto("people").values({ id, name: "Ada", email: `${id}@example.org`, invitedBy: null, image: null }).execute();
    await setGrants(database.handle.db, "person", id, grants);
    return { kind: "person", id, name: "Ada", grants };
  }

  const make = (maker: Principal, wish: TokenWish): Promise<MadeToken> => database.handle.db.transaction().execute((trx) => makeToken(trx, maker, wish));
  const stateOf = async (text: string) => (await findToken(database.handle.db, text)).kind;
  async function principal(text: string): Promise<Principal> {
    const found = await findToken(database.handle.db, text);
    if (!("token" in found)) throw new Error(found.kind);
    return principalOfToken(found.token);
  }

  it("keeps a hash of the token, and the token nowhere", async () => {
    const token = await provide();
    expect(token).toMatch(/^mya_[\w-]{43}[0-9A-Za-z]{6}$/);
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
    expect((await findToken(database.handle.db, first)).kind).toBe("revoked");
    const second = await provide();
    expect(second).not.toBe(first);
    await database.handle.pool.query("truncate tokens cascade");
    expect(await provide()).not.toBe(second);
  });

  it("finds whose a token is, and of nothing else", async () => {
    const { text, token } = await make(await person(owner), { name: "robot", grants: [operator] });
    const found = await findToken(database.handle.db, text);
    expect(found).toEqual({ kind: "active", token });
    for (const [other, is] of [["", "misspelt"], [`${text}x`, "misspelt"], [text.slice(0, -1), "misspelt"], [text.replace("mya_", "myb_"), "misspelt"], [newTokenText(), "unknown"]] as const) {
      expect(await findToken(database.handle.db, other)).toEqual({ kind: is });
    }
  });

  it("makes the token of a start whose transaction fails worthless, and the next start makes another", async () => {
    writeFileSync(join(directory, "occupied"), "");
    await expect(provideAdminToken(database.handle, join(directory, "occupied", "admin-token"))).rejects.toThrow();
    const token = await provide();
    expect(await findToken(database.handle.db, token)).toMatchObject({ kind: "active", token: { name: "admin", effective: [owner], personId: null } });
  });

  it("gives a token nothing that its maker does not have", async () => {
    const ada = await person(operator, { environment: "prod", role: "viewer" });
    for (const grants of [[owner], [operator], [{ environment: "prod", role: "operator" } as const]]) {
      await expect(make(ada, { name: "robot", grants })).rejects.toMatchObject({ code: "token_exceeds_maker" });
    }
    const { text, token } = await make(ada, { name: "robot", grants: [operator, { environment: "prod", role: "viewer" }] });
    expect(token).toMatchObject({ personId: ada.id, createdBy: "Ada", state: "active" });
    await expect(make(await principal(text), { name: "child", grants: [operator] })).rejects.toMatchObject({ code: "token_exceeds_maker" });
  });

  it("takes from a token what the person or the token that made it loses, and gives it back", async () => {
    const ada = await person(owner);
    const first = await make(ada, { name: "first", grants: [owner] });
    const second = await make(await principal(first.text), { name: "second", grants: [owner] });
    expect([second.token.personId, second.token.madeWithToken]).toEqual([ada.id, first.token.id]);
    await setGrants(database.handle.db, "person", ada.id, [operator, { environment: "prod", role: "viewer" }]);
    expect((await principal(second.text)).grants).toEqual([operator, { environment: "prod", role: "viewer" }]);
    await setGrants(database.handle.db, "token", first.token.id, [viewer]);
    expect((await principal(second.text)).grants).toEqual([viewer, { environment: "prod", role: "viewer" }]);
    await setGrants(database.handle.db, "person", ada.id, []);
    expect((await principal(second.text)).grants).toEqual([]);
    await setGrants(database.handle.db, "person", ada.id, [owner]);
    await setGrants(database.handle.db, "token", first.token.id, [owner]);
    expect((await principal(second.text)).grants).toEqual([owner]);
  });

  it("suspends the tokens of a person who is disabled", async () => {
    const ada = await person(owner);
    const { text } = await make(ada, { name: "robot", grants: [viewer] });
    const child = await make(await principal(text), { name: "child", grants: [viewer] });
    const disable = (at: Date | null) => database.handle.db.updateTable("people").set({ disabledAt: at }).where("id", "=", ada.id).execute();
    await disable(new Date());
    expect([await stateOf(text), await stateOf(child.text)]).toEqual(["suspended", "suspended"]);
    await disable(null);
    expect(await stateOf(text)).toBe("active");
  });

  it("ends at its time, and never after the token that made it", async () => {
    const ada = await person(owner);
    const soon = new Date(Date.now() + 3_600_000);
    const first = await make(ada, { name: "first", grants: [owner], expiresAt: soon });
    const maker = await principal(first.text);
    await expect(make(maker, { name: "late", grants: [owner], expiresAt: new Date(soon.getTime() + 1) })).rejects.toMatchObject({ code: "token_exceeds_maker" });
    const second = await make(maker, { name: "second", grants: [owner] });
    expect(second.token.expiresAt).toEqual(soon);
    await database.handle.pool.query("update tokens set expires_at = now() where id = $1", [first.token.id]);
    expect([await stateOf(first.text), await stateOf(second.text)]).toEqual(["expired", "expired"]);
  });

  it("revokes with a token all that was made with it, once, and tells each in the journal", async () => {
    const first = await make(await person(owner), { name: "first", grants: [owner] });
    const second = await make(await principal(first.text), { name: "second", grants: [owner] });
    const third = await make(await principal(second.text), { name: "third", grants: [owner] });
    const revoke = () => database.handle.db.transaction().execute((trx) => revokeTokens(trx, [first.token.id], { actor: "grace", reason: "leaked" }));
    expect((await revoke()).toSorted()).toEqual([first.token.id, second.token.id, third.token.id].toSorted());
    expect(await revoke()).toEqual([]);
    expect([await stateOf(first.text), await stateOf(third.text)]).toEqual(["revoked", "revoked"]);
    const told = (await readJournal(database.handle.db, { limit: 10_000 })).filter(({ action, reason }) => action === "token.revoked" && reason === "leaked");
    expect(told.map(({ actor, details }) => [actor, details["name"]]).toSorted()).toEqual([["grace", "first"], ["grace", "second"], ["grace", "third"]]);
  });

  it("lets two living tokens of one person not have one name, also of two requests at once; those that ended give it free", async () => {
    const [ada, grace] = [await person(owner), await person(owner)];
    const wish = { name: "robot", grants: [viewer] };
    const outcomes = await Promise.allSettled([make(ada, wish), make(ada, wish), make(grace, wish)]);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
    await expect(make(ada, wish)).rejects.toMatchObject({ code: "token_name_taken" });
    const { id } = await database.handle.db.selectFrom("tokens").select("id").where("personId", "=", ada.id).executeTakeFirstOrThrow();
    await database.handle.db.transaction().execute((trx) => revokeTokens(trx, [id], { actor: "ada", reason: "" }));
    await make(ada, { ...wish, expiresAt: new Date(Date.now() + 3_600_000) });
    await database.handle.pool.query("update tokens set expires_at = now() where person_id = $1", [ada.id]);
    await make(ada, wish);
    for (const name of ["admin", "modyard"]) await expect(make(ada, { ...wish, name })).rejects.toMatchObject({ code: "token_name_taken" });
  });

  it("shows a person their own tokens, a token itself and what it made, and an owner all", async () => {
    const [ada, grace] = [await person(operator), await person(owner)];
    const first = await make(ada, { name: "first", grants: [operator] });
    const second = await make(await principal(first.text), { name: "second", grants: [viewer] });
    const apart = await make(ada, { name: "apart", grants: [viewer] });
    const others = await make(grace, { name: "others", grants: [viewer] });
    const seen = async (who: Principal, before?: string) => (await listTokens(database.handle.db, who, { limit: 3, before })).map(({ name }) => name);
    expect(await seen(ada)).toEqual(["apart", "second", "first"]);
    expect(await seen(ada, second.token.id)).toEqual(["first"]);
    expect(await seen(await principal(first.text))).toEqual(["second", "first"]);
    expect(await seen(await principal(second.text))).toEqual(["second"]);
    expect(await seen(grace)).toEqual(["others", "apart", "second"]);
    expect((await getToken(database.handle.db, ada, apart.token.id)).name).toBe("apart");
    for (const [who, id] of [[ada, others.token.id], [await principal(first.text), apart.token.id], [ada, "tok_nonsense"]] as const) {
      await expect(getToken(database.handle.db, who, id)).rejects.toMatchObject({ code: "token_not_found" });
    }
  });

  it("notes the last use not more than once a minute", async () => {
    const { token } = await make(await person(owner), { name: "robot", grants: [viewer] });
    const usedAt = async () => (await getToken(database.handle.db, await person(owner), token.id)).lastUsedAt;
    const use = async (lastUsedAt: Date | null) => {
      const uses = [new LastUse(database.handle, quiet), new LastUse(database.handle, quiet)];
      for (const each of uses) each.note({ id: token.id, lastUsedAt });
      await Promise.all(uses.map((each) => each.settle()));
      return usedAt();
    };
    const first = await use(null);
    expect(Math.abs((first?.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
    // Another process that has not heard of it yet.
    expect(await use(null)).toEqual(first);
    expect(await use(first)).toEqual(first);
    const old = new Date(Date.now() - 120_000);
    await database.handle.db.updateTable("tokens").set({ lastUsedAt: old }).where("id", "=", token.id).execute();
    expect((await use(old))?.getTime()).toBeGreaterThan(old.getTime());
  });

  it("keeps the journal as it was written", async () => {
    await provide();
    for (const statement of ["update journal set actor = 'x'", "delete from journal", "truncate journal"]) {
      await expect(database.handle.pool.query(statement)).rejects.toThrow("append-only");
    }
  });
});
