import type { Executor } from "../../database/connection.ts";
import { toUuid } from "../../database/identifiers.ts";
import { fail } from "../../errors/problem.ts";
import type { Principal } from "../principal.ts";
import { readTokens, type Token } from "./lineage.ts";
import { withinReach } from "./reach.ts";

/** The newest tokens that somebody may see, or those older than `before`. */
export async function listTokens(db: Executor, principal: Principal, { limit, before, personId }: { readonly limit: number; readonly before?: string | undefined; readonly personId?: string | undefined }): Promise<readonly Token[]> {
  let select = db.selectFrom("tokens").select("id").where(withinReach(principal));
  if (before !== undefined) select = select.where("id", "<", before);
  if (personId !== undefined) select = select.where("personId", "=", personId);
  const ids = (await select.orderBy("id", "desc").limit(limit).execute()).map(({ id }) => id);
  const tokens = await readTokens(db, ids);
  return tokens.toSorted((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id));
}

/** One token that somebody may see. Throws token_not_found, also for those that they may not. */
export async function getToken(db: Executor, principal: Principal, publicId: string): Promise<Token> {
  const id = toUuid("tok", publicId);
  const row = id === undefined ? undefined : await db.selectFrom("tokens").select("id").where("id", "=", id).where(withinReach(principal)).executeTakeFirst();
  const [token] = row === undefined ? [] : await readTokens(db, [row.id]);
  return token ?? fail("token_not_found", `there is no token ${JSON.stringify(publicId)} that you may see`);
}
