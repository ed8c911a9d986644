import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeTinyHost } from "../../bench/support/tiny-host.ts";
import { TestControlPlane } from "../support/control-plane.ts";
import { startModyard, type CommandRun } from "../support/modyard.ts";

let plane: TestControlPlane;
let first: string;
let second: string;
beforeAll(async () => {
  plane = await TestControlPlane.open({
    prepareHost: async (host) => {
      await rm(host, { recursive: true });
      await makeTinyHost(host);
    },
  });
  first = await built();
  // The branch moves on: what is made again is the commit of that time.
  await commit("NEWS.md", "Something is new.\n");
  second = await built();
});
afterAll(() => plane?.close());

const by = { requested_by: "ada" };

async function built(): Promise<string> {
  const { build_id: id } = await plane.api.requestBuild({ reason: "to be verified", ...by });
  expect(await plane.api.waitForBuild(id)).toMatchObject({ status: "success" });
  return id;
}

async function commit(file: string, text: string): Promise<void> {
  await writeFile(join(plane.host, file), text);
  await plane.git("add", file);
  await plane.git("commit", "--quiet", "--message", `Write ${file}`);
}

function modyard(...args: readonly string[]): Promise<CommandRun> {
  return startModyard(args, { cwd: plane.host, env: { MODYARD_URL: plane.url, MODYARD_TOKEN: plane.token } }).done;
}

/** `modyard verify --json`, and the build that compared. */
async function verify(id: string) {
  const run = await modyard("verify", id, "--json", "--reason", "the audit");
  const report = JSON.parse(run.stdout) as { readonly build: { readonly id: string } };
  return { code: run.code, build: await plane.api.waitForBuild(report.build.id) };
}

test("an earlier build is made again from its commit and is the same, byte for byte; nothing lands, nothing is published", async () => {
  const tip = await plane.git("rev-parse", "main");
  const original = await plane.api.waitForBuild(first);
  const { code, build } = await verify(first);
  expect(code).toBe(0);
  expect(build).toMatchObject({ status: "success", verifies: first, artifact_digest: original.artifact_digest, source_commit: original.result_commit, result_commit: original.result_commit, reason: "the audit" });
  expect(build.steps?.map(({ name }) => name)).toEqual(["checkout", "render", "resolve", "generate", "compile", "test", "package"]);
  expect(await plane.git("rev-parse", "main")).toBe(tip);
  const entries = (await plane.api.journal()).filter(({ subject_id: subject }) => subject === build.id);
  expect(entries.map(({ action }) => action)).toEqual(["build.requested", "build.started", "build.succeeded"]);
  expect(entries[0]?.details).toMatchObject({ verifies: first });
  const said = await modyard("verify", first);
  expect(said.stdout).toContain(`${first} made again is the same, byte for byte`);
});

test("who asks for the same build again is answered with the one that landed, not with its verification", async () => {
  expect(await plane.api.waitForBuild((await verify(second)).build.id)).toMatchObject({ status: "success", verifies: second });
  expect(await plane.api.requestBuild({ reason: "again", ...by })).toMatchObject({ outcome: "done", build_id: second });
});

test("two who ask at once get one build", async () => {
  const asked = await Promise.all([1, 2].map(async () => (await (await plane.api.raw("POST", `/builds/${first}/verify`, {})).json()) as { readonly build_id: string; readonly outcome: string }));
  expect(new Set(asked.map(({ build_id: id }) => id)).size).toBe(1);
  expect(asked.map(({ outcome }) => outcome).toSorted()).toEqual(["joined", "queued"]);
  expect(await plane.api.waitForBuild(asked[0]?.build_id ?? "")).toMatchObject({ status: "success", verifies: first });
});

test("what is no successful build is refused", async () => {
  expect(await plane.api.refused("POST", "/builds/bld_01h455vb4pex5vsknk084sn02q/verify", {})).toMatchObject({ status: 404, problem: { code: "build_not_found" } });
  const { build_id: id } = await plane.api.requestBuild({ force: true, reason: "to be cancelled", ...by });
  expect(await plane.api.refused("POST", `/builds/${id}/verify`, {})).toMatchObject({ status: 409, problem: { code: "build_not_successful" } });
  await plane.api.raw("POST", `/builds/${id}/cancel`, {});
  expect(await plane.api.waitForBuild(id)).toMatchObject({ status: "cancelled" });
});

test("a build that depends on the time is caught, with the file in which it shows", async () => {
  const host = await readFile(join(plane.host, "modyard.toml"), "utf8");
  await commit("modyard.toml", host.replace('output = ["server.js"]', `build = ["node", "-e", "require('node:fs').writeFileSync('made-at.txt', String(process.hrtime.bigint()))"]\noutput = ["server.js", "made-at.txt"]`));
  const stamped = await built();
  const { code, build } = await verify(stamped);
  expect(code).toBe(1);
  expect(build).toMatchObject({ status: "failed", verifies: stamped, error: { step: "package", problems: [{ code: "artifact_differs" }], excerpt: ["made-at.txt differs"] } });
  const original = await plane.api.waitForBuild(stamped);
  expect(original).toMatchObject({ status: "success" });
  const said = await modyard("verify", stamped);
  expect(said.code).toBe(1);
  expect(said.stderr).toContain("made-at.txt differs");
  // Who wants the build anew gets what was made anew, and so does everybody who asks for the same from then on.
  const { build_id: id } = await plane.api.requestBuild({ force: true, reason: "anew", ...by });
  const forced = await plane.api.waitForBuild(id);
  expect(forced).toMatchObject({ status: "success", artifact_digest: expect.not.stringContaining(original.artifact_digest ?? "none") as string });
  expect(await plane.api.requestBuild({ reason: "the same", ...by })).toMatchObject({ outcome: "done", build_id: id });
});

test("a kept artifact whose bytes have changed is caught", async () => {
  const { artifact_digest: digest } = await plane.api.waitForBuild(first);
  const store = join(plane.data, "artifacts");
  const file = (await readdir(store)).find((name) => name.startsWith(digest ?? "none")) ?? "none";
  const bytes = await readFile(join(store, file));
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  await writeFile(join(store, file), bytes);
  const { code, build } = await verify(first);
  expect(code).toBe(1);
  expect(build).toMatchObject({ status: "failed", error: { problems: [{ code: "artifact_damaged" }] } });
});
