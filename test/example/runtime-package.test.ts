import { execFile } from "node:child_process";
import { access, constants, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { repositoryRoot } from "../../scripts/example/files.ts";
import { packRuntime } from "../../scripts/example/pack-runtime.ts";

const execute = promisify(execFile);
let directory = "";

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "modyard-runtime-"));
  await writeFile(join(directory, "package.json"), '{"type":"module"}');
  await execute("npm", ["install", "--offline", "--ignore-scripts", await packRuntime()], { cwd: directory });
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** Nodes that a user could have: the one of this repository, and the machine's own where it is another. */
async function nodes(): Promise<readonly string[]> {
  const others = (process.env["PATH"] ?? "").split(delimiter).filter((entry) => !entry.includes("node_modules")).map((entry) => join(entry, "node"));
  const found = await Promise.all(others.map((path) => access(path, constants.X_OK).then(() => [path], () => [])));
  return [process.execPath, ...found.flat().slice(0, 1)];
}

test("brings no other package with it", async () => {
  const lockfile = JSON.parse(await readFile(join(directory, "package-lock.json"), "utf8")) as { packages: Record<string, unknown> };
  expect(Object.keys(lockfile.packages)).toEqual(["", "node_modules/@modyard/runtime"]);
});

test("runs in an empty folder, without Fastify, on every Node of this machine", async () => {
  await writeFile(
    join(directory, "host.js"),
    `import { defineModule, ModuleRegistry, modulesHealth, TenantModules } from "@modyard/runtime";
import { callModule } from "@modyard/runtime/testing";
import "@modyard/runtime/fastify";
const module = defineModule({ slug: "a", name: "A", description: "", version: "1.0.0", routes: [{ method: "GET", path: "/", handle: () => ({ status: 200, body: "hello" }) }] });
const registry = new ModuleRegistry().register(module);
await new TenantModules(registry).enable("acme", "a");
console.log((await callModule(module, "GET", "/")).body, (await modulesHealth(registry)).status);
`,
  );
  for (const node of await nodes()) {
    const { stdout } = await execute(node, ["host.js"], { cwd: directory });
    expect(stdout).toBe("hello 200\n");
  }
});

test("has types that hold in a strict consumer that checks libraries, too", async () => {
  await writeFile(join(directory, "host.ts"), 'import { defineModule, type HealthReport } from "@modyard/runtime";\nexport const report: HealthReport = { status: "unwell" };\nexport const module = defineModule({ slug: "a" });\n');
  const options = { module: "nodenext", target: "es2023", strict: true, exactOptionalPropertyTypes: true, noEmit: true, types: ["node"], typeRoots: [join(repositoryRoot, "node_modules", "@types")] };
  await writeFile(join(directory, "tsconfig.json"), JSON.stringify({ compilerOptions: options, files: ["host.ts"] }));
  const failure = (await execute(process.execPath, [join(repositoryRoot, "node_modules", "typescript", "bin", "tsc"), "--pretty", "false"], { cwd: directory }).catch((error: unknown) => error)) as { stdout: string };
  const errors = failure.stdout.split("\n").filter((line) => line.includes("error TS"));
  expect(errors.map((line) => line.replace(/: .*/, ""))).toEqual(["host.ts(2,14)", "host.ts(3,36)"]);
});
