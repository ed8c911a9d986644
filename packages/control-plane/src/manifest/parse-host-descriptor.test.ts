import { expect, test } from "vitest";
import { unwrap } from "../errors/problem.ts";
import { parseHostDescriptor } from "./parse-host-descriptor.ts";

function parse(text: string) {
  return unwrap(parseHostDescriptor(text, "modyard.toml"));
}

function problemsOf(text: string): readonly string[] {
  const result = parseHostDescriptor(text, "modyard.toml");
  return result.ok ? [] : result.problems.map(({ location, code, path }) => `${location?.line}:${location?.column} ${code} ${path}`);
}

test("two lines make a host of npm workspaces", () => {
  expect(parse('schema = 1\npreset = "npm-workspaces"\n')).toEqual({
    schema: 1,
    preset: "npm-workspaces",
    toolchain: "npm",
    registry: { output: "apps/server/src/modules/generated.ts" },
    surfaces: [
      { name: "server", directory: "apps/server", build: ["npm", "run", "build"], test: ["npm", "test"], output: ["dist"], start: ["node", "dist/main.js"], health: "/health", modulesHealth: "/health/modules" },
      { name: "admin", optional: true, directory: "apps/admin", output: ["dist"], health: "/health", modulesHealth: "/health/modules" },
      { name: "storefront", optional: true, directory: "apps/storefront", output: ["dist"], health: "/health", modulesHealth: "/health/modules" },
    ],
    pathRoots: [],
    catalogs: ["marketplace.toml"],
    environments: [{ name: "prod", target: "process", listen: "127.0.0.1:8080", env: {}, startTimeoutSeconds: 60, drainTimeoutSeconds: 30, observeSeconds: 10 }],
  });
});

test("the other presets know their layouts, too", () => {
  expect(parse('schema = 1\npreset = "npm"\n').surfaces).toMatchObject([{ name: "server", directory: "." }]);
  expect(parse('schema = 1\npreset = "cargo"\n')).toMatchObject({ toolchain: "cargo", registry: { output: "apps/server/src/modules/generated.rs" }, surfaces: [{ directory: "apps/server" }] });
});

test("what the file says wins over its preset, key by key", () => {
  const host = parse(`schema = 1
preset = "npm-workspaces"
version = "0.2.0"
path_roots = ["../modules"]
catalogs = ["marketplace.toml", "https://catalog.test/m.toml", "git@git.test:team/catalog.git"]
[registry]
references = "tsconfig.modules.json"
[surfaces]
admin = false
[surfaces.server]
test = ["npm", "run", "check"]
health = "/live"
[surfaces.storefront]
build = ["npm", "run", "build", "-w", "storefront"]
[environments.prod]
listen = "0.0.0.0:80"
env = { LOG = "info" }
observe_seconds = 0
health_interval_seconds = 2
health_failures = 0
[environments.staging]
target = "compose"
start_timeout_seconds = 5
`);
  expect(host.surfaces.map(({ name }) => name)).toEqual(["server", "storefront"]);
  expect(host.surfaces[0]).toMatchObject({ directory: "apps/server", build: ["npm", "run", "build"], test: ["npm", "run", "check"], health: "/live" });
  expect(host.surfaces[1]).not.toHaveProperty("optional");
  expect(host.registry).toEqual({ output: "apps/server/src/modules/generated.ts", references: "tsconfig.modules.json" });
  expect(host.environments).toEqual([
    { name: "prod", target: "process", listen: "0.0.0.0:80", env: { LOG: "info" }, startTimeoutSeconds: 60, drainTimeoutSeconds: 30, observeSeconds: 0, liveness: { intervalSeconds: 2, failures: 0 } },
    { name: "staging", target: "compose", env: {}, startTimeoutSeconds: 5, drainTimeoutSeconds: 30, observeSeconds: 10 },
  ]);
});

test("without a preset the file must say what one would", () => {
  expect(problemsOf("schema = 1\n")).toEqual([
    "1:1 missing_key toolchain", "1:1 missing_key registry.output", "1:1 missing_key surfaces.server.directory", "1:1 missing_key surfaces.server.start",
  ]);
  expect(problemsOf('schema = 1\ntoolchain = "npm"\n[registry]\noutput = "src/g.ts"\n[surfaces.server]\ndirectory = "."\nstart = ["node", "x.js"]\n')).toEqual([]);
});

test.each([
  ["prest = 1", "3:1 unknown_key prest"],
  ['toolchain = "yarn"', "3:13 invalid_value toolchain"],
  ['registry.output = "../x.ts"', "3:19 path_refused registry.output"],
  ['registry.output = "/x.ts"', "3:19 path_refused registry.output"],
  ['surfaces.server.build = "npm run build"', "3:25 wrong_type surfaces.server.build"],
  ["surfaces.server.build = []", "3:25 invalid_value surfaces.server.build"],
  ["surfaces.server.build = [1]", "3:26 wrong_type surfaces.server.build[0]"],
  ["surfaces.server = false", "3:19 wrong_type surfaces.server"],
  ["surfaces.admin = true", "3:18 wrong_type surfaces.admin"],
  ['surfaces.admin.healt = "/x"', "3:1 unknown_key surfaces.admin.healt"],
  ['surfaces.server.health = "health"', "3:26 invalid_value surfaces.server.health"],
  ['environments.Prod.listen = "127.0.0.1:1"', "3:1 invalid_slug environments.Prod"],
  ['environments.prod.listen = "8080"', "3:28 invalid_value environments.prod.listen"],
  ['environments.prod.listen = "127.0.0.1:80800"', "3:28 invalid_value environments.prod.listen"],
  ['environments.prod.env = { "A B" = "x" }', "3:27 invalid_value environments.prod.env.\"A B\""],
  ["environments.prod.env = { A = 1 }", "3:31 wrong_type environments.prod.env.A"],
  ["environments.prod.start_timeout_seconds = 0", "3:43 invalid_value environments.prod.start_timeout_seconds"],
  ['catalogs = ["ext::sh -c id"]', "3:13 invalid_value catalogs[0]"],
  ['catalogs = ["--upload-pack=x"]', "3:13 invalid_value catalogs[0]"],
  ["environments.a = {}\nenvironments.b = {}", "4:1 duplicate_entry environments.b.listen"],
])("%s is refused", (line, expected) => {
  expect(problemsOf(`schema = 1\npreset = "npm-workspaces"\n${line}\n`)).toEqual([expected]);
});
