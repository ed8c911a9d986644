import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { manifestOf, npmSpec } from "../composition/plan.fixtures.ts";
import type { ModuleSpec } from "../manifest/manifest.ts";
import { generateRegistry } from "./generate-registry.ts";

const root = resolve(import.meta.dirname, "../../../..");
const run = promisify(execFile);
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "modyard-generated-"));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(directory, path)), { recursive: true });
  await writeFile(join(directory, path), text);
}

/** A package below node_modules that exports a module, or something else under its name. */
async function writePackage(name: string, type: string, value: string): Promise<void> {
  await write(`node_modules/${name}/package.json`, JSON.stringify({ name, type: "module", exports: { types: "./index.d.ts", default: "./index.js" } }));
  await write(`node_modules/${name}/index.d.ts`, `export declare const module: ${type};\n`);
  await write(`node_modules/${name}/index.js`, `export const module = ${value};\n`);
}

/** What the compiler complains of; nothing where it is content. */
function compile(...args: readonly string[]): Promise<string> {
  return run(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), ...args, "--pretty", "false"]).then(
    () => "",
    (failure: { stdout: string }) => failure.stdout,
  );
}

async function typeCheck(text: string): Promise<string> {
  await write("generated.ts", text);
  const paths = { "@modyard/runtime": [join(root, "packages/runtime/src/index.ts")] };
  const compilerOptions = { target: "es2024", module: "nodenext", strict: true, noEmit: true, skipLibCheck: true, allowImportingTsExtensions: true, types: ["node"], typeRoots: [join(root, "node_modules/@types")], paths };
  await write("tsconfig.json", JSON.stringify({ compilerOptions, files: ["generated.ts"] }));
  return compile("-p", directory);
}

const defined = (slug: string, dependencies: readonly string[]): string => JSON.stringify({ slug, name: slug, description: "", version: "1.0.0", kind: "optional", dependencies, routes: [] });

const definition = 'import("@modyard/runtime").ModuleDefinition';
const host = { toolchain: "npm", registry: { output: "generated.ts" } } as const;
const generate = (slugs: readonly string[], enabled: readonly string[] = []): string => generateRegistry(manifestOf(slugs.map((slug) => npmSpec(slug)), enabled), host)[0]?.text ?? "";

describe("the generated registry, as a program", () => {
  it("type-checks against the runtime, also for a fresh host", async () => {
    await writePackage("@test/my-thing", definition, "{}");
    await writePackage("@test/my_thing", definition, "{}");
    expect(await typeCheck(generate(["my-thing", "my_thing"], ["my-thing"]))).toBe("");
    expect(await typeCheck(generate([]))).toBe("");
  });

  it("does not compile when a package exports no module, or a default is not in the build", async () => {
    await writePackage("@test/broken", "{ readonly slug: number }", "{}");
    expect(await typeCheck(generate(["broken"]))).toContain("generated.ts(6");
    expect(await typeCheck(generate([], ["gone"]))).toContain("'never'");
  });

  it("has a references file that builds: with path modules, and with none", async () => {
    await write("modules/own/tsconfig.json", JSON.stringify({ compilerOptions: { composite: true, outDir: "out" }, files: ["index.ts"] }));
    await write("modules/own/index.ts", "export const wrong: string = 1;\n");
    const solution = { ...host, registry: { ...host.registry, references: "tsconfig.modules.json" } } as const;
    const build = async (specs: readonly ModuleSpec[]): Promise<string> => {
      for (const { path, text } of generateRegistry(manifestOf(specs), solution)) if (path === solution.registry.references) await write(path, text);
      return compile("--build", join(directory, solution.registry.references));
    };
    expect(await build([npmSpec("own", { source: "path", path: "modules/own" })])).toContain("modules/own/index.ts(1,14)");
    await write("modules/own/index.ts", "export const right = 1;\n");
    expect(await build([npmSpec("own", { source: "path", path: "modules/own" })])).toBe("");
    expect(await build([])).toBe("");
  });

  it.each(["generated.ts", "generated.js", "generated.mjs"])("%s registers every module with the runtime's own registry, which sorts them", async (output) => {
    const runtime = join(root, "packages/runtime/src/index.ts");
    await writePackage("@test/a", definition, defined("a", ["b"]));
    await writePackage("@test/b", definition, defined("b", []));
    await write("package.json", '{"type":"module"}');
    await write(output, generateRegistry(manifestOf([npmSpec("a"), npmSpec("b")]), { ...host, registry: { output } })[0]?.text ?? "");
    await write("main.ts", `import { ModuleRegistry } from ${JSON.stringify(runtime)};\nimport { registerModules } from "./${output}";\nconsole.log(registerModules(new ModuleRegistry()).ordered().map((module) => module.slug).join(" "));\n`);
    const { stdout } = await run(process.execPath, [join(directory, "main.ts")]);
    expect(stdout.trim()).toBe("b a");
  });
});
