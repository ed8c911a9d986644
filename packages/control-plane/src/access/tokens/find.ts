import type { Executor } from "../../database/connection.ts";
import type { Principal } from "../principal.ts";
import { readTokens, type Token } from "./lineage.ts";
import { hashToken, isTokenText } from "./text.ts";

/** What somebody shows as a token is. */
export type FoundToken = { readonly kind: "misspelt" | "unknown" } | GoodOrEndedToken;

/** A token that is known, good or not any more. */
interface GoodOrEndedToken {
  readonly kind: Token["state"];
  readonly token: Token;
}

/** Who a token is for, or why it is good for nothing. The look-up is by hash, so it tells nothing by its time. */
export async function findToken(db: Executor, text: string): Promise<FoundToken> {
  if (!isTokenText(text)) return { kind: "misspelt" };
  const row = await db.selectFrom("tokens").select("id").where("hash", "=", hashToken(text)).executeTakeFirst();
  const [token] = row === undefined ? [] : await readTokens(db, [row.id]);
  return token === undefined ? { kind: "unknown" } : { kind: token.state, token };
}

export function principalOfToken({ id, name, personId, effective }: Pick<Token, "id" | "name" | "personId" | "effective">): Principal {
  return { kind: "token", id, name, ...(personId !== null && { personId }), grants: effective };
}
