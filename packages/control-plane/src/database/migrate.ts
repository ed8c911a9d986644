import { sql, type Kysely } from "kysely";
import { Migrator, type Migration } from "kysely/migration";
import { fail } from "../errors/problem.ts";
import type { Database } from "./tables.ts";
import * as first from "./migrations/0001-first.ts";

/** Every migration by name, in order. A name is never changed once it has been released. */
const migrations: Readonly<Record<string, Migration>> = { "0001-first": first };

/** What a call did. */
export interface MigrationOutcome {
  readonly applied: readonly string[];
}

/** Brings the database to this version. Several processes may call it at once; Kysely's lock lets one work. */
export async function migrate(db: Kysely<Database>): Promise<MigrationOutcome> {
  refuseNewer(await appliedMigrations(db));
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve({ ...migrations }) } });
  const { error, results } = await migrator.migrateToLatest();
  if (error !== undefined) {
    fail("database_unreachable", `the database could not be migrated: ${error instanceof Error ? error.message : String(error)}`, {
      hint: "Read the message; nothing was changed by the failed migration.",
    }, error);
  }
  return { applied: (results ?? []).map((result) => result.migrationName) };
}

/** The first question to the database: what fails here is the connection. */
async function appliedMigrations(db: Kysely<Database>): Promise<readonly string[]> {
  try {
    const table = await sql<{ there: boolean }>`select to_regclass('kysely_migration') is not null as there`.execute(db);
    if (table.rows[0]?.there !== true) return [];
    const applied = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
    return applied.rows.map(({ name }) => name);
  } catch (error) {
    return fail("database_unreachable", `the database cannot be reached: ${error instanceof Error ? error.message : String(error)}`, {}, error);
  }
}

/** A newer Modyard's database may mean things that this version does not know of. */
function refuseNewer(applied: readonly string[]): void {
  const unknown = applied.filter((name) => !(name in migrations));
  if (unknown.length > 0) fail("database_newer", `the database has migrations that this version does not know: ${unknown.join(", ")}`, { details: { unknown } });
}
