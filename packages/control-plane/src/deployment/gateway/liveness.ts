import { request } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { Liveness } from "../targets/target.ts";
import type { SignsOfLife } from "./signs-of-life.ts";

/** For releases that were started by a version that asked nothing. */
export const usualLiveness: Liveness = { intervalSeconds: 5, timeoutSeconds: 10, failures: 3, startSeconds: 60 };

/** A process that is watched. */
export interface Watched {
  readonly port: number;
  readonly healthPath: string;
  readonly liveness: Liveness;
  readonly signs: SignsOfLife;
  /** Whether it has users, so that it matters. Before, its deployment judges it. */
  readonly matters: () => boolean;
  /** Whether it ended, or is meant to end. */
  readonly isOver: () => boolean;
}

/** A process that stopped answering: why that is known, and how long it had been well before, in milliseconds. */
export interface Silence {
  readonly reason: string;
  readonly wellForMs: number;
}

/**
 * Asks the health path again and again. Resolves when the process answers nothing any more, neither there nor to anybody else; undefined
 * when it is over. Any answer is a sign of life, also a bad one. So is every answer to a user: who is merely slow is left alone.
 */
export async function untilSilent({ port, healthPath, liveness, signs, matters, isOver }: Watched): Promise<Silence | undefined> {
  const began = Date.now();
  let lastSign: number | undefined;
  let failures = 0;
  let seen = signs.total;
  for (;;) {
    await delay(liveness.intervalSeconds * 1000, undefined, { ref: false });
    if (isOver()) return undefined;
    if (liveness.failures === 0 || !matters()) continue;
    const trouble = await askOnce(port, healthPath, liveness.timeoutSeconds * 1000);
    if (isOver()) return undefined;
    const total = signs.total;
    if (trouble === undefined || total !== seen) {
      seen = total;
      lastSign = Date.now();
      failures = 0;
    } else if (lastSign !== undefined || Date.now() - began > liveness.startSeconds * 1000) {
      failures += 1;
      if (failures >= liveness.failures) return { reason: `${healthPath} ${trouble}, ${failures} times in a row, and nobody else got an answer`, wellForMs: (lastSign ?? began) - began };
    }
  }
}

/** Undefined: it answered, whatever it was. */
function askOnce(port: number, path: string, timeoutMs: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const asked = request({ host: "127.0.0.1", port, path, agent: false, signal, headers: { "user-agent": "modyard-gateway" } }, (response) => {
      resolve(undefined);
      response.destroy();
    });
    asked.on("error", (error: NodeJS.ErrnoException) => resolve(signal.aborted ? `gave no answer within ${timeoutMs / 1000} s` : `could not be asked (${error.code ?? error.message})`));
    asked.end();
  });
}
