import type { Executor } from "../database/connection.ts";
import type { Grant, Principal } from "./principal.ts";
import type { Role } from "./roles.ts";

type Kind = Principal["kind"];

/** What was granted to a person or token, the grant for everywhere first, then by environment. */
export async function grantsOf(db: Executor, kind: Kind, id: string): Promise<readonly Grant[]> {
  const rows = await db
    .selectFrom("grants")
    .select(["environment", "role"])
    .where("principalKind", "=", kind)
    .where("principalId", "=", id)
    .orderBy("environment", (order) => order.asc().nullsFirst())
    .execute();
  return rows.map(({ environment, role }) => ({ environment, role: role as Role }));
}

/** What was granted to each of many, in one look. Who has none is not in it. */
export async function grantsOfMany(db: Executor, kind: Kind, ids: readonly string[]): Promise<ReadonlyMap<string, readonly Grant[]>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom("grants")
    .select(["principalId", "environment", "role"])
    .where("principalKind", "=", kind)
    .where("principalId", "in", ids)
    .orderBy("environment", (order) => order.asc().nullsFirst())
    .execute();
  const byPrincipal = Map.groupBy(rows, ({ principalId }) => principalId);
  return new Map([...byPrincipal].map(([id, each]) => [id, each.map(({ environment, role }) => ({ environment, role: role as Role }))]));
}

/** Puts these grants in the place of all that the person or token had. Journalled by the caller, who knows why. */
export async function setGrants(trx: Executor, kind: Kind, id: string, grants: readonly Grant[]): Promise<void> {
  await trx.deleteFrom("grants").where("principalKind", "=", kind).where("principalId", "=", id).execute();
  if (grants.length === 0) return;
  await trx
    .insertInto("grants")
    .values(grants.map(({ environment, role }) => ({ principalKind: kind, principalId: id, environment, role })))
    .execute();
}
