import { cp, readFile, rm, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findOrphans } from "../../packages/control-plane/src/build/orphans/orphans.ts";
import { TestControlPlane } from "../support/control-plane.ts";
import { hostGit } from "../support/host-git.ts";
import { askContinuously, type SteadyClient } from "../support/steady-client.ts";

const fixture = join(import.meta.dirname, "..", "fixtures", "modules", "broken-tests");
const memoryMegabytes = 1_000;
const silenceSeconds = 25;

/** Tests of modules that want more than they may have. */
const modules = {
  /** Eats until it is stopped. */
  greedy: `import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";

test("has room for everything", () => {
  const { status } = spawnSync(process.execPath, ["-e", "const kept = []; for (let i = 0; i < 80; i += 1) kept.push(Buffer.alloc(50 * 2 ** 20, 1));"]);
  assert.equal(status, 0);
});
`,
  /** Eats six tenths of what it may have for each processor that it sees. */
  crowded: `import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { test } from "node:test";

test("has room for all at once", async () => {
  const eaters = Array.from({ length: availableParallelism() }, () => spawn(process.execPath, ["-e", "const kept = Buffer.alloc(600 * 2 ** 20, 1); setTimeout(() => kept.length, 3000);"]));
  for (const [status] of await Promise.all(eaters.map((eater) => once(eater, "exit")))) assert.equal(status, 0);
});
`,
  /** Says nothing more. */
  mute: `import { test } from "node:test";

test("waits for something that never comes", () => new Promise<void>(() => setInterval(() => undefined, 1_000_000)));
`,
} as const;

async function addModules(host: string): Promise<void> {
  let catalog = await readFile(join(host, "marketplace.toml"), "utf8");
  for (const [slug, text] of Object.entries(modules)) {
    const directory = join(host, "modules", slug);
    await cp(fixture, directory, { recursive: true });
    for (const file of ["package.json", "module.toml", "tsconfig.json", "src/index.ts"]) await writeFile(join(directory, file), (await readFile(join(directory, file), "utf8")).replaceAll("broken-tests", slug));
    await rm(join(directory, "src", "add.test.ts"));
    await writeFile(join(directory, "src", `${slug}.test.ts`), text);
    catalog += `\n[modules.${slug}]\nslug = "${slug}"\nname = "${slug}"\ndescription = "Wants more than it may have."\nsource = "path"\npackage = "@platform/${slug}"\npath = "modules/${slug}"\nversion = "0.1.0"\ntags = []\n`;
  }
  await writeFile(join(host, "marketplace.toml"), catalog);
  await hostGit(host, "add", "--all");
  await hostGit(host, "commit", "--quiet", "--message", "Modules that want too much");
}

let plane: TestControlPlane;
let visitor: SteadyClient;
let server: number;
beforeAll(async () => {
  plane = await TestControlPlane.open({ deployed: true, prepareHost: addModules, env: { MODYARD_BUILD_MEMORY_MEGABYTES: String(memoryMegabytes), MODYARD_SILENCE_SECONDS: String(silenceSeconds) } });
  server = plane.pid;
  visitor = askContinuously(`${plane.applicationUrl}/health/modules`, { keepAlive: true, clients: 1, pauseMs: 10 });
});
afterAll(() => plane?.close());

const install = async (slug: string) => (await plane.api.requestBuild({ install: [slug], requested_by: "ada", reason: `try ${slug}` })).build_id;

const stepsOf = (build: { readonly steps?: readonly { readonly name: string; readonly status: string }[] | undefined }) => (build.steps ?? []).filter(({ name }) => name === "test").map(({ status }) => status);

const retriesOf = async (id: string) => (await plane.api.journal()).filter(({ action, subject_id: subject }) => action === "build.step_retried" && subject === id);

test("a module whose test eats all memory fails by name and is explained; the build that waits behind it goes on", async () => {
  const greedy = await install("greedy");
  await plane.api.buildWhen(greedy, ({ status }) => status === "running");
  const forum = await install("forum");
  const build = await plane.api.waitForBuild(greedy);
  const [told] = build.error?.problems ?? [];
  expect(build).toMatchObject({ status: "failed", error: { step: "test", deterministic: false } });
  expect(told).toMatchObject({ code: "step_out_of_memory", module: "greedy", details: { allowed_bytes: memoryMegabytes * 2 ** 20, tried_one_processor: true } });
  expect(told?.message).toMatch(/may use 1000 MB, it used \d+ MB at most; it also failed on one processor/);
  expect(told?.hint).toContain("MODYARD_BUILD_MEMORY_MEGABYTES, now 1000");
  expect(stepsOf(build)).toEqual(["failed", "failed"]);
  expect(await retriesOf(greedy)).toMatchObject([{ actor: "modyard", details: { step: "test", code: "step_out_of_memory", processors: 1 } }]);
  expect((await plane.api.log(greedy)).map(({ text }) => text).join("\n")).toContain("runs once more, on one processor");
  expect((await plane.api.waitForBuild(forum)).status).toBe("success");
});

test.runIf(availableParallelism() > 1)("a module whose test starts as much as it sees processors passes when it sees one", async () => {
  const build = await plane.api.waitForBuild(await install("crowded"));
  expect(build.error).toBeNull();
  expect(stepsOf(build)).toEqual(["failed", "success"]);
  expect(await retriesOf(build.id)).toHaveLength(1);
});

test("a module whose test hangs is ended when it said nothing for too long, with its last line", async () => {
  const build = await plane.api.waitForBuild(await install("mute"));
  expect(build.error).toMatchObject({ step: "test", problems: [{ code: "step_silent", message: expect.stringMatching(new RegExp(`printed nothing for ${silenceSeconds} seconds; its last line: `)), details: { silence_seconds: silenceSeconds } }] });
  expect(stepsOf(build)).toEqual(["failed"]);
});

test("neither the control plane nor the application noticed, and nothing is left", async () => {
  const { asked, lost } = await visitor.stop();
  expect(lost).toEqual([]);
  expect(asked).toBeGreaterThan(100);
  expect(plane.pid).toBe(server);
  expect(await findOrphans(plane.data)).toEqual([]);
});
