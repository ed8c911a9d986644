import { sql } from "kysely";
import type { Executor } from "./connection.ts";
import { asDatabaseError } from "./problems.ts";
import { migrations as known, type Migrations } from "./migrations/table.ts";

/** A migration that the database has. */
export interface AppliedMigration {
  readonly name: string;
  readonly at: Date;
  /** Undefined for what this version does not know and the database does not tell of. */
  readonly breaking: boolean | undefined;
}

/** How the database's schema and this version stand to each other. */
export interface SchemaState {
  readonly applied: readonly AppliedMigration[];
  /** Names that this version has and the database has not, in order. */
  readonly pending: readonly string[];
  /** Names that only a newer version knows and that this version can live with. */
  readonly newer: readonly string[];
  /** Names that only a newer version knows and that this version cannot live with. */
  readonly newerBreaking: readonly string[];
}

/** Reads which migrations the database has. Throws database_… when it cannot be asked. */
export async function readSchemaState(db: Executor, migrations: Migrations = known): Promise<SchemaState> {
  const applied = await readApplied(db).catch((error: unknown) => {
    throw asDatabaseError(error);
  });
  const unknown = applied.filter(({ name }) => !Object.hasOwn(migrations, name));
  const names = new Set(applied.map(({ name }) => name));
  return {
    applied,
    pending: Object.keys(migrations).filter((name) => !names.has(name)).toSorted(),
    newer: unknown.filter(({ breaking }) => breaking === false).map(({ name }) => name),
    newerBreaking: unknown.filter(({ breaking }) => breaking !== false).map(({ name }) => name),
  };
}

interface AppliedRow {
  readonly name: string;
  readonly timestamp: string;
  readonly breaking: boolean | null;
}

/** Kysely's own table has the names and times; ours the marks, since the second migration. */
async function readApplied(db: Executor): Promise<readonly AppliedMigration[]> {
  const there = await sql<{ migrations: boolean; marks: boolean }>`select to_regclass('kysely_migration') is not null as migrations, to_regclass('migration_marks') is not null as marks`.execute(db);
  const [tables] = there.rows;
  if (tables?.migrations !== true) return [];
  const rows = tables.marks
    ? await sql<AppliedRow>`select name, timestamp, breaking from kysely_migration left join migration_marks using (name) order by name`.execute(db)
    : await sql<AppliedRow>`select name, timestamp, null::boolean as breaking from kysely_migration order by name`.execute(db);
  return rows.rows.map(({ name, timestamp, breaking }) => ({ name, at: new Date(timestamp), breaking: breaking ?? undefined }));
}
