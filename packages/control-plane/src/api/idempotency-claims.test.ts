import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { databases, openTestDatabase, quiet, type TestDatabase } from "../../../../test/support/databases.ts";
import { watchStatements } from "../../../../test/support/sql-statements.ts";
import { openDatabase, type DatabaseHandle } from "../database/connection.ts";
import { migrate } from "../database/migrate.ts";
import { claimOrWait } from "./idempotency-claims.ts";
import { claimKey, endClaim, rememberAnswer, type Claim } from "./idempotency-keys.ts";

let database: TestDatabase;
let handle: DatabaseHandle;
let statements: readonly string[] = [];

beforeAll(async () => {
  database = await openTestDatabase(databases[0] ?? expect.unreachable());
  handle = openDatabase(await database.createDatabase(), quiet);
  await migrate(handle.db);
  ({ statements } = watchStatements(handle.pool));
});
afterAll(async () => {
  await handle?.close();
  await database?.close();
});

const claimOf = (key: string): Claim => ({ key, actor: "person ada", requestHash: "0", id: randomUUID() });
const writes = (): number => statements.filter((text) => text.includes("insert into idempotency_keys")).length;
const reads = (): number => statements.filter((text) => text.startsWith("select") && text.includes("idempotency_keys")).length;

it("waits for the first one's answer by reading alone", async () => {
  const first = claimOf("answered");
  await claimKey(handle.db, first);
  const before = [writes(), reads()] as const;
  const waiting = claimOrWait(handle.db, claimOf("answered"));
  while (reads() < before[1] + 3) await new Promise((resolve) => setTimeout(resolve, 10));
  await rememberAnswer(handle.db, first, 202, "{}");
  expect(await waiting).toEqual({ kind: "answered", statusCode: 202, response: "{}" });
  expect(writes() - before[0]).toBe(1);
});

it("goes on where the first one gave up", async () => {
  const first = claimOf("given-up");
  await claimKey(handle.db, first);
  const before = reads();
  const waiting = claimOrWait(handle.db, claimOf("given-up"));
  while (reads() < before + 2) await new Promise((resolve) => setTimeout(resolve, 10));
  await endClaim(handle.db, first);
  expect(await waiting).toEqual({ kind: "claimed" });
});

it("goes on where the first one died", async () => {
  await claimKey(handle.db, claimOf("died"));
  await handle.pool.query("update idempotency_keys set claimed_at = now() - interval '1 minute' where key = 'died'");
  expect(await claimOrWait(handle.db, claimOf("died"))).toEqual({ kind: "claimed" });
});
