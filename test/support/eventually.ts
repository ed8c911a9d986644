import { vi } from "vitest";

/**
 * Looks again and again until it throws nothing any more, and resolves with what it saw then. Ends after a minute with what it threw
 * last: vitest's own second is too short on a busy machine, and a wait that is not needed costs nothing.
 */
export function eventually<T>(look: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(look, { timeout: 60_000, interval: 25 });
}
