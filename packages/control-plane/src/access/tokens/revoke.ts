import { sql } from "kysely";
import type { Executor } from "../../database/connection.ts";
import { toPublicId } from "../../database/identifiers.ts";
import { appendJournal } from "../../journal/journal.ts";
import { descendants } from "./reach.ts";

/** Who revokes, and why. */
interface Revoker {
  readonly actor: string;
  readonly reason: string;
}

/**
 * Revokes these tokens and all that were made with them: who got hold of a token may have made others. Resolves with those that
 * were still good until now; each is told in the journal.
 */
export async function revokeTokens(trx: Executor, ids: readonly string[], { actor, reason }: Revoker): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string; name: string; madeWithToken: string | null }>`
    update tokens set revoked_at = now() where revoked_at is null and id in (${descendants(ids)})
    returning id, name, made_with_token`.execute(trx);
  for (const { id, name, madeWithToken } of rows) {
    const details = { name, ...(madeWithToken !== null && { madeWithToken: toPublicId("tok", madeWithToken) }) };
    await appendJournal(trx, { actor, action: "token.revoked", subjectType: "token", subjectId: toPublicId("tok", id), reason, details });
  }
  return rows.map(({ id }) => id);
}
