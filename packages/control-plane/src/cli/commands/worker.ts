import { Option, type Command } from "commander";
import type { ConfigFlags } from "../../config/config.ts";
import { action, type CliContext } from "../command.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { logFor } from "../log-lines.ts";
import { endSoon, hearEndWishes } from "../run-until-asked.ts";

interface Flags extends ConfigFlags {
  readonly only?: "builds" | "deployments";
}

const help = `
Any number of workers may run on one database. With the embedded one they share the data directory, and with it the database server, which lives as long as one of them (or \`modyard serve\`) does. With DATABASE_URL they may run on other machines, each with a data directory of its own; artifacts must then be kept where all of them reach them (MODYARD_ARTIFACTS=oci://HOST/NAME).

Deployments happen where an environment's gateway and applications run, in the data directory of the server that first deployed there. A worker on another machine does builds only, unless its data directory has that server's environments.

With --metrics it tells whether it lives (/healthz), whether its database answers (/readyz) and what it measures of itself and its machine (/metrics, for Prometheus). Nobody is asked for credentials there: give a host only where just the watcher reaches it.

Writes one line of JSON to stdout when it is ready, and its log as JSON to stderr; a terminal gets both for people. A database that is away is waited for.
SIGINT and SIGTERM hand work back at once, to the next worker; a second one ends the process at once.`;

export function workerCommand(program: Command, context: CliContext): void {
  program
    .command("worker")
    .description("take builds and deployments from the queue, beside `modyard serve`, here or on another machine")
    .option("--host-repo <repository>", "the host's git repository: a directory or an address (MODYARD_HOST_REPO; default: this directory)")
    .option("--data <dir>", "where everything is kept (MODYARD_DATA; default: .modyard)")
    .addOption(new Option("--only <kind>", "take only this kind of work").choices(["builds", "deployments"]))
    .option("--branch <name>", "the branch that says which environments there are (MODYARD_BRANCH; default: main)")
    .option("--environment <name=host:port...>", "where an environment listens, instead of what modyard.toml says")
    .option("--path-root <dir...>", "directories outside the host that path modules may come from")
    .option("--metrics <[host:]port>", "answer /healthz, /readyz and /metrics there, on this machine alone unless a host is given (MODYARD_METRICS; default: nowhere)")
    .option("--no-migrate", "refuse an older database schema instead of migrating it (MODYARD_MIGRATE=0)")
    .option("--log-level <level>", "fatal, error, warn, info, debug or trace (MODYARD_LOG_LEVEL; default: info)")
    .addHelpText("after", help)
    .action(action(context, (flags: Flags) => work(context, flags)));
}

async function work(context: CliContext, { only, ...flags }: Flags): Promise<ExitCode> {
  const [{ readConfig }, { startWorkerProcess, usualWork }, { createLogger }] = await Promise.all([import("../../config/config.ts"), import("../../worker-process.ts"), import("../../telemetry/logger.ts")]);
  const config = readConfig(flags, context.env);
  const kinds = only === undefined ? usualWork(config) : { builds: only === "builds", deployments: only === "deployments" };
  const { signal, asked } = hearEndWishes();
  try {
    const worker = await startWorkerProcess(config, createLogger(config, logFor(context.terminal.err)), kinds, signal);
    const { out } = context.terminal;
    if (out.isTerminal) out.line(`${out.colors.green("✓")} Worker ${worker.holder} takes ${Object.entries(kinds).flatMap(([kind, takes]) => (takes ? [kind] : [])).join(" and ")}. Ctrl-C hands its work back.${worker.metricsUrl === undefined ? "" : ` It tells about itself at ${worker.metricsUrl}.`}`);
    else out.line(JSON.stringify({ event: "ready", holder: worker.holder, pid: process.pid, data: config.dataDirectory, ...(worker.metricsUrl !== undefined && { metrics: worker.metricsUrl }), builds: kinds.builds, deployments: kinds.deployments }));
    await asked;
    await worker.stop();
  } catch (error) {
    // Asked to end while it waited for its database: nothing was begun.
    if (!signal.aborted) throw error;
  }
  endSoon();
  return exitCodes.ok;
}
