import { suggest } from "../manifest/check/suggest.ts";
import { sortedUnique } from "./text-order.ts";

/** ` Did you mean X?` with its leading space, or nothing when no candidate is near: to be put behind a message. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const candidate = suggest(word, sortedUnique(candidates));
  return candidate === undefined ? "" : ` Did you mean \`${candidate}\`?`;
}
