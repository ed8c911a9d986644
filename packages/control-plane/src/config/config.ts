import { join, resolve } from "node:path";
import type { z } from "zod";
import { ModyardError, problem } from "../errors/problem.ts";
import { inputSchema, settingNames, type ListenAddress } from "./input.ts";
import { buildMemoryMegabytes, buildProcesses } from "./machine-share.ts";
import { describeHolder } from "../processes/holder.ts";
import { signInInput, signInSchema, toSignInSettings, type SignInSettings } from "./sign-in.ts";
import type { PrivateNetworks } from "./private-networks.ts";

/** Settings of a control plane, read once from flags and the environment. */
export interface Config {
  /** The host's git repository: a directory or an address that git understands. */
  readonly host: string;
  /** Where everything is kept that must survive a restart. */
  readonly dataDirectory: string;
  /** Where the API listens. */
  readonly listen: ListenAddress;
  /** Where a worker tells about itself; absent: nowhere. */
  readonly metricsListen?: ListenAddress;
  /** A PostgreSQL server of the operator's own; the embedded one where absent. */
  readonly databaseUrl?: string;
  /** Whether a start brings the database to this version; otherwise an older schema is refused. */
  readonly migrate: boolean;
  /** The branch whose modyard.toml says which environments there are. */
  readonly branch: string;
  /** Absolute directories outside the host that `path` modules may come from. */
  readonly pathRoots: readonly string[];
  /** Directories that applications see and may write beside their own; `/`: all that this user can, without a sandbox. */
  readonly applicationDirectories: readonly string[];
  /** Overrides of where environments listen: name -> HOST:PORT. */
  readonly environmentListen: Readonly<Record<string, string>>;
  /** The longest that one command of a build may take, in seconds. */
  readonly commandSeconds: number;
  /** How long one command of a build may print nothing, in seconds; 0: for as long as it may take at all. */
  readonly silenceSeconds: number;
  /** Memory of all processes of one command together, in bytes; 0: no limit. */
  readonly buildMemoryBytes: number;
  /** Processes and threads of one command; 0: no limit. */
  readonly buildProcesses: number;
  /** The largest file that a command may write, in bytes; 0: no limit. */
  readonly buildFileBytes: number;
  /** Free space below which no build begins and a running one is ended, in bytes. */
  readonly freeBytes: number;
  /** How long what nobody needs is kept, in days. */
  readonly keepDays: number;
  /** How much is kept below the data directory, in bytes. */
  readonly keepBytes: number;
  /** How many of the releases that ran last in an environment can be gone back to, at least. */
  readonly keepReleases: number;
  /** How long a deployment waits for approval, in days. */
  readonly approvalDays: number;
  readonly logLevel: "fatal" | "error" | "warn" | "info" | "debug" | "trace" | "silent";
  /** Names this process in leases. */
  readonly holder: string;
  /** Proxies in front of the API whose word on the client's address, the scheme and the request's id is believed: addresses and networks. */
  readonly trustedProxies: readonly string[];
  /** Which of the operator's own networks webhooks may call; beside them only the public internet. */
  readonly webhookPrivate: PrivateNetworks;
  /** Under which webhooks' secrets are sealed; a file of the data directory where absent. */
  readonly webhookKey?: string;
  /** Origins of pages elsewhere that may ask the API with a token of their own. */
  readonly corsOrigins: readonly string[];
  /** Requests of one principal in a minute, on each server; 0: any number. */
  readonly rates: { readonly reads: number; readonly writes: number };
  /** Where traces go, by OTLP over HTTP; absent: nothing is traced. */
  readonly tracesEndpoint?: string;
  /** MODYARD_ARTIFACTS and what goes with it, as the environment says them; the artifact store reads them. */
  readonly artifactSettings: Readonly<Record<string, string | undefined>>;
  readonly signIn: SignInSettings;
}

/** What flags may say; each falls back to the environment variable and then to the default. */
export interface ConfigFlags {
  readonly hostRepo?: string;
  readonly data?: string;
  readonly bind?: string;
  readonly port?: string;
  readonly databaseUrl?: string;
  /** False: `--no-migrate`. */
  readonly migrate?: boolean;
  readonly branch?: string;
  readonly pathRoot?: readonly string[];
  readonly environment?: readonly string[];
  readonly logLevel?: string;
  readonly metrics?: string;
}

