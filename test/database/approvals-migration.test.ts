import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listRequests, requestersOf } from "../../packages/control-plane/src/build/requests-store.ts";
import { openDatabase, type DatabaseHandle } from "../../packages/control-plane/src/database/connection.ts";
import { newUuid } from "../../packages/control-plane/src/database/identifiers.ts";
import { migrate } from "../../packages/control-plane/src/database/migrate.ts";
import { migrations } from "../../packages/control-plane/src/database/migrations/table.ts";
import { databases, openTestDatabase, quiet, type TestDatabase } from "../support/databases.ts";

const before = Object.fromEntries(Object.entries(migrations).filter(([name]) => name < "0008-approvals"));

describe.each(databases)("an older version's database on $name", (kind) => {
  let database: TestDatabase;
  let handle: DatabaseHandle;
  beforeAll(async () => {
    database = await openTestDatabase(kind);
    handle = openDatabase(await database.createDatabase(), quiet);
    await migrate(handle.db, before);
  });
  afterAll(async () => {
    await handle?.close();
    await database?.close();
  });

  test("keeps every request and deployment, and knows of those that wait who asked", async () => {
    const { db } = handle;
    const [build, token, deployment] = [newUuid(), newUuid(), newUuid()];
    await sql`insert into tokens (id, name, hash) values (${token}::uuid, 'admin', 'h')`.execute(db);
    await sql`insert into builds (id, status, stage, profile, manifest_ref, manifest_hash, change, modules_delta, requested_by, reason) values (${build}::uuid, 'queued', 'pending', 'monolith', 'main', 'h', '{}', '{}', 'ada', '')`.execute(db);
    for (const [position, name] of [[1, "admin"], [2, "gone"]] as const) {
      await sql`insert into build_requests (build_id, position, requested_by, token_name, reason, change) values (${build}::uuid, ${position}, 'ada', ${name}, '', '{}')`.execute(db);
    }
    await sql`insert into releases (id, status, build_id, environment, artifact_digest, surfaces, manifest_hash, source_commit, composition) values ('rel_1', 'pending', ${build}::uuid, 'prod', 'a', '[]', 'h', 'c', '{}')`.execute(db);
    await sql`insert into deployments (id, status, kind, environment, release_id, build_id, requested_by, reason) values (${deployment}::uuid, 'queued', 'deploy', 'prod', 'rel_1', ${build}::uuid, 'ada', '')`.execute(db);
    await migrate(db);
    expect((await listRequests(db, build)).map(({ tokenName, requester }) => [tokenName, requester])).toEqual([
      ["admin", { kind: "token", id: token, name: "admin", hand: `token:${token}` }],
      ["gone", { kind: "token", id: "gone", name: "gone", hand: "token:gone" }],
    ]);
    expect(await requestersOf(db, build)).toHaveLength(2);
    const row = await db.selectFrom("deployments").select(["status", "requesters", "decision", "branch"]).where("id", "=", deployment).executeTakeFirst();
    expect(row).toEqual({ status: "queued", requesters: [], decision: null, branch: null });
  });
});
