import { Agent, request } from "node:http";
import { setTimeout as delay } from "node:timers/promises";

export interface ClientReport {
  readonly asked: number;
  /** Everything that was not an answer with status 200. */
  readonly lost: readonly string[];
  readonly bodies: ReadonlySet<string>;
}

export interface SteadyClient {
  /** Resolves when this many more answers have come. */
  more(answers: number): Promise<void>;
  stop(): Promise<ClientReport>;
}

/** Clients that ask one address again and again, without a pause or with one, each request without a second try. */
export function askContinuously(url: string, options: { readonly keepAlive: boolean; readonly clients: number; readonly method?: string; readonly pauseMs?: number }): SteadyClient {
  const agent = new Agent({ keepAlive: options.keepAlive });
  const lost: string[] = [];
  const bodies = new Set<string>();
  const state = { asked: 0, stopped: false };
  const loop = async (): Promise<void> => {
    while (!state.stopped) {
      state.asked += 1;
      try {
        const { status, body } = await ask(url, options.method ?? "GET", agent);
        if (status === 200) bodies.add(body);
        else lost.push(`${status} ${body}`);
      } catch (error) {
        lost.push(String(error));
      }
      if (lost.length > 20) return;
      if (options.pauseMs !== undefined) await delay(options.pauseMs);
    }
  };
  const loops = Array.from({ length: options.clients }, loop);
  return {
    async more(answers) {
      const goal = state.asked + answers;
      while (state.asked < goal && lost.length <= 20) await delay(5);
    },
    async stop() {
      state.stopped = true;
      await Promise.all(loops);
      agent.destroy();
      return { asked: state.asked, lost, bodies };
    },
  };
}

function ask(url: string, method: string, agent: Agent): Promise<{ readonly status: number; readonly body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, method }, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (body += chunk));
      response.once("error", reject);
      response.once("end", () => resolve({ status: response.statusCode ?? 0, body }));
    });
    sent.once("error", reject);
    sent.end();
  });
}
