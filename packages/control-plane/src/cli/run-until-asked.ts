import process from "node:process";
import { exitCodes } from "./exit-codes.ts";

/** The wish that a long-running command ends. */
export interface EndWish {
  /** Aborted by the first SIGINT or SIGTERM: everything is then ended in order. A second one ends the process at once. */
  readonly signal: AbortSignal;
  /** Resolves with the first. */
  readonly asked: Promise<void>;
}

/** Heard from the first moment: what is being started is then stopped in order too. */
export function hearEndWishes(): EndWish {
  const wish = new AbortController();
  const asked = new Promise<void>((resolve) => wish.signal.addEventListener("abort", () => resolve(), { once: true }));
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.on(name, () => {
      if (wish.signal.aborted) process.exit(exitCodes.interrupted);
      wish.abort(new Error(`asked to end by ${name}`));
    });
  }
  return { signal: wish.signal, asked };
}

const lingerMs = 2_000;

/** Whatever still holds the process (a driver that waits for an application, say) is given up after a moment. */
export function endSoon(): void {
  setTimeout(() => process.exit(), lingerMs).unref();
}
