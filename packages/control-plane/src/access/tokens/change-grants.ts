import type { Executor } from "../../database/connection.ts";
import { toPublicId } from "../../database/identifiers.ts";
import { lockUntilEnd } from "../../database/locks.ts";
import { appendJournal } from "../../journal/journal.ts";
import { assertWithin } from "../bound.ts";
import { setGrants } from "../grants.ts";
import type { Grant, Principal } from "../principal.ts";
import type { Token } from "./lineage.ts";
import { getToken } from "./list.ts";

/** Gives a token other grants; what was made with it follows. Nobody gives more than they have: throws token_exceeds_maker. */
export async function changeTokenGrants(trx: Executor, principal: Principal, { id: publicId, grants, reason }: { readonly id: string; readonly grants: readonly Grant[]; readonly reason: string }): Promise<Token> {
  assertWithin(grants, principal);
  const { id } = await getToken(trx, principal, publicId);
  await lockUntilEnd(trx, `grants of token ${id}`);
  const before = await getToken(trx, principal, publicId);
  await setGrants(trx, "token", id, grants);
  await appendJournal(trx, { actor: principal.name, action: "token.grants_changed", subjectType: "token", subjectId: toPublicId("tok", id), reason, details: { name: before.name, from: before.grants, to: grants } });
  return getToken(trx, principal, publicId);
}
