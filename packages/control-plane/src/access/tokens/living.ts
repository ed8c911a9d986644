import { sql } from "kysely";
import type { Executor } from "../../database/connection.ts";

/** The tokens of a person, or of nobody, that have neither ended nor been revoked. */
export async function livingTokens(db: Executor, personId: string | null): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const unended = db.selectFrom("tokens").select(["id", "name"]).where("revokedAt", "is", null).where((eb) => eb.or([eb("expiresAt", "is", null), eb("expiresAt", ">", sql<Date>`now()`)]));
  return unended.where("personId", "is not distinct from", personId).execute();
}
