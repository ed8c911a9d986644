import { sql } from "kysely";
import type { Executor } from "../database/connection.ts";
import type { StoredPrincipal } from "../database/stored.ts";
import { personOf, type Principal } from "./principal.ts";

/**
 * Who asks, to be kept with what is asked for. Two principals have one `hand` when one human can be both: a person and all tokens of
 * that person, and a token with those that were made with it. Owners give tokens to others: what an owner's token made is a hand
 * of its own.
 */
export async function storedPrincipal(db: Executor, principal: Principal): Promise<StoredPrincipal> {
  const { kind, id, name } = principal;
  const person = personOf(principal);
  return { kind, id, name, hand: person === undefined ? await handOfToken(db, id) : `person:${person}` };
}

async function handOfToken(db: Executor, id: string): Promise<string> {
  const { rows } = await sql<{ hand: string }>`
    with recursive line as (
      select id, person_id::text as person, made_with_token as maker, 1 as depth from tokens where id::text = ${id}
      union all
      select tokens.id, tokens.person_id::text, tokens.made_with_token, depth + 1 from line join tokens on tokens.id = line.maker
      where line.person is null and depth < 100 and not exists (
        select 1 from grants where principal_kind = 'token' and principal_id = tokens.id::text and environment is null and role = 'owner')
    )
    select coalesce('person:' || person, 'token:' || id) as hand from line order by depth desc limit 1`.execute(db.withoutPlugins());
  return rows[0]?.hand ?? `token:${id}`;
}
