const tampered = "Somebody wrote to the database past Modyard. Keep it as it is, find out who could, and compare with a backup: docs/guides/journal.md.";

/** What a verification of the journal finds, and errors of searching it. */
export const journalErrors = {
  journal_entry_changed: { title: "An entry of the journal was changed", hint: tampered },
  journal_entry_missing: { title: "An entry of the journal was deleted", hint: tampered },
  journal_entry_unchained: { title: "An entry of the journal was inserted past its chain", hint: tampered },
  journal_position_missing: { title: "Entries of the journal were deleted with their places", hint: tampered },
  journal_chain_broken: { title: "The chain of the journal was changed", hint: tampered },
  journal_tail_missing: { title: "The end of the journal is missing", hint: `${tampered} After a restore of an older backup, move the file of anchors away.` },
  journal_anchor_mismatch: { title: "The journal's chain was written anew", hint: `${tampered} When the database was replaced on purpose, move the file of anchors away.` },
} as const;
