/** Words that people write for ours, although the letters differ. */
const SYNONYMS: ReadonlyMap<string, string> = new Map([
  ["dependencies", "depends_on"],
  ["deps", "depends_on"],
  ["tag", "rev"],
  ["branch", "rev"],
  ["commit", "rev"],
  ["url", "git"],
  ["dir", "path"],
  ["name", "package"],
  ["type", "source"],
  ["enabled", "default_enabled"],
]);

/** The candidate that was most likely meant, or undefined when none is near. */
export function suggest(word: string, candidates: Iterable<string>): string | undefined {
  const synonym = SYNONYMS.get(word);
  const limit = Math.max(1, Math.floor(word.length / 3));
  let best: { readonly candidate: string; readonly distance: number } | undefined;
  for (const candidate of candidates) {
    if (candidate === synonym) return candidate;
    if (Math.abs(candidate.length - word.length) > limit) continue;
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase(), limit);
    if (distance <= limit && (best === undefined || distance < best.distance)) best = { candidate, distance };
  }
  return best?.candidate;
}

/** Insertions, deletions, replacements and swaps of neighbours between two short words; above `limit` only that it is above. */
function editDistance(from: string, to: string, limit: number): number {
  if (Math.min(from.length, to.length) > 80) return from === to ? 0 : limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1] ? 0 : 1;
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      if (from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]) cost = Math.min(cost, (beforeLast[j - 2] ?? limit) + 1);
      row.push(cost);
    }
    if (Math.min(...row) > limit) return limit + 1;
    beforeLast = last;
    last = row;
  }
  return last[to.length] ?? limit + 1;
}
