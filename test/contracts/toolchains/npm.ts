import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { HostDescriptor } from "../../../packages/control-plane/src/manifest/host-descriptor.ts";
import { npmToolchain } from "../../../packages/control-plane/src/toolchains/npm/index.ts";
import { startRegistry } from "../../support/registry.ts";
import type { ModuleToWrite, TestRegistry, ToolchainFixture } from "./fixture.ts";
import { commitAll, writeFiles } from "./files.ts";

/** The npm side of the suite. Hosts and modules are plain JavaScript: what compiles them is a short script of the host. */
export const npmFixture: ToolchainFixture = {
  toolchain: npmToolchain,
  registrySource: "npm",
  packageName: (slug) => `@acme/${slug}`,
  exactly: (version) => version,
  integrity: /^sha/,
  createHost,
  writeModule,
  startRegistry: startNpmRegistry,
  writableDuringResolve: (cacheDirectory) => join(cacheDirectory, "npm", "downloads"),
  async lockedVersion(workspace, packageName) {
    const lockfile = JSON.parse(await readFile(join(workspace, "package-lock.json"), "utf8")) as { packages: Record<string, { version?: string; resolved?: string; link?: boolean }> };
    const entry = lockfile.packages[`node_modules/${packageName}`];
    return entry?.link === true ? lockfile.packages[entry.resolved ?? ""]?.version : entry?.version;
  },
  artifact: {
    has: ["apps/server/dist/main.js", "apps/server/package.json", "modules/forum/index.js", "modules/forum/module.toml", "node_modules/@acme/forum", "node_modules/@acme/poll/index.js", "node_modules/@acme/library/index.js", "node_modules/.bin/library"],
    lacks: ["node_modules/@acme/builder", "node_modules/.bin/builder", "node_modules/.package-lock.json", "node_modules/.cache", "node_modules/.modyard-tree", "build-was-here.log"],
  },
};

const surface = { health: "/health", modulesHealth: "/health/modules" } as const;

async function createHost(directory: string): Promise<HostDescriptor> {
  await writeFiles(directory, {
    "package.json": json({ name: "host", version: "0.3.0", private: true, type: "module", workspaces: ["apps/*"], scripts: { build: "node build.js", test: "node test.js" }, devDependencies: { "@acme/builder": "1.0.0" } }),
    "apps/server/package.json": json({ name: "host-server", version: "0.2.0", private: true, type: "module", dependencies: { "@acme/library": "^1.0.0" } }),
    "apps/server/src/main.js": `export const name = "server";\n`,
    "build.js": buildScript,
    "test.js": testScript,
    ".gitignore": "node_modules\ndist\n",
    ".npmrc": "omit-lockfile-registry-resolved=true\n",
  });
  await commitAll(directory);
  return {
    schema: 1,
    toolchain: "npm",
    registry: { output: "apps/server/src/generated.js" },
    surfaces: [
      { name: "server", directory: "apps/server", build: ["npm", "run", "build"], test: ["npm", "test"], output: ["dist"], start: ["node", "dist/main.js"], ...surface },
      { name: "admin", directory: "apps/admin", build: ["npm", "run", "build"], output: ["dist"], ...surface },
    ],
    pathRoots: [],
    catalogs: [],
    environments: [],
  };
}

/** Imports every module, so that one with a fault stops the build. */
const buildScript = `
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
const { dependencies } = JSON.parse(readFileSync("apps/server/package.json", "utf8"));
const require = createRequire(import.meta.resolve("./apps/server/package.json"));
const built = {};
for (const name of Object.keys(dependencies).sort()) built[name] = (await import(require.resolve(name))).greeting;
mkdirSync("apps/server/dist", { recursive: true });
cpSync("apps/server/src/main.js", "apps/server/dist/main.js");
writeFileSync("apps/server/dist/modules.json", JSON.stringify(built));
mkdirSync("node_modules/.cache", { recursive: true });
for (const left of ["node_modules/.cache/build-was-here", "build-was-here.log"]) writeFileSync(left, "x");
console.log("built", Object.keys(built).length);
`;

