/** Sorts by code units: the same on every machine, whatever its locale. */
export function byText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The values once each, sorted. */
export function sortedUnique(values: Iterable<string>): string[] {
  return [...new Set(values)].toSorted(byText);
}
