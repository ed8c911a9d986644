import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { repositoryRoot } from "../../scripts/example/files.ts";
import { blocksOf, guideText } from "../guides/guide.ts";
import { openTestApi, type TestApi } from "../support/api.ts";

const run = promisify(execFile);
const examples = blocksOf(await guideText("client.md"));
let folder: string;
let user: string;
let api: TestApi | undefined;
/** What the examples ask. */
let server: { readonly MODYARD_URL: string; readonly MODYARD_TOKEN: string };

// What `npm pack` makes is installed in an empty folder, with the guide's examples beside it.
beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "modyard-client-")));
  user = join(folder, "user");
  mkdirSync(user);
  await run("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error", await pack()], { cwd: user });
  for (const { path, text } of examples) writeFileSync(join(user, path ?? ""), text);
  writeFileSync(join(user, "package.json"), '{ "type": "module" }');
  api = await openTestApi();
  server = { MODYARD_URL: await api.app.listen({ host: "127.0.0.1", port: 0 }), MODYARD_TOKEN: api.token };
});
afterAll(async () => {
  await api?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** From a copy: other tests read the sources at the same time, and must not find a half-made dist/ beside them. */
async function pack(): Promise<string> {
  const source = join(folder, "source");
  for (const part of ["tsconfig.json", "packages/client/package.json", "packages/client/tsconfig.json", "packages/control-plane/package.json", "packages/control-plane/src/client"]) cpSync(join(repositoryRoot, part), join(source, part), { recursive: true });
  for (const part of ["node_modules", "packages/control-plane/node_modules"]) if (existsSync(join(repositoryRoot, part))) symlinkSync(join(repositoryRoot, part), join(source, part));
  const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", folder], { cwd: join(source, "packages", "client") });
  return join(folder, /"filename":\s*"([^"]+)"/.exec(stdout)?.[1] ?? "");
}

it("has types that fit the guide's examples, under the compiler's strictest rules", async () => {
  const types = join(repositoryRoot, "node_modules", "@types");
  const strict = ["--strict", "--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess", "--noEmit", "--module", "nodenext", "--target", "es2024", "--lib", "es2024,dom,dom.iterable", "--typeRoots", types, "--types", "node"];
  const files = [...examples.map(({ path }) => path ?? ""), "wrong.ts"];
  // Were everything `any`, nothing would be wrong.
  writeFileSync(join(user, "wrong.ts"), 'import { connect } from "@modyard/client";\n// @ts-expect-error\nconst id: number = (await connect({ url: "" }).getBuild({ path: { id: "b" } })).build_id;\nexport { id };\n');
  const told = await run(process.execPath, [join(repositoryRoot, "node_modules", "typescript", "bin", "tsc"), ...strict, ...files], { cwd: user }).then(() => "", ({ message, stdout }: { readonly message: string; readonly stdout: string }) => `${message}${stdout}`);
  expect(told).toBe("");
});

it("asks a real server, as the guide has it", async () => {
  const env = { PATH: process.env["PATH"], ...server };
  expect(examples.map(({ path }) => path)).toEqual(["install.ts", "follow.ts"]);
  const asked = await run(process.execPath, ["install.ts"], { cwd: user, env });
  expect(asked.stdout).toMatch(/^bld_\S+ queued queued\n$/);
  const [id = ""] = asked.stdout.split(" ");
  const followed = await run(process.execPath, ["follow.ts"], { cwd: user, env });
  expect(followed.stdout).toContain(`BuildRequested ${id} by admin\n`);
});
