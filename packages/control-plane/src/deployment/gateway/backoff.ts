/** An application that ran this long before it ended counts as having run well: its backoff starts anew. */
export const RAN_WELL_MS = 10_000;

const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 30_000;

/** How long to wait before the next start, in milliseconds: 100 ms after the first crash, doubling up to 30 s. */
export function restartDelay(crashesInARow: number): number {
  const doublings = Math.min(Math.max(crashesInARow - 1, 0), 20);
  return Math.min(FIRST_DELAY_MS * 2 ** doublings, LONGEST_DELAY_MS);
}
