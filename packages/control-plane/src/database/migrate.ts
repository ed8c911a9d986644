import type { Kysely } from "kysely";
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
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve({ ...migrations }) } });
  const { error, results } = await migrator.migrateToLatest();
  if (error !== undefined) {
    fail("database_unreachable", `the database could not be migrated: ${error instanceof Error ? error.message : String(error)}`, {
      hint: "If the database was used by a newer Modyard, run that version. Otherwise read the message; nothing was changed by the failed migration.",
    }, error);
  }
  return { applied: (results ?? []).map((result) => result.migrationName) };
}
