import { sql, type SqlBool } from "kysely";
import { isAllowed } from "../authorize.ts";
import type { Principal } from "../principal.ts";

/**
 * Which tokens somebody may see and revoke, as a condition on `tokens`: all of them with `tokens.manage`; else a person those that
 * are theirs, and a token itself and what was made with it: a lesser token of a person has no hold on their other ones.
 */
export function withinReach(principal: Principal) {
  if (isAllowed(principal, "tokens.manage")) return sql<SqlBool>`true`;
  if (principal.kind === "person") return sql<SqlBool>`tokens.person_id = ${principal.id}`;
  return sql<SqlBool>`tokens.id in (${descendants([principal.id])})`;
}

/** These tokens and all that were made with them, or with what was made with them. */
export function descendants(ids: readonly string[]) {
  return sql`with recursive made as (
    select id from tokens where id = any(${ids}::uuid[])
    union
    select tokens.id from tokens join made on tokens.made_with_token = made.id
  ) select id from made`;
}
