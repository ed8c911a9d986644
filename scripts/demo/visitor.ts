// A visitor of the platform, in a process of its own: asks again and again, and counts what went wrong.
// Told by IPC: { url, everyMs } starts it; "stop" ends it with its tally.
import { Agent, request } from "node:http";

interface Start {
  readonly url: string;
  readonly everyMs: number;
}

/** What the visitor saw. */
export interface Tally {
  readonly asked: number;
  readonly answered: number;
  /** Requests without an answer, or with an answer of the 5xx kind. */
  readonly lost: number;
  readonly slowestMs: number;
  readonly firstLoss?: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: 8 });
let tally: Tally = { asked: 0, answered: 0, lost: 0, slowestMs: 0 };
const underWay = new Set<Promise<void>>();

function ask(url: string): Promise<void> {
  const started = performance.now();
  tally = { ...tally, asked: tally.asked + 1 };
  return new Promise((resolve) => {
    const lose = (why: string): void => {
      tally = { ...tally, lost: tally.lost + 1, firstLoss: tally.firstLoss ?? why };
      resolve();
    };
    const call = request(url, { agent, timeout: 15_000 }, (response) => {
      response.resume();
      response.once("error", (error) => lose(error.message));
      response.once("end", () => {
        if ((response.statusCode ?? 500) >= 500) return lose(`HTTP ${response.statusCode}`);
        tally = { ...tally, answered: tally.answered + 1, slowestMs: Math.max(tally.slowestMs, performance.now() - started) };
        return resolve();
      });
    });
    call.once("timeout", () => call.destroy(new Error("no answer within 15 s")));
    call.once("error", (error) => lose(error.message));
    call.end();
  });
}

function start({ url, everyMs }: Start): void {
  const timer = setInterval(() => {
    const asked = ask(url).finally(() => underWay.delete(asked));
    underWay.add(asked);
  }, everyMs);
  process.on("message", (message) => {
    if (message !== "stop") return;
    clearInterval(timer);
    void Promise.all(underWay).then(() => process.send?.(tally, () => process.disconnect()));
  });
}

process.once("message", (message) => start(message as Start));
// The demo decides when this ends, also on Ctrl-C; without the demo it ends by itself.
process.on("SIGINT", () => undefined);
process.once("disconnect", () => process.exit(0));
