import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Tally } from "./visitor.ts";

/** A visitor that asks all the time, until `leave`. */
export interface Visit {
  leave(): Promise<Tally>;
}

export function visit(url: string, everyMs: number): Visit {
  const child = fork(join(import.meta.dirname, "visitor.ts"));
  child.send({ url, everyMs });
  return {
    leave: async () => {
      const answer = once(child, "message");
      child.send("stop");
      const [tally] = (await answer) as [Tally];
      return tally;
    },
  };
}