const testScript = `
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, realpathSync } from "node:fs";
const { dependencies } = JSON.parse(readFileSync("apps/server/package.json", "utf8"));
const files = Object.keys(dependencies).map((name) => \`node_modules/\${name}\`).map((path) => realpathSync(path) + "/module.test.js").filter((file) => existsSync(file));
process.exit(files.length === 0 ? 0 : spawnSync(process.execPath, ["--test", "--test-reporter=spec", ...files], { stdio: "inherit" }).status);
`;

async function writeModule(directory: string, module: ModuleToWrite): Promise<void> {
  const { slug, version = "1.0.0", descriptorSlug = slug, fault, scriptWrites, dependencies = {} } = module;
  const preparation = module.unpreparable === true ? { devDependencies: { "@acme/no-such-tool": "1.0.0" } } : {};
  const script = scriptWrites === undefined ? {} : { scripts: Object.fromEntries(["preinstall", "install", "postinstall", "prepare", "prepack"].map((name) => [name, `echo ${name} >> ${scriptWrites}`])) };
  await writeFiles(directory, {
    "package.json": json({ name: `@acme/${slug}`, version, description: `Module ${slug}`, type: "module", exports: "./index.js", files: ["index.js", "module.toml", "module.test.js"], dependencies, ...preparation, ...script }),
    ...(descriptorSlug === "none" ? {} : { "module.toml": `[module]\nslug = "${descriptorSlug}"\nname = "${slug}"\nversion = "${version}"\n` }),
    "index.js": `export const greeting = "${slug} ${version}";\n${fault === "compile" ? "export const = broken;\n" : ""}`,
    "module.test.js": `import assert from "node:assert";\nimport test from "node:test";\ntest("${slug} greets", () => assert.equal(1, ${fault === "test" ? 2 : 1}));\n`,
    "notes.md": "Not needed at run time.\n",
  });
}

async function startNpmRegistry(): Promise<TestRegistry> {
  const registry = await startRegistry();
  const directory = await mkdtemp(join(tmpdir(), "modyard-npmrc-"));
  const npmrc = join(directory, "npmrc");
  await writeFile(npmrc, registry.npmrc);
  const before = { userconfig: process.env["npm_config_userconfig"], registry: process.env["npm_config_registry"] };
  process.env["npm_config_userconfig"] = npmrc;
  process.env["npm_config_registry"] = registry.url;
  const base = join(directory, "packages");
  await writeFiles(join(base, "builder"), { "package.json": json({ name: "@acme/builder", version: "1.0.0", bin: "builder.js" }), "builder.js": "#!/usr/bin/env node\n" });
  await writeFiles(join(base, "library"), { "package.json": json({ name: "@acme/library", version: "1.0.3", exports: "./index.js", bin: { library: "index.js" } }), "index.js": "exports.greeting = 'library';\n" });
  await registry.publish(join(base, "builder"), join(base, "library"));
  return {
    publish: registry.publish,
    async whileUnreachable(act) {
      const retries = process.env["npm_config_fetch_retries"];
      Object.assign(process.env, { npm_config_registry: "http://127.0.0.1:9/", npm_config_fetch_retries: "0" });
      return act().finally(() => {
        process.env["npm_config_registry"] = registry.url;
        setOrDelete("npm_config_fetch_retries", retries);
      });
    },
    async whileAway(act) {
      const settings = { npm_config_proxy: process.env["npm_config_proxy"], npm_config_fetch_retries: process.env["npm_config_fetch_retries"] };
      Object.assign(process.env, { npm_config_proxy: "http://127.0.0.1:9/", npm_config_fetch_retries: "0" });
      return act().finally(() => {
        for (const [name, value] of Object.entries(settings)) setOrDelete(name, value);
      });
    },
    async stop() {
      setOrDelete("npm_config_userconfig", before.userconfig);
      setOrDelete("npm_config_registry", before.registry);
      await registry.stop();
      await rm(dirname(npmrc), { recursive: true, force: true });
    },
  };
}

function setOrDelete(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