/** Reads the settings: flag, else environment variable, else default. All that is wrong is told at once. */
export function readConfig(flags: ConfigFlags, environment: NodeJS.ProcessEnv): Config {
  // A variable that is set to nothing is not set: that is how service managers and compose files leave one out.
  const env: NodeJS.ProcessEnv = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = inputSchema.safeParse({
    host: flags.hostRepo ?? env["MODYARD_HOST_REPO"] ?? process.cwd(),
    dataDirectory: flags.data ?? env["MODYARD_DATA"] ?? ".modyard",
    bind: flags.bind ?? env["MODYARD_BIND"] ?? "127.0.0.1",
    port: flags.port ?? env["MODYARD_PORT"] ?? "4600",
    databaseUrl: flags.databaseUrl ?? env["DATABASE_URL"],
    migrate: flags.migrate === false ? "0" : (env["MODYARD_MIGRATE"] ?? "1"),
    branch: flags.branch ?? env["MODYARD_BRANCH"] ?? "main",
    pathRoots: flags.pathRoot ?? list(env["MODYARD_PATH_ROOTS"]),
    applicationDirectories: list(env["MODYARD_APPLICATION_DIRECTORIES"]),
    environmentListen: flags.environment ?? list(env["MODYARD_ENVIRONMENTS"]),
    commandSeconds: env["MODYARD_COMMAND_SECONDS"] ?? 1_800,
    silenceSeconds: env["MODYARD_SILENCE_SECONDS"] ?? 600,
    buildMemoryMegabytes: env["MODYARD_BUILD_MEMORY_MEGABYTES"] ?? buildMemoryMegabytes(),
    buildProcesses: env["MODYARD_BUILD_PROCESSES"] ?? buildProcesses(),
    buildFileMegabytes: env["MODYARD_BUILD_FILE_MEGABYTES"] ?? 8_192,
    freeMegabytes: env["MODYARD_FREE_MEGABYTES"] ?? 512,
    keepDays: env["MODYARD_KEEP_DAYS"] ?? 30,
    keepBytes: env["MODYARD_KEEP_GIGABYTES"] ?? 20,
    keepReleases: env["MODYARD_KEEP_RELEASES"] ?? 5,
    approvalDays: env["MODYARD_APPROVAL_DAYS"] ?? 7,
    logLevel: flags.logLevel ?? env["MODYARD_LOG_LEVEL"] ?? "info",
    metricsListen: flags.metrics ?? env["MODYARD_METRICS"],
    trustedProxies: list(env["MODYARD_TRUSTED_PROXIES"]),
    corsOrigins: list(env["MODYARD_CORS_ORIGINS"]),
    readsPerMinute: env["MODYARD_READS_PER_MINUTE"] ?? 6_000,
    writesPerMinute: env["MODYARD_WRITES_PER_MINUTE"] ?? 600,
    webhookPrivate: env["MODYARD_WEBHOOK_PRIVATE"] ?? "",
    webhookKey: env["MODYARD_WEBHOOK_KEY"],
    tracesEndpoint: tracesEndpoint(env),
  });
  const signIn = signInSchema.safeParse(signInInput(env));
  if (!parsed.success || !signIn.success) {
    const problems = [...(parsed.error?.issues ?? []), ...(signIn.error?.issues ?? [])].map(({ path: [name, ...rest], message }) => {
      const place = rest.length === 0 ? "" : `, number ${Number(rest[0]) + 1}`;
      return problem("config_invalid", `${settingNames[String(name)] ?? String(name)}${place}: ${message}`);
    });
    throw new ModyardError(problems);
  }
  return { ...toConfig(parsed.data), artifactSettings: artifactSettings(env), signIn: toSignInSettings(signIn.data) };
}

function toConfig(input: z.infer<typeof inputSchema>): Omit<Config, "artifactSettings" | "signIn"> {
  const { databaseUrl, webhookKey, tracesEndpoint: traces, metricsListen, readsPerMinute: reads, writesPerMinute: writes, bind, port, freeMegabytes, buildMemoryMegabytes: memory, buildFileMegabytes: file, environmentListen, ...rest } = input;
  return {
    ...rest,
    ...(databaseUrl !== undefined && { databaseUrl }),
    ...(webhookKey !== undefined && { webhookKey }),
    ...(traces !== undefined && { tracesEndpoint: traces }),
    ...(metricsListen !== undefined && { metricsListen }),
    rates: { reads, writes },
    host: /^[a-z+]+:\/\/|^[^/\s]+@[^/\s]+:/.test(input.host) ? input.host : resolve(input.host),
    dataDirectory: resolve(input.dataDirectory),
    listen: { host: bind, port },
    pathRoots: input.pathRoots.map((root) => resolve(root)),
    applicationDirectories: input.applicationDirectories.map((path) => resolve(path)),
    environmentListen: Object.fromEntries(environmentListen.map((text) => [text.slice(0, text.indexOf("=")), text.slice(text.indexOf("=") + 1)])),
    buildMemoryBytes: memory * megabyte,
    buildFileBytes: file * megabyte,
    freeBytes: freeMegabytes * megabyte,
    holder: describeHolder(),
  };
}

const megabyte = 1024 * 1024;

/** OpenTelemetry's own variables, by its rules: the address for traces alone is taken as it is. */
function tracesEndpoint(env: NodeJS.ProcessEnv): string | undefined {
  if (env["OTEL_SDK_DISABLED"]?.toLowerCase() === "true" || env["OTEL_TRACES_EXPORTER"] === "none") return undefined;
  const common = env["OTEL_EXPORTER_OTLP_ENDPOINT"];
  return env["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] ?? (common === undefined ? undefined : `${common.replace(/\/+$/, "")}/v1/traces`);
}

function artifactSettings(env: NodeJS.ProcessEnv): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => name === "DOCKER_CONFIG" || /^MODYARD_ARTIFACTS(?:_|$)/.test(name)));
}

function list(text: string | undefined): readonly string[] {
  return (text ?? "").split(",").map((part) => part.trim()).filter(Boolean);
}

/** The file that holds the first administrator's token, readable by its owner only. */
export function tokenFile(dataDirectory: string): string {
  return join(dataDirectory, "admin-token");
}

/** The file that holds what cookies are signed with, readable by its owner only. */
export function secretFile(dataDirectory: string): string {
  return join(dataDirectory, "sign-in-secret");
}
