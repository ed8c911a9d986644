import { sql, type Kysely } from "kysely";

/** Builds that are made only to be compared with an earlier one. A version before this would land such a build on the branch. */
export const breaking = true;

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  "alter table builds add column verifies uuid references builds (id)",
  "create index builds_verifying on builds (verifies) where verifies is not null",
];
