import { z } from "zod";
import type { Config } from "../../config/config.ts";
import { version } from "../../config/version.ts";
import type { ControlPlane } from "../../control-plane.ts";
import { problemView } from "../views/common.ts";
import { snakeCase } from "../snake-case.ts";
import type { Api } from "./app.ts";

const settingsView = z.object({
  version: z.string().describe("Modyard's own."),
  settings: z.array(z.object({ name: z.string().describe("The environment variable that sets it."), value: z.string() })).describe("What the server was started with; secrets only as whether they are set."),
  catalogs: z.array(z.object({ address: z.string(), modules: z.number().int().nullable().describe("Null: it could not be read.") })),
  problems: z.array(problemView).describe("Catalogs that could not be read."),
});

/** What the server was started with, to be looked at: it is changed where the server is started. */
export function settingsRoutes(api: Api, plane: ControlPlane): void {
  api.get("/settings", { config: { permission: "settings.read" }, schema: { operationId: "getSettings", tags: ["server"], summary: "Settings of the server, and the catalogs", response: { 200: settingsView } } }, async () => {
    const { host, catalogs, catalogProblems } = await plane.reader.snapshot(plane.config.branch);
    // Without a problem every catalog was read, in the order in which they stand.
    const read = catalogProblems.length === 0;
    return {
      version,
      settings: listSettings(plane.config).map(([name, value]) => ({ name, value: String(value) })),
      catalogs: host.catalogs.map((address, index) => ({ address: withoutPassword(address), modules: read ? (catalogs[index]?.entries.length ?? null) : null })),
      problems: catalogProblems.map((each) => problemView.parse(snakeCase(each))),
    };
  });
}

function listSettings(config: Config): readonly (readonly [string, string | number])[] {
  return [
    ["MODYARD_HOST_REPO", withoutPassword(config.host)],
    ["MODYARD_BRANCH", config.branch],
    ["MODYARD_DATA", config.dataDirectory],
    ["DATABASE_URL", config.databaseUrl === undefined ? "embedded" : "set"],
    ["MODYARD_PATH_ROOTS", config.pathRoots.join(", ")],
    ["MODYARD_APPLICATION_DIRECTORIES", config.applicationDirectories.join(", ")],
    ["MODYARD_ENVIRONMENTS", Object.entries(config.environmentListen).map(([name, listen]) => `${name}=${listen}`).join(", ")],
    ["MODYARD_COMMAND_SECONDS", config.commandSeconds],
    ["MODYARD_SILENCE_SECONDS", config.silenceSeconds],
    ["MODYARD_BUILD_MEMORY_MEGABYTES", megabytes(config.buildMemoryBytes)],
    ["MODYARD_BUILD_PROCESSES", config.buildProcesses],
    ["MODYARD_BUILD_FILE_MEGABYTES", megabytes(config.buildFileBytes)],
    ["MODYARD_FREE_MEGABYTES", megabytes(config.freeBytes)],
    ["MODYARD_KEEP_DAYS", config.keepDays],
    ["MODYARD_KEEP_GIGABYTES", config.keepBytes / 1024 ** 3],
    ["MODYARD_KEEP_RELEASES", config.keepReleases],
    ["MODYARD_APPROVAL_DAYS", config.approvalDays],
    ["MODYARD_LOG_LEVEL", config.logLevel],
    ["MODYARD_READS_PER_MINUTE", config.rates.reads],
    ["MODYARD_WRITES_PER_MINUTE", config.rates.writes],
    ["MODYARD_TRUSTED_PROXIES", config.trustedProxies.join(", ")],
    ["MODYARD_CORS_ORIGINS", config.corsOrigins.join(", ")],
    ["MODYARD_WEBHOOK_KEY", config.webhookKey === undefined ? "a file of the data directory" : "set"],
    ["MODYARD_PUBLIC_URL", config.signIn.publicUrl ?? ""],
  ];
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1024 ** 2);
}

function withoutPassword(address: string): string {
  return address.replace(/^([a-z+]+:\/\/)[^/@]*@/, "$1");
}
