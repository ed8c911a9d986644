import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { databases, openTestDatabase, quiet, type TestDatabase } from "../../../../test/support/databases.ts";
import { openDatabase, type DatabaseHandle } from "../database/connection.ts";
import { newUuid } from "../database/identifiers.ts";
import { migrate } from "../database/migrate.ts";
import { migrations } from "../database/migrations/table.ts";
import { grantsOf, grantsOfMany, setGrants } from "./grants.ts";
import { findToken } from "./tokens/find.ts";
import { hashToken } from "./tokens/text.ts";

describe.each(databases)("on $name", (kind) => {
  let database: TestDatabase;
  let old: DatabaseHandle;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    old = openDatabase(await database.createDatabase(), quiet);
  });
  afterAll(async () => {
    await old?.close();
    await database?.close();
  });

  it("puts grants in the place of those before, everywhere first, and tells those of many at once", async () => {
    const { db } = database.handle;
    const [ada, grace, nobody] = [newUuid(), newUuid(), newUuid()];
    await setGrants(db, "person", ada, [{ environment: "staging", role: "owner" }, { environment: null, role: "viewer" }, { environment: "prod", role: "operator" }]);
    await setGrants(db, "person", grace, [{ environment: null, role: "owner" }]);
    const adas = [{ environment: null, role: "viewer" }, { environment: "prod", role: "operator" }, { environment: "staging", role: "owner" }];
    expect(await grantsOf(db, "person", ada)).toEqual(adas);
    expect(await grantsOf(db, "token", ada)).toEqual([]);
    expect(await grantsOfMany(db, "person", [ada, grace, nobody])).toEqual(new Map([[ada, adas], [grace, [{ environment: null, role: "owner" }]]]));
    await setGrants(db, "person", ada, []);
    expect(await grantsOf(db, "person", ada)).toEqual([]);
  });

  it("are one for everywhere and one for each environment, by the database", async () => {
    const { db } = database.handle;
    for (const environment of [null, "prod"]) {
      await expect(setGrants(db, "person", newUuid(), [{ environment, role: "viewer" }, { environment, role: "owner" }])).rejects.toThrow("grants_one_each");
    }
    await expect(database.handle.pool.query("insert into grants (principal_kind, principal_id, role) values ('person', 'x', 'root')")).rejects.toThrow("grants_role_check");
  });

  it("make the tokens and builds of an older version what they were: an owner's, asked for by whose token it was", async () => {
    const before = Object.fromEntries(Object.entries(migrations).filter(([name]) => name < "0007"));
    await migrate(old.db, before);
    const text = `mya_${"a".repeat(43)}`;
    const [good, revoked, build] = [newUuid(), newUuid(), newUuid()];
    await old.pool.query("insert into tokens (id, name, hash, revoked_at) values ($1, 'admin', $2, null), ($3, 'gone', 'h', now())", [good, hashToken(text), revoked]);
    await old.pool.query("insert into builds (id, status, stage, profile, manifest_ref, manifest_hash, change, modules_delta, requested_by, reason) values ($1, 'success', 'complete', 'monolith', 'main', 'h', '{}', '{}', 'ada', '')", [build]);
    await old.pool.query("insert into build_requests (build_id, position, requested_by, token_name, reason, change) values ($1, 1, 'ada', 'admin', '', '{}')", [build]);
    await migrate(old.db);
    expect(await findToken(old.db, text)).toMatchObject({ kind: "active", token: { id: good, name: "admin", personId: null, expiresAt: null, preview: null, effective: [{ environment: null, role: "owner" }] } });
    const { rows } = await old.pool.query("select requested_by, asked_by from builds");
    expect(rows).toEqual([{ requested_by: "ada", asked_by: "admin" }]);
    expect((await old.pool.query("select id from tokens")).rows).toHaveLength(2);
  });
});
