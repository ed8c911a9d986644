import { parseArgs } from "node:util";
import { phases, victims } from "./phases.ts";

/** What a drill is to do. */
export interface DrillOptions {
  readonly kills: number;
  readonly seed: number;
  readonly json: boolean;
  readonly keep: boolean;
  /** Only this phase. */
  readonly only: string | undefined;
}

export const help = `npm run drill -- [--kills N] [--seed S] [--only PHASE] [--json] [--keep]

Runs a whole installation in a directory of its own (modyard serve, a worker, gateway, application, embedded
PostgreSQL; a host whose build takes a second), installs and uninstalls a module again and again while visitors ask
the application, and kills one process with signal 9 at one step after the other. What a service manager would
start again (modyard serve, the worker) is started again; gateway, application and database must come back by
themselves. After each kill it waits until the site is at rest, and looks at everything.

  --kills N      how many kills; combinations of step and victim come round evenly (default ${String(defaultKills())}: all of them once)
  --seed S       the order of steps and victims, and how deep in a step; one seed gives one order (default: by chance)
  --only PHASE   only this phase: ${wrap(phases.map(({ name }) => name), 17)}
  --json         one JSON object on stdout in place of the table; progress on stderr
  --keep         leaves the directories for looking

victims
  worker         the process that holds the lease of what is under way, whether \`modyard worker\` or \`modyard serve\`
  control plane  \`modyard serve\`, which answers the API
  gateway        the process that all requests to the application go through
  application    the processes of the release that has the traffic
  database       the postmaster of the embedded PostgreSQL

what is counted
  recovered      the site came to rest within two minutes, in states that the machines allow, and the same request
                 ended in the same release: one with the artifact of a run in which nothing was killed. An application
                 killed under observation may cost the release; then the same request, made again, must end there.
  recovery_ms    from the kill until every process is back and what was under way is done
  stuck_locks    leases, PostgreSQL's advisory locks, lock files of dead processes, git's lock files: held at rest
  orphans        processes, workspaces, temporary and half-made files that belong to nobody at rest
  lost_acknowledgements      requests answered 200 or 202 whose row, journal entry or end is missing
  application_requests_lost  requests of visitors without an answer of status 200. Where application or gateway was
                 the one killed, its own outage is counted apart, as application_requests_lost_with_victim: requests
                 that were under way between the kill and the first good answer to a request made after it.

The exit code is 0 only when every kill was recovered from and nothing was lost or stuck; 130 after Ctrl-C.
`;

/** Undefined: the help is asked for. Throws what is wrong in words. */
export function readOptions(args: readonly string[]): DrillOptions | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: { kills: { type: "string" }, seed: { type: "string" }, only: { type: "string" }, json: { type: "boolean", default: false }, keep: { type: "boolean", default: false }, help: { type: "boolean", short: "h", default: false } },
  });
  if (values.help) return undefined;
  if (values.only !== undefined && !phases.some(({ name }) => name === values.only)) throw new Error(`there is no phase ${values.only}; there are ${phases.map(({ name }) => name).join(", ")}`);
  return {
    kills: wholeNumber("--kills", values.kills, 1) ?? defaultKills(),
    seed: wholeNumber("--seed", values.seed, 0) ?? Math.floor(Math.random() * 100_000),
    json: values.json,
    keep: values.keep,
    only: values.only,
  };
}

function defaultKills(): number {
  return phases.length * victims.length;
}

function wholeNumber(name: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < least || !Number.isSafeInteger(number)) throw new Error(`${name} wants a whole number from ${least} on, not ${JSON.stringify(text)}`);
  return number;
}

function wrap(words: readonly string[], indent: number): string {
  const middle = Math.ceil(words.length / 2);
  return `${words.slice(0, middle).join(", ")},\n${" ".repeat(indent)}${words.slice(middle).join(", ")}`;
}
