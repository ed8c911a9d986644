import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { ModyardError } from "../errors/problem.ts";
import { readConfig, tokenFile, type ConfigFlags } from "./config.ts";
import { buildMemoryMegabytes, buildProcesses } from "./machine-share.ts";

function problemsOf(flags: ConfigFlags, env: NodeJS.ProcessEnv): readonly string[] {
  try {
    readConfig(flags, env);
  } catch (error) {
    if (error instanceof ModyardError) return error.problems.map(({ code, message }) => `${code} ${message}`);
    throw error;
  }
  return [];
}

it("has a default for everything", () => {
  const config = readConfig({}, {});
  expect(config).toMatchObject({ host: process.cwd(), dataDirectory: resolve(".modyard"), listen: { host: "127.0.0.1", port: 4600 }, branch: "main", pathRoots: [], environmentListen: {}, logLevel: "info" });
  expect(config).not.toHaveProperty("databaseUrl");
  expect(config).not.toHaveProperty("metricsListen");
  expect(tokenFile(config.dataDirectory)).toBe(resolve(".modyard", "admin-token"));
});

it("believes a flag before the environment, and the environment before the default", () => {
  const env = { MODYARD_PORT: "5000", MODYARD_DATA: "/env/data", MODYARD_HOST_REPO: "/env/host", MODYARD_BRANCH: "env", DATABASE_URL: "postgres://localhost/env" };
  expect(readConfig({}, env)).toMatchObject({ listen: { port: 5000 }, dataDirectory: "/env/data", host: "/env/host", branch: "env", databaseUrl: "postgres://localhost/env" });
  expect(readConfig({ port: "6000", data: "/flag/data", hostRepo: "/flag/host", branch: "flag" }, env)).toMatchObject({ listen: { port: 6000 }, dataDirectory: "/flag/data", host: "/flag/host", branch: "flag" });
});

it("takes a variable that is set to nothing as not set", () => {
  expect(readConfig({}, { MODYARD_PORT: "", MODYARD_DATA: "", DATABASE_URL: "", MODYARD_PATH_ROOTS: "" })).toEqual(readConfig({}, {}));
});

it.each(["", " ", "-1", "65536", "1e3", "0x10", "80.5", "http", "1 2"])("refuses the port %j", (port) => {
  expect(problemsOf({ port }, {})).toEqual(["config_invalid --port or MODYARD_PORT: write a port from 0 to 65535"]);
});

it.each([["0", 0], ["65535", 65_535]])("takes the port %s", (text, port) => {
  expect(readConfig({ port: text }, {}).listen.port).toBe(port);
});

it.each([["9464", { host: "127.0.0.1", port: 9464 }], ["0.0.0.0:9464", { host: "0.0.0.0", port: 9464 }], ["[::1]:0", { host: "::1", port: 0 }]])("has a worker tell about itself at %s", (text, at) => {
  expect(readConfig({ metrics: text }, { MODYARD_METRICS: "1" }).metricsListen).toEqual(at);
  expect(readConfig({}, { MODYARD_METRICS: text }).metricsListen).toEqual(at);
});

it.each(["yes", "65536", "localhost", "::1:9464", "http://127.0.0.1:9464", " 9464"])("refuses %j as the place where a worker tells about itself", (text) => {
  expect(problemsOf({ metrics: text }, {})).toEqual(["config_invalid --metrics or MODYARD_METRICS: write PORT or HOST:PORT, such as 127.0.0.1:9464"]);
});

it("tells all that is wrong at once, by the names that people write", () => {
  const told = problemsOf({ port: "x", logLevel: "loud", environment: ["prod=127.0.0.1:80", "prod"] }, { DATABASE_URL: "mysql://root@localhost/x", MODYARD_COMMAND_SECONDS: "0" });
  expect(told).toHaveLength(5);
  for (const name of ["--port", "--log-level", "--environment", "number 2", "DATABASE_URL", "MODYARD_COMMAND_SECONDS"]) expect(told.join("\n")).toContain(name);
});

it.each(["prod=127.0.0.1:99999", "prod=127.0.0.1", "Prod=127.0.0.1:80", "=127.0.0.1:80", "prod 127.0.0.1:80"])("refuses the environment %s", (text) => {
  expect(problemsOf({ environment: [text] }, {})).toHaveLength(1);
});

it("migrates unless it is told not to", () => {
  const told = [[{}, {}], [{ migrate: true }, { MODYARD_MIGRATE: "0" }], [{ migrate: false }, { MODYARD_MIGRATE: "1" }], [{}, { MODYARD_MIGRATE: "no" }]] as const;
  expect(told.map(([flags, env]) => readConfig(flags, env).migrate)).toEqual([true, false, false, false]);
  expect(problemsOf({}, { MODYARD_MIGRATE: "maybe" }).join()).toContain("MODYARD_MIGRATE");
});

it.each(["postgres://user:pa%20ss@db.example:5433/modyard?sslmode=require", "postgresql://user@/modyard?host=/run/postgresql", "postgres:///modyard"])("takes the database %s", (url) => {
  expect(readConfig({}, { DATABASE_URL: url }).databaseUrl).toBe(url);
});

