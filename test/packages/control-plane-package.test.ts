import { execFile, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { copyExample } from "../../scripts/copy-example.ts";

const run = promisify(execFile);
const root = join(import.meta.dirname, "..", "..");
let folder: string;

// What `npm pack` makes is installed in an empty folder, as a user of the registry would get it.
beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "modyard-packed-")));
  // A copy: other tests run the sources at the same time, and must not find a half-made dist/ beside them.
  const copy = join(folder, "source", "packages", "control-plane");
  mkdirSync(copy, { recursive: true });
  for (const name of ["bin", "pages", "src", "schemas", "package.json", "tsconfig.json"]) cpSync(join(root, "packages/control-plane", name), join(copy, name), { recursive: true });
  cpSync(join(root, "tsconfig.json"), join(folder, "source", "tsconfig.json"));
  await run("ln", ["-s", join(root, "node_modules"), join(folder, "source", "node_modules")]);
  const nested = join(root, "packages/control-plane/node_modules");
  if (existsSync(nested)) await run("ln", ["-s", nested, join(copy, "node_modules")]);
  const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", folder], { cwd: copy });
  const filename = /"filename":\s*"([^"]+)"/.exec(stdout)?.[1] ?? "";
  mkdirSync(join(folder, "user"));
  writeFileSync(join(folder, "user", "package.json"), "{}");
  await run("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error", join(folder, filename)], { cwd: join(folder, "user"), maxBuffer: 64 * 1024 * 1024 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the command line runs from an empty folder, on whatever Node the machine has", async () => {
  writeFileSync(join(folder, "user", "modules.toml"), 'schema = 1\napp = "x"\n[modules]\n');
  const { stdout } = await run("npx", ["--no-install", "modyard", "validate-manifest", "--json"], { cwd: join(folder, "user") });
  expect(z.array(z.object({ file: z.string(), ok: z.boolean() })).parse(JSON.parse(stdout))).toMatchObject([{ ok: true }]);
});

test("its functions can be imported", async () => {
  const program = 'import { parseManifest } from "@modyard/control-plane"; console.log(parseManifest("schema = 1", "modules.toml").problems.length > 0)';
  const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", program], { cwd: join(folder, "user") });
  expect(stdout.trim()).toBe("true");
});

test("the server starts from the packed files, with its own database, and ends on SIGTERM", async () => {
  await copyExample({ to: join(folder, "host") });
  const child = spawn("npx", ["--no-install", "modyard", "serve", "--host-repo", join(folder, "host"), "--data", join(folder, "data"), "--port", "0"], { cwd: join(folder, "user"), stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await once(createInterface(child.stdout), "line")) as [string];
  const { event, url, pid } = z.object({ event: z.string(), url: z.string(), pid: z.number() }).parse(JSON.parse(line));
  expect(event).toBe("listening");
  const token = readFileSync(join(folder, "data", "admin-token"), "utf8").trim();
  const manifest = await fetch(`${url}/admin/manifest`, { headers: { authorization: `Bearer ${token}` } });
  expect(manifest.status).toBe(200);
  const ended = once(child, "exit");
  process.kill(pid, "SIGTERM");
  await ended;
});
