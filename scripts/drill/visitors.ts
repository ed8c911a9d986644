import { Agent, request } from "node:http";
import { setTimeout as delay } from "node:timers/promises";

/** A request of a visitor that was not answered with status 200. Times are those of `performance.now()`. */
export interface Loss {
  readonly began: number;
  readonly ended: number;
  readonly why: string;
}

/** What the visitors have seen so far. */
export interface Visits {
  readonly asked: number;
  readonly losses: readonly Loss[];
}

const pauseMs = 10;
const patienceMs = 15_000;

/**
 * Visitors of the application: each asks again and again, without a second try, over one connection that it keeps. They ask from the
 * first release on, through every kill.
 */
export class Visitors {
  readonly #url: string;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #losses: Loss[] = [];
  readonly #loops: readonly Promise<void>[];
  #asked = 0;
  #stopped = false;
  /** When the newest request that was answered well began. */
  #lastGood = 0;

  constructor(url: string, count: number) {
    this.#url = url;
    this.#loops = Array.from({ length: count }, () => this.#visit());
  }

  get visits(): Visits {
    return { asked: this.#asked, losses: [...this.#losses] };
  }

  /** Waits until a request that began after this moment has been answered well; the moment of that answer, undefined when none came. */
  async answeredSince(moment: number, limitMs: number): Promise<number | undefined> {
    const deadline = performance.now() + limitMs;
    while (performance.now() < deadline) {
      if (this.#lastGood > moment) return performance.now();
      await delay(5);
    }
    return undefined;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#loops);
    this.#agent.destroy();
  }

  async #visit(): Promise<void> {
    while (!this.#stopped) {
      this.#asked += 1;
      const began = performance.now();
      const why = await this.#ask();
      if (why === undefined) this.#lastGood = Math.max(this.#lastGood, began);
      else this.#losses.push({ began, ended: performance.now(), why });
      await delay(pauseMs);
    }
  }

  /** Undefined: answered well. */
  #ask(): Promise<string | undefined> {
    return new Promise((resolve) => {
      const sent = request(this.#url, { agent: this.#agent, timeout: patienceMs }, (response) => {
        response.resume();
        response.once("error", (error) => resolve(error.message));
        response.once("end", () => resolve(response.statusCode === 200 ? undefined : `status ${response.statusCode}`));
      });
      sent.once("timeout", () => sent.destroy(new Error(`no answer within ${patienceMs / 1000} s`)));
      sent.once("error", (error) => resolve(error.message));
      sent.end();
    });
  }
}

/** The time in which requests may be lost because what would have answered them was itself killed. */
export interface Outage {
  readonly from: number;
  /** The first answer to a request that began after `from`. */
  readonly to: number;
}

/** Losses of requests that were under way, or made, during an outage are the killed one's own; all others count. */
export function splitLosses(losses: readonly Loss[], outage: Outage | undefined): { readonly own: readonly Loss[]; readonly counted: readonly Loss[] } {
  const isOwn = ({ began, ended }: Loss): boolean => outage !== undefined && began <= outage.to && ended >= outage.from;
  return { own: losses.filter(isOwn), counted: losses.filter((loss) => !isOwn(loss)) };
}
