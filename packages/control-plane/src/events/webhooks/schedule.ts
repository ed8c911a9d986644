/**
 * The pauses before each further attempt, in milliseconds, as https://www.standardwebhooks.com has them: 5 s, 5 min, 30 min, then hours. The
 * tenth attempt is the last, after a little more than three days.
 */
export const retryPauses: readonly number[] = [5_000, ...[5, 30, 2 * 60, 5 * 60, 10 * 60, 14 * 60, 20 * 60, 24 * 60].map((minutes) => minutes * 60_000)];

const day = 24 * 3_600_000;

/** A receiver may ask to be left alone for so long at most. */
export const longestPause = day;

/** Nothing but failures for so long, and a webhook is switched off. */
export const givenUpAfterMs = 5 * day;

/**
 * How long to wait after `attempts` attempts; undefined after the last. `random`: 0 to 1, so that a receiver that comes back does not get
 * everything at once. What the receiver asked for is kept to, up to a day.
 */
export function pauseAfter(attempts: number, random: number, retryAfterMs = 0, pauses: readonly number[] = retryPauses): number | undefined {
  const pause = pauses[attempts - 1];
  if (pause === undefined) return undefined;
  return Math.max(Math.round(pause * (0.9 + 0.2 * random)), Math.min(retryAfterMs, longestPause));
}

/** What a Retry-After says, in milliseconds from now: seconds, or a date. Undefined where it says neither. */
export function parseRetryAfter(value: string | undefined, now: Date): number | undefined {
  const text = value?.trim() ?? "";
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  const date = /^[A-Z][a-z]{2}, .* GMT$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now.getTime());
}
