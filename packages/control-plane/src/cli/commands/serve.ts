import type { Command } from "commander";
import type { Config, ConfigFlags } from "../../config/config.ts";
import type { RunningServer } from "../../server.ts";
import { action, type CliContext } from "../command.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { shellWord } from "../shell-word.ts";
import { redact } from "../../telemetry/redact.ts";
import { logFor } from "../log-lines.ts";
import { endSoon, hearEndWishes } from "../run-until-asked.ts";

interface Flags extends ConfigFlags {
  /** False: `--no-worker`. */
  readonly worker?: boolean;
}

const help = `
Settings without a flag, from the environment:
  MODYARD_COMMAND_SECONDS         the longest that one command of a build may take (1800)
  MODYARD_SILENCE_SECONDS         the longest that it may print nothing (600)
  MODYARD_BUILD_MEMORY_MEGABYTES  memory of one command with all that it starts; 0: no limit
  MODYARD_BUILD_PROCESSES         processes and threads of one command; 0: no limit
  MODYARD_BUILD_FILE_MEGABYTES    the largest file that a command may write (8192)
  MODYARD_APPLICATION_DIRECTORIES directories that applications see and may write beside their own: /srv/uploads,…; /: no sandbox (none)
  MODYARD_FREE_MEGABYTES          free space below which nothing is built (512)
  MODYARD_KEEP_DAYS               how long is kept what nobody needs (30)
  MODYARD_KEEP_GIGABYTES          how much of it (20)
  MODYARD_KEEP_RELEASES           releases of each environment to go back to (5)
  MODYARD_APPROVAL_DAYS           how long a deployment waits for approval (7)
  MODYARD_WEBHOOK_PRIVATE         networks of your own that webhooks may call: 1 for all, or 10.0.0.0/8,… (none)
  MODYARD_WEBHOOK_KEY             seals webhooks' secrets, one for all machines (a file of the data directory)
  MODYARD_PUBLIC_URL              where people reach this server, e.g. https://modyard.example
  MODYARD_SECRET                  signs cookies; needed by several servers together, else one is made and kept
  MODYARD_OIDC_ISSUER             single sign-on, with _CLIENT_ID, _CLIENT_SECRET or _CLIENT_SECRET_FILE, _NAME, _DEFAULT_ROLE
  MODYARD_READS_PER_MINUTE        requests that look, of one person or token; 0: any number (6000)
  MODYARD_WRITES_PER_MINUTE       requests that change something (600)
  MODYARD_CORS_ORIGINS            pages elsewhere that may ask with a token of their own: https://tools.example,… (none)
  MODYARD_TRUSTED_PROXIES         addresses and networks whose word on the client's address is believed (none)
  OTEL_EXPORTER_OTLP_ENDPOINT     where traces go, e.g. http://collector:4318 (nothing is traced)
  MODYARD_ARTIFACTS               oci://HOST/NAME keeps artifacts in a registry; see \`modyard worker --help\`

Writes one line of JSON to stdout when it is ready, and its log as JSON to stderr; a terminal gets both for people.
SIGINT and SIGTERM hand work back at once and let requests end; a second one ends the process at once.`;

export function serveCommand(program: Command, context: CliContext): void {
  program
    .command("serve")
    .description("run the control plane: API and a worker, with an embedded database unless DATABASE_URL is set")
    .option("--host-repo <repository>", "the host's git repository: a directory or an address (MODYARD_HOST_REPO; default: this directory)")
    .option("--data <dir>", "where everything is kept (MODYARD_DATA; default: .modyard)")
    .option("--port <port>", "where the API listens; 0 picks a free one (MODYARD_PORT; default: 4600)")
    .option("--bind <address>", "the address to listen on (MODYARD_BIND; default: 127.0.0.1)")
    .option("--branch <name>", "the branch that says which environments there are (MODYARD_BRANCH; default: main)")
    .option("--environment <name=host:port...>", "where an environment listens, instead of what modyard.toml says")
    .option("--path-root <dir...>", "directories outside the host that path modules may come from")
    .option("--no-migrate", "refuse an older database schema instead of migrating it (MODYARD_MIGRATE=0)")
    .option("--no-worker", "the API alone: builds and deployments are left to `modyard worker` processes")
    .option("--log-level <level>", "fatal, error, warn, info, debug or trace (MODYARD_LOG_LEVEL; default: info)")
    .addHelpText("after", help)
    .action(action(context, (flags: Flags) => serve(context, flags)));
}

async function serve(context: CliContext, { worker, ...flags }: Flags): Promise<ExitCode> {
  const [{ readConfig }, { startServer }, { createLogger }] = await Promise.all([import("../../config/config.ts"), import("../../server.ts"), import("../../telemetry/logger.ts")]);
  const config = readConfig(flags, context.env);
  const { asked } = hearEndWishes();
  // The log goes to stderr: stdout has one line of JSON for the program that started this.
  const logger = createLogger(config, logFor(context.terminal.err));
  const server = await startServer(config, logger, worker === false ? { builds: false, deployments: false } : undefined);
  if (context.terminal.out.isTerminal) greet(context, config, server);
  if (server.setupUrl !== undefined) context.terminal.err.line(`Nobody is owner yet. Become the first one, within 24 hours, once:\n  ${server.setupUrl}`);
  if (!context.terminal.out.isTerminal) context.terminal.out.line(JSON.stringify({ event: "listening", url: server.url, data: config.dataDirectory, token_file: server.tokenFile, ...(server.setupUrl !== undefined && { setup_url: server.setupUrl }), pid: process.pid }));
  await asked;
  await server.stop();
  endSoon();
  return exitCodes.ok;
}

/** A person at a terminal reads where it is, and how to go on. */
function greet({ terminal: { out } }: CliContext, { host, dataDirectory }: Config, { url, tokenFile }: RunningServer): void {
  const { bold, cyan, dim, green } = out.colors;
  out.line(`${green("✓")} ${bold("Modyard is ready")} at ${cyan(url)}`);
  out.line(`  ${dim("host")}  ${redact(host, [])}`);
  out.line(`  ${dim("data")}  ${dataDirectory}`);
  out.line("  To ask it from another terminal, by `modyard status` and the others, paste there:");
  out.line(`    export MODYARD_URL=${shellWord(url)} MODYARD_TOKEN_FILE=${shellWord(tokenFile)}`);
  out.line("  Ctrl-C ends it; applications that are live run on.");
}
