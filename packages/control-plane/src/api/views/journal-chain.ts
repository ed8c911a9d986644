import { z } from "zod";
import type { ChainLink } from "../../journal/chain.ts";
import { snakeCase } from "../snake-case.ts";
import { problemView } from "./common.ts";

const hash = z.string().describe("SHA-256 in hexadecimal digits.");
const placeView = z.object({ position: z.number(), hash });
const text = z.string();

/** An entry as exactly the texts that go into its hash: docs/guides/journal.md has the recipe. */
const entryTextView = z.object({
  id: z.number(),
  at: text,
  actor: text,
  action: text,
  subject_type: text,
  subject_id: text,
  reason: text,
  details: text.describe("JSON as PostgreSQL writes it."),
  principal_kind: text.nullable(),
  principal_id: text.nullable(),
  principal_name: text.nullable(),
  address: text.nullable(),
  request_id: text.nullable(),
  asked: text.nullable().describe("JSON as PostgreSQL writes it."),
});

/** A page of the chain. */
export const chainView = z.object({
  links: z.array(placeView.extend({ entry_id: z.number(), previous_hash: hash, entry: entryTextView.nullable().describe("Null: the journal lacks it.") })),
});

/** What the chain is to be compared with. */
export const verificationView = z.object({
  head: placeView.nullable().describe("The chain's end; null before the first entry."),
  anchors: z.array(placeView.extend({ at: z.string() })).describe("What this server wrote down of the chain in its data directory, the newest last; the last thousand."),
  unchained: z.array(z.number()).describe("Numbers of entries that are in no chain; the first hundred."),
}).meta({ id: "JournalVerification" });

/** What became of a verification. */
export const verdictView = z.object({
  fits: z.boolean().describe("The journal is as it was written."),
  checked: z.number().describe("Entries that were recomputed."),
  head: placeView,
  problems: z.array(problemView),
  more: z.boolean().describe("There is more that does not fit."),
});

export function showChain(links: readonly ChainLink[]): z.output<typeof chainView> {
  return chainView.parse({ links: snakeCase(links) });
}
