import { join, resolve } from "node:path";
import { z } from "zod";
import { ModyardError, problem } from "../errors/problem.ts";
import { buildMemoryMegabytes, buildProcesses } from "./machine-share.ts";
import { describeHolder } from "../processes/holder.ts";
import { signInInput, signInSchema, signInSettingNames, toSignInSettings, type SignInSettings } from "./sign-in.ts";
import { isNetwork } from "./networks.ts";
import { privateNetworks, type PrivateNetworks } from "./private-networks.ts";

/** Settings of a control plane, read once from flags and the environment. */
export interface Config {
  /** The host's git repository: a directory or an address that git understands. */
  readonly host: string;
  /** Where everything is kept that must survive a restart. */
  readonly dataDirectory: string;
  /** Where the API listens. */
  readonly listen: { readonly host: string; /** 0: one that is free. */ readonly port: number };
  /** A PostgreSQL server of the operator's own; the embedded one where absent. */
  readonly databaseUrl?: string;
  /** Whether a start brings the database to this version; otherwise an older schema is refused. */
  readonly migrate: boolean;
  /** The branch whose modyard.toml says which environments there are. */
  readonly branch: string;
  /** Absolute directories outside the host that `path` modules may come from. */
  readonly pathRoots: readonly string[];
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

const environmentPattern = /^(?<name>[a-z][a-z0-9-]*)=(?<listen>\S+:\d{1,5})$/;

const portHint = "write a port from 0 to 65535";

const inputSchema = z.object({
  host: z.string().min(1, "name the host's repository: --host-repo or MODYARD_HOST_REPO"),
  dataDirectory: z.string().min(1),
  bind: z.string().min(1),
  port: z.string().regex(/^\d{1,5}$/, portHint).transform(Number).refine((port) => port <= 65_535, portHint),
  databaseUrl: z.string().refine(isDatabaseUrl, "write postgres://USER:PASSWORD@HOST/DATABASE, special characters percent-encoded").optional(),
  migrate: z.enum(["1", "0", "true", "false", "yes", "no"]).transform((word) => ["1", "true", "yes"].includes(word)),
  branch: z.string().min(1),
  pathRoots: z.array(z.string().min(1)),
  environmentListen: z.array(z.string().refine(isEnvironmentListen, "write NAME=HOST:PORT")),
  commandSeconds: z.coerce.number().int().min(1),
  silenceSeconds: z.coerce.number().int().min(0),
  buildMemoryMegabytes: z.coerce.number().int().min(0),
  buildProcesses: z.coerce.number().int().min(0),
  buildFileMegabytes: z.coerce.number().int().min(0),
  freeMegabytes: z.coerce.number().int().min(0),
  keepDays: z.coerce.number().min(0),
  keepBytes: z.coerce.number().min(0).transform((gigabytes) => gigabytes * 1024 ** 3),
  keepReleases: z.coerce.number().int().min(1),
  approvalDays: z.coerce.number().gt(0),
  logLevel: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]),
  tracesEndpoint: z.url({ protocol: /^https?$/, error: "write an address such as http://collector:4318" }).optional(),
  corsOrigins: z.array(z.string().refine(isOrigin, "write an origin such as https://tools.example, without a path")),
  readsPerMinute: z.coerce.number().int().min(0),
  writesPerMinute: z.coerce.number().int().min(0),
  trustedProxies: z.array(z.string().refine(isNetwork, "write an address such as 10.0.0.5 or a network such as 10.0.0.0/8")),
  webhookPrivate: privateNetworks,
  webhookKey: z.string().min(32, "write at least 32 characters, e.g. of `openssl rand -base64 32`").optional(),
});

function isEnvironmentListen(text: string): boolean {
  return environmentPattern.test(text) && Number(text.slice(text.lastIndexOf(":") + 1)) <= 65_535;
}

function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

/** As `pg` reads it: a socket's directory may stand in the host's place. The value never goes into a message, since it may hold a password. */
function isDatabaseUrl(text: string): boolean {
  return /^postgres(ql)?:\/\//.test(text) && (URL.canParse(text) || URL.canParse(text.replace("@/", "@socket/")));
}

/** How people write each setting: what a message must name. */
const settingNames: Readonly<Record<string, string>> = {
  host: "--host-repo or MODYARD_HOST_REPO",
  dataDirectory: "--data or MODYARD_DATA",
  bind: "--bind or MODYARD_BIND",
  port: "--port or MODYARD_PORT",
  databaseUrl: "DATABASE_URL",
  migrate: "--no-migrate or MODYARD_MIGRATE",
  branch: "--branch or MODYARD_BRANCH",
  pathRoots: "--path-root or MODYARD_PATH_ROOTS",
  environmentListen: "--environment or MODYARD_ENVIRONMENTS",
  commandSeconds: "MODYARD_COMMAND_SECONDS",
  silenceSeconds: "MODYARD_SILENCE_SECONDS",
  buildMemoryMegabytes: "MODYARD_BUILD_MEMORY_MEGABYTES",
  buildProcesses: "MODYARD_BUILD_PROCESSES",
  buildFileMegabytes: "MODYARD_BUILD_FILE_MEGABYTES",
  freeMegabytes: "MODYARD_FREE_MEGABYTES",
  keepDays: "MODYARD_KEEP_DAYS",
  keepBytes: "MODYARD_KEEP_GIGABYTES",
  keepReleases: "MODYARD_KEEP_RELEASES",
  approvalDays: "MODYARD_APPROVAL_DAYS",
  logLevel: "--log-level or MODYARD_LOG_LEVEL",
  trustedProxies: "MODYARD_TRUSTED_PROXIES",
  corsOrigins: "MODYARD_CORS_ORIGINS",
  readsPerMinute: "MODYARD_READS_PER_MINUTE",
  writesPerMinute: "MODYARD_WRITES_PER_MINUTE",
  webhookPrivate: "MODYARD_WEBHOOK_PRIVATE",
  webhookKey: "MODYARD_WEBHOOK_KEY",
  tracesEndpoint: "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT or OTEL_EXPORTER_OTLP_ENDPOINT",
  ...signInSettingNames,
};

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
  const { databaseUrl, webhookKey, tracesEndpoint: traces, readsPerMinute: reads, writesPerMinute: writes, bind, port, freeMegabytes, buildMemoryMegabytes: memory, buildFileMegabytes: file, environmentListen, ...rest } = input;
  return {
    ...rest,
    ...(databaseUrl !== undefined && { databaseUrl }),
    ...(webhookKey !== undefined && { webhookKey }),
    ...(traces !== undefined && { tracesEndpoint: traces }),
    rates: { reads, writes },
    host: /^[a-z+]+:\/\/|^[^/\s]+@[^/\s]+:/.test(input.host) ? input.host : resolve(input.host),
    dataDirectory: resolve(input.dataDirectory),
    listen: { host: bind, port },
    pathRoots: input.pathRoots.map((root) => resolve(root)),
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
