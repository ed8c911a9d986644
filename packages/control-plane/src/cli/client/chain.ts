import type { ListJournalChainResponse } from "../../client/index.ts";
import type { ChainLink } from "../../journal/chain.ts";

type SentLink = ListJournalChainResponse["links"][number];

/** A page of the journal's chain as it is verified. */
export function readLinks({ links }: ListJournalChainResponse): readonly ChainLink[] {
  return links.map(({ position, hash, entry_id: entryId, previous_hash: previousHash, entry }) => ({ position, hash, entryId, previousHash, entry: entry === null ? null : textOf(entry) }));
}

function textOf({ subject_type: subjectType, subject_id: subjectId, principal_kind: principalKind, principal_id: principalId, principal_name: principalName, request_id: requestId, ...entry }: NonNullable<SentLink["entry"]>): NonNullable<ChainLink["entry"]> {
  return { ...entry, subjectType, subjectId, principalKind, principalId, principalName, requestId };
}
