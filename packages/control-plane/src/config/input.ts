import { z } from "zod";
import { isNetwork } from "./networks.ts";
import { privateNetworks } from "./private-networks.ts";
import { signInSettingNames } from "./sign-in.ts";

/** Where a process listens. */
export interface ListenAddress {
  readonly host: string;
  /** 0: one that is free. */
  readonly port: number;
}

const environmentPattern = /^(?<name>[a-z][a-z0-9-]*)=(?<listen>\S+:\d{1,5})$/;

const portHint = "write a port from 0 to 65535";

/** What flags, the environment and the defaults say, each as text, and what it means. */
export const inputSchema = z.object({
  host: z.string().min(1, "name the host's repository: --host-repo or MODYARD_HOST_REPO"),
  dataDirectory: z.string().min(1),
  bind: z.string().min(1),
  port: z.string().regex(/^\d{1,5}$/, portHint).transform(Number).refine((port) => port <= 65_535, portHint),
  databaseUrl: z.string().refine(isDatabaseUrl, "write postgres://USER:PASSWORD@HOST/DATABASE, special characters percent-encoded").optional(),
  migrate: z.enum(["1", "0", "true", "false", "yes", "no"]).transform((word) => ["1", "true", "yes"].includes(word)),
  branch: z.string().min(1),
  pathRoots: z.array(z.string().min(1)),
  applicationDirectories: z.array(z.string().startsWith("/", "write an absolute path such as /srv/uploads, or / to turn the applications' sandbox off")),
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
  metricsListen: z.string().transform(readAddress).optional(),
  webhookPrivate: privateNetworks,
  webhookKey: z.string().min(32, "write at least 32 characters, e.g. of `openssl rand -base64 32`").optional(),
});

function isEnvironmentListen(text: string): boolean {
  return environmentPattern.test(text) && Number(text.slice(text.lastIndexOf(":") + 1)) <= 65_535;
}

/** `[HOST:]PORT`; without a host nobody else's machine reaches it. */
function readAddress(text: string, context: z.RefinementCtx<string>): ListenAddress {
  const [, host = "127.0.0.1", digits] = /^(?:(\[[\da-f:.]+\]|[^\s:[\]]+):)?(\d{1,5})$/i.exec(text) ?? [];
  const port = Number(digits);
  if (digits !== undefined && port <= 65_535) return { host: host.replaceAll(/[[\]]/g, ""), port };
  context.addIssue({ code: "custom", message: "write PORT or HOST:PORT, such as 127.0.0.1:9464" });
  return z.NEVER;
}

function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

/** As `pg` reads it: a socket's directory may stand in the host's place. The value never goes into a message, since it may hold a password. */
function isDatabaseUrl(text: string): boolean {
  return /^postgres(ql)?:\/\//.test(text) && (URL.canParse(text) || URL.canParse(text.replace("@/", "@socket/")));
}

/** How people write each setting: what a message must name. */
export const settingNames: Readonly<Record<string, string>> = {
  host: "--host-repo or MODYARD_HOST_REPO",
  dataDirectory: "--data or MODYARD_DATA",
  bind: "--bind or MODYARD_BIND",
  port: "--port or MODYARD_PORT",
  databaseUrl: "DATABASE_URL",
  migrate: "--no-migrate or MODYARD_MIGRATE",
  branch: "--branch or MODYARD_BRANCH",
  pathRoots: "--path-root or MODYARD_PATH_ROOTS",
  applicationDirectories: "MODYARD_APPLICATION_DIRECTORIES",
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
  metricsListen: "--metrics or MODYARD_METRICS",
  trustedProxies: "MODYARD_TRUSTED_PROXIES",
  corsOrigins: "MODYARD_CORS_ORIGINS",
  readsPerMinute: "MODYARD_READS_PER_MINUTE",
  writesPerMinute: "MODYARD_WRITES_PER_MINUTE",
  webhookPrivate: "MODYARD_WEBHOOK_PRIVATE",
  webhookKey: "MODYARD_WEBHOOK_KEY",
  tracesEndpoint: "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT or OTEL_EXPORTER_OTLP_ENDPOINT",
  ...signInSettingNames,
};