it.each(["postgres://user:s3cret@[::1/modyard", "postgres://user:s3cret@host:port/modyard", "mysql://user:s3cret@host/modyard"])("refuses the database %s without telling its password", (url) => {
  const [told = ""] = problemsOf({}, { DATABASE_URL: url });
  expect(told).toContain("DATABASE_URL");
  expect(told).not.toContain("s3cret");
});

it("knows an address of a repository from a directory", () => {
  for (const address of ["https://git.example/host.git", "ssh://git@git.example/host.git", "git@git.example:team/host.git"]) expect(readConfig({ hostRepo: address }, {}).host).toBe(address);
  expect(readConfig({ hostRepo: "somewhere/host" }, {}).host).toBe(resolve("somewhere/host"));
});

it("takes directories for applications by absolute paths only", () => {
  expect(readConfig({}, { MODYARD_APPLICATION_DIRECTORIES: "/srv/uploads/, /var/cache/site" }).applicationDirectories).toEqual(["/srv/uploads", "/var/cache/site"]);
  expect(problemsOf({}, { MODYARD_APPLICATION_DIRECTORIES: "/srv/uploads,data" })).toEqual([expect.stringContaining("MODYARD_APPLICATION_DIRECTORIES, number 2: write an absolute path")]);
});

it("gives builds a share of the machine, unless it is told how much; zero is no limit", () => {
  const config = readConfig({}, {});
  expect(config.buildMemoryBytes).toBe(buildMemoryMegabytes() * 2 ** 20);
  expect(config).toMatchObject({ buildProcesses: buildProcesses(), buildFileBytes: 8_192 * 2 ** 20, silenceSeconds: 600 });
  const env = { MODYARD_BUILD_MEMORY_MEGABYTES: "2048", MODYARD_BUILD_PROCESSES: "0", MODYARD_BUILD_FILE_MEGABYTES: "0", MODYARD_SILENCE_SECONDS: "30" };
  expect(readConfig({}, env)).toMatchObject({ buildMemoryBytes: 2 ** 31, buildProcesses: 0, buildFileBytes: 0, silenceSeconds: 30 });
  for (const name of Object.keys(env)) expect(problemsOf({}, { [name]: "-1" }).join("\n")).toContain(name);
});

it.each([[512, 256], [1_024, 512], [2_048, 1_024], [4_096, 3_072], [24_576, 18_432]])("leaves room for the applications and the database: of %i MB builds get %i", (total, share) => {
  expect(buildMemoryMegabytes(total)).toBe(share);
});

describe("sign-in", () => {
  const oidc = { MODYARD_PUBLIC_URL: "https://modyard.example/", MODYARD_OIDC_ISSUER: "https://id.example/realms/one", MODYARD_OIDC_CLIENT_ID: "modyard" };

  it("gives nobody anything whom nobody invited, unless that is said", () => {
    expect(readConfig({}, {}).signIn).toEqual({});
    expect(readConfig({}, oidc).signIn).toEqual({ publicUrl: "https://modyard.example", oidc: { issuer: oidc.MODYARD_OIDC_ISSUER, clientId: "modyard", name: "single sign-on" } });
    expect(readConfig({}, { ...oidc, MODYARD_OIDC_DEFAULT_ROLE: "viewer" }).signIn.oidc).toMatchObject({ defaultRole: "viewer" });
  });

  it.each([
    [{ MODYARD_PUBLIC_URL: "modyard.example" }, "MODYARD_PUBLIC_URL"],
    [{ MODYARD_PUBLIC_URL: "https://modyard.example/path" }, "MODYARD_PUBLIC_URL"],
    [{ MODYARD_SECRET: "short" }, "MODYARD_SECRET"],
    [{ ...oidc, MODYARD_OIDC_ISSUER: "http://id.example" }, "MODYARD_OIDC_ISSUER"],
    [{ ...oidc, MODYARD_OIDC_CLIENT_ID: "" }, "MODYARD_OIDC_CLIENT_ID"],
    [{ ...oidc, MODYARD_PUBLIC_URL: "" }, "MODYARD_PUBLIC_URL"],
    [{ ...oidc, MODYARD_OIDC_DEFAULT_ROLE: "king" }, "MODYARD_OIDC_DEFAULT_ROLE"],
    [{ ...oidc, MODYARD_OIDC_CLIENT_SECRET_FILE: "/nowhere/at/all" }, "MODYARD_OIDC_CLIENT_SECRET_FILE"],
    [{ ...oidc, MODYARD_OIDC_CLIENT_SECRET: "a", MODYARD_OIDC_CLIENT_SECRET_FILE: import.meta.filename }, "MODYARD_OIDC_CLIENT_SECRET"],
  ])("names the setting that is wrong: %j", (env, name) => {
    const [told = "", ...more] = problemsOf({}, env);
    expect([told.startsWith(`config_invalid ${name}: `), more]).toEqual([true, []]);
  });
});
