import { setTimeout as sleep } from "node:timers/promises";
import type { RetentionContext } from "./context.ts";
import { runRetention } from "./run-retention.ts";

const firstMs = 60_000;
const intervalMs = 10 * 60_000;
const stoppingMs = 3_000;

/** Removes what may go, a minute after the start and every ten minutes. Of all processes of a data directory one does it at a time. */
export function startRetention(context: RetentionContext): { stop(): Promise<void> } {
  let current: Promise<unknown> = Promise.resolve();
  const turn = (): void => {
    current = runRetention(context, { actor: "modyard", reason: "regular clean-up" }).catch((error: unknown) => context.logger.warn({ err: error }, "retention failed; it is tried again"));
  };
  let timer = setTimeout(() => {
    turn();
    timer = setInterval(turn, intervalMs);
  }, firstMs);
  return {
    stop: async () => {
      clearTimeout(timer);
      // What is cut off is gone on with the next time.
      await Promise.race([current, sleep(stoppingMs, undefined, { ref: false })]);
    },
  };
}
