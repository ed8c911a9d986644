import { sql } from "kysely";
import type { Executor } from "../../database/connection.ts";
import { boundBy } from "../bound.ts";
import { grantsOfMany } from "../grants.ts";
import type { Grant } from "../principal.ts";

/** A token as it is now, with what is true of it because of the tokens that it was made with, and of the person whose it is. */
export interface Token {
  readonly id: string;
  readonly name: string;
  readonly personId: string | null;
  readonly madeWithToken: string | null;
  readonly createdBy: string;
  readonly preview: string | null;
  /** What it was given. */
  readonly grants: readonly Grant[];
  /** What it has: never more than its maker has by now. */
  readonly effective: readonly Grant[];
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly expiresAt: Date | null;
  /** When it or a token that it comes from was revoked. */
  readonly revokedAt: Date | null;
  /** Suspended: the person whose it is is disabled. */
  readonly state: "active" | "expired" | "revoked" | "suspended";
}

interface Row extends Omit<Token, "grants" | "effective" | "state"> {
  /** The token that was asked for; the others of its lineage are those that it was made with, one after the other. */
  readonly leaf: string;
  readonly depth: number;
  readonly expired: boolean;
  readonly suspended: boolean;
}

/** The tokens of these ids, in no order. Two looks, however many there are. */
export async function readTokens(db: Executor, ids: readonly string[]): Promise<readonly Token[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<Row>`
    with recursive lineage as (
      select tokens.*, id as leaf, 0 as depth from tokens where id = any(${ids}::uuid[])
      union all
      select tokens.*, lineage.leaf, depth + 1 from lineage join tokens on tokens.id = lineage.made_with_token
    )
    select id, name, person_id, made_with_token, created_by, preview, created_at, last_used_at, expires_at, revoked_at, leaf, depth,
      coalesce(expires_at <= now(), false) as expired, exists (select 1 from people where people.id = person_id and disabled_at is not null) as suspended
    from lineage order by leaf, depth`.execute(db);
  const granted = await grantsOfMany(db, "token", [...new Set(rows.map(({ id }) => id))]);
  const people = await grantsOfMany(db, "person", [...new Set(rows.flatMap(({ personId }) => personId ?? []))]);
  return [...Map.groupBy(rows, ({ leaf }) => leaf).values()].flatMap((lineage) => toToken(lineage, granted, people));
}

type Grants = ReadonlyMap<string, readonly Grant[]>;

function toToken(lineage: readonly Row[], granted: Grants, people: Grants): readonly Token[] {
  const [own, ...makers] = lineage;
  if (own === undefined) return [];
  const { leaf: _1, depth: _2, expired: _3, suspended: _4, ...facts } = own;
  const grants = granted.get(own.id) ?? [];
  const limits = [...makers.map(({ id }) => granted.get(id) ?? []), ...(own.personId === null ? [] : [people.get(own.personId) ?? []])];
  const revokedAt = lineage.find((each) => each.revokedAt !== null)?.revokedAt ?? null;
  const state = revokedAt !== null ? "revoked" : lineage.some(({ expired }) => expired) ? "expired" : own.suspended ? "suspended" : "active";
  return [{ ...facts, revokedAt, state, grants, effective: limits.reduce(boundBy, grants) }];
}
