import { sql, type Kysely } from "kysely";

/** Which data directory the gateway and the applications of an environment live in: only workers there can drive them. */
export const breaking = false;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table environment_owners (
      environment text primary key,
      owner text not null,
      seen_at timestamptz not null default now()
    )`.execute(db);
}
