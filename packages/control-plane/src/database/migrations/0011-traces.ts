import { sql, type Kysely } from "kysely";

/** Which span asked for a build or deployment: whichever process carries it out goes on with that trace. */
export const breaking = false;

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of ["builds", "deployments"]) await sql.raw(`alter table ${table} add column traceparent text`).execute(db);
}
