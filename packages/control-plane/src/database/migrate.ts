import { sql, type Kysely } from "kysely";
import { Migrator, type Migration } from "kysely/migration";
import { fail, ModyardError, problem } from "../errors/problem.ts";
import type { Executor } from "./connection.ts";
import { migrations as known, type Migrations } from "./migrations/table.ts";
import { databaseProblem } from "./problems.ts";
import { readSchemaState, type SchemaState } from "./schema-state.ts";
import type { Database } from "./tables.ts";

/** What a call did. */
export interface MigrationOutcome {
  /** Names, in the order in which they were applied; empty when there was nothing to do. */
  readonly applied: readonly string[];
}

/**
 * Brings the database to this version. Several processes may call it at once: one works, the others wait and find it done.
 * All pending migrations share one transaction; what fails changes nothing. Throws database_newer, migration_failed, database_….
 */
export async function migrate(db: Kysely<Database>, migrations: Migrations = known): Promise<MigrationOutcome> {
  const before = await readSchemaState(db, migrations);
  refuseNewer(before);
  // Who has nothing to do needs no right to write: many processes start on a database that one of them migrated.
  if (before.pending.length === 0) return { applied: [] };
  return applyPending(db, migrations);
}

/** Refuses a database that this version cannot work with as it is: too new, or not migrated yet. */
export async function assertMigrated(db: Executor, migrations: Migrations = known): Promise<void> {
  const state = await readSchemaState(db, migrations);
  refuseNewer(state);
  if (state.pending.length > 0) fail("database_outdated", `the database lacks the migrations ${state.pending.join(", ")}`, { details: { pending: state.pending } });
}

async function applyPending(db: Kysely<Database>, migrations: Migrations): Promise<MigrationOutcome> {
  // Asked under the migrator's lock: a newer version may have been at work since.
  const getMigrations = async (): Promise<Record<string, Migration>> => {
    const state = await readSchemaState(db, migrations);
    refuseNewer(state);
    return { ...recorded(migrations), ...ignored(state.newer) };
  };
  const { error, results = [] } = await new Migrator({ db, provider: { getMigrations } }).migrateToLatest();
  if (error !== undefined) throw migrationError(results.find(({ status }) => status === "Error")?.migrationName, error);
  return { applied: results.map((result) => result.migrationName) };
}

/** Tells older versions whether they may go on. The first migration is marked by the second, which makes the table. */
async function mark(db: Kysely<unknown>, name: string, breaking: boolean): Promise<void> {
  if (name > "0001-first") await sql`insert into migration_marks (name, breaking) values (${name}, ${breaking})`.execute(db);
}

/** Each migration, followed by its mark. */
function recorded(migrations: Migrations): Record<string, Migration> {
  const wrapped = Object.entries(migrations).map(([name, { up, breaking }]) => [name, { up: async (db: Kysely<unknown>) => up(db).then(() => mark(db, name, breaking)) }] as const);
  return Object.fromEntries(wrapped);
}

/** Applied by a newer version and harmless to this one: Kysely wants to know their names. */
function ignored(names: readonly string[]): Record<string, Migration> {
  return Object.fromEntries(names.map((name) => [name, { up: () => Promise.resolve() }]));
}

/** A newer Modyard's database may mean things that this version does not know of. */
function refuseNewer({ newerBreaking }: SchemaState): void {
  if (newerBreaking.length > 0) fail("database_newer", `the database has migrations that this version does not know: ${newerBreaking.join(", ")}`, { details: { unknown: newerBreaking } });
}

function migrationError(name: string | undefined, error: unknown): ModyardError {
  if (error instanceof ModyardError) return error;
  const words = `${name === undefined ? "" : `migration ${name}: `}${error instanceof Error ? error.message : String(error)}`;
  return new ModyardError(databaseProblem(error) ?? problem("migration_failed", `the database could not be migrated: ${words}`), { cause: error });
}
