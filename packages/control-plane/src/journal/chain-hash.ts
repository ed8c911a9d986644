import { createHash } from "node:crypto";

/** An entry as it goes into the chain: exactly the texts that the database hashed. */
export interface EntryText {
  readonly id: number;
  /** UTC with microseconds: `2026-11-22T04:36:54.123456Z`. */
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly reason: string;
  /** JSON as PostgreSQL writes it. */
  readonly details: string;
  readonly principalKind: string | null;
  readonly principalId: string | null;
  readonly principalName: string | null;
  readonly address: string | null;
  readonly requestId: string | null;
  /** JSON as PostgreSQL writes it. */
  readonly asked: string | null;
}

/** What stands before the first entry. */
export const noHash = "0".repeat(64);

/**
 * The hash of an entry at its place: SHA-256, as hexadecimal digits, over a JSON array in UTF-8 with ", " between its elements. The
 * same as the database's `journal_hash`; docs/guides/journal.md tells it for everybody else.
 */
export function chainHash(position: number, previousHash: string, entry: EntryText): string {
  const { id, at, actor, action, subjectType, subjectId, reason, details, principalKind, principalId, principalName, address, requestId, asked } = entry;
  const elements = ["modyard journal 1", position, previousHash, id, at, actor, action, subjectType, subjectId, reason, details, principalKind, principalId, principalName, address, requestId, asked];
  return createHash("sha256").update(`[${elements.map((each) => JSON.stringify(each)).join(", ")}]`).digest("hex");
}
