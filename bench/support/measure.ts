/** The middle of the values; the mean of the two middle ones where their number is even. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = sorted.length / 2;
  const [low = Number.NaN, high = low] = sorted.slice(Math.ceil(middle) - 1, Math.floor(middle) + 1);
  return (low + high) / 2;
}

/** Milliseconds that the action took, and its result. */
export async function timed<T>(action: () => Promise<T>): Promise<{ readonly milliseconds: number; readonly value: T }> {
  const started = performance.now();
  const value = await action();
  return { milliseconds: performance.now() - started, value };
}

/** `median (min–max)` in seconds or milliseconds, whichever reads better. */
export function spread(values: readonly number[]): string {
  const inSeconds = median(values) >= 1_000;
  const show = (value: number): string => (inSeconds ? (value / 1000).toFixed(2) : value.toFixed(0));
  return `${show(median(values))} ${inSeconds ? "s" : "ms"} (${show(Math.min(...values))}–${show(Math.max(...values))})`;
}
