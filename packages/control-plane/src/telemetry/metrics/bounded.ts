/** How many values a label of free text has before the rest is told as one. */
const mostValues = 30;
const longestValue = 100;

/** The value in whose place the rest is told. */
export const otherValue = "other";

/** Label values of free text, such as branches: whoever invents names fills neither this process nor Prometheus. */
export class BoundedLabel {
  readonly #known = new Set<string>();

  /** The value itself while there are few, else `other`. */
  of(text: string): string {
    const value = text.slice(0, longestValue).toWellFormed();
    if (this.#known.has(value)) return value;
    if (this.#known.size >= mostValues) return otherValue;
    this.#known.add(value);
    return value;
  }
}

/** Sums per value: the largest by themselves, the rest as `other`. For gauges, which are told anew each time. */
export function largest(counts: readonly (readonly [name: string, count: number])[]): ReadonlyMap<string, number> {
  const sorted = counts.toSorted(([, one], [, other]) => other - one);
  const sums = new Map<string, number>();
  for (const [index, [name, count]] of sorted.entries()) {
    const value = index < mostValues ? name.slice(0, longestValue).toWellFormed() : otherValue;
    sums.set(value, (sums.get(value) ?? 0) + count);
  }
  return sums;
}
