import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify, stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { BuildView } from "../../packages/control-plane/src/api/views/build.ts";
import { TestControlPlane } from "../support/control-plane.ts";
import { requesterIn } from "../support/journal.ts";
import { cargo, isThere } from "../support/requirement.ts";
import { patience } from "../support/rust-plane.ts";
import { askContinuously } from "../support/steady-client.ts";

const run = promisify(execFile);
const base = ["commerce", "content", "pages"];

let plane: TestControlPlane;

/** Slugs that the running application reports, sorted, and which build it says it is. */
async function reported(): Promise<{ readonly slugs: readonly string[]; readonly buildId: string }> {
  const { status, body } = await plane.application("/health/modules");
  expect(status).toBe(200);
  const { build_id: buildId, modules } = body as { build_id: string; modules: { slug: string; version: string; status: string }[] };
  expect(modules.filter(({ version, status: well }) => version !== "0.1.0" || well !== "ok")).toEqual([]);
  return { slugs: modules.map(({ slug }) => slug).toSorted(), buildId };
}

// One story, in the profile that the example ships with: each test goes on where the one before ended.
describe.runIf(isThere(cargo))("the main job on a Rust host", () => {
  let forum: BuildView;
  let baseRelease: string;
  let forumRelease: string;
  let commitBefore: string;

  beforeAll(async () => {
    plane = await TestControlPlane.open({ example: "rust-platform", deployed: true });
  }, 900_000);
  afterAll(() => plane?.close());

  test("the base composition is live, proved by the application", async () => {
    const [release] = await plane.api.releases();
    baseRelease = release?.id ?? "";
    expect(release).toMatchObject({ status: "active", environment: "prod", previous_release_id: null });
    expect(await reported()).toEqual({ slugs: base, buildId: release?.build_id });
  });

  test("forum is installed by the seeds' request and goes live without a lost request", patience, async () => {
    commitBefore = await plane.git("rev-parse", "HEAD");
    const visitor = askContinuously(`${plane.applicationUrl}/content`, { keepAlive: true, clients: 2, pauseMs: 10 });
    const { modules: before } = (await (await plane.api.raw("GET", "/manifest")).json()) as { modules: Record<string, unknown> };
    const modules = { ...before, forum: { crate: "rustok-forum", source: "path", path: "crates/rustok-forum" } };
    const requested = await plane.api.requestBuild({ manifest_ref: "main", requested_by: "admin@rustok", reason: "install forum", modules });
    forum = await plane.api.waitForBuild(requested.build_id);
    expect(forum).toMatchObject({ status: "success", stage: "complete", progress: 100, requested_by: "admin@rustok", reason: "install forum", error: null });
    expect(forum.modules_delta).toEqual({ added: [{ slug: "forum", version: "0.1.0" }], removed: [], changed: [] });
    expect((await plane.application("/forum")).status).toBe(404);
    const { deployment_id: id } = await plane.api.deploy(forum.id, { environment: "prod" });
    expect(await plane.api.waitForDeployment(id)).toMatchObject({ status: "success", kind: "deploy", from_release_id: baseRelease });
    await visitor.more(50);
    const { asked, lost } = await visitor.stop();
    expect(lost).toEqual([]);
    expect(asked).toBeGreaterThan(100);
    expect(await reported()).toEqual({ slugs: [...base, "forum"].toSorted(), buildId: forum.id });
    expect((await plane.application("/forum")).status).toBe(200);
  });

  test("what was compiled for the base is not compiled again", async () => {
    const lines = (await plane.api.log(forum.id)).filter(({ step }) => step === "compile").map(({ text }) => stripVTControlCharacters(text));
    expect(lines.filter((text) => text.includes("Compiling rustok-")).map((text) => /rustok-\w+/.exec(text)?.[0]).toSorted()).toEqual(["rustok-forum", "rustok-server"]);
    expect(lines.filter((text) => /Compiling (axum|tokio|serde_json|rustok-core|rustok-content) /.test(text))).toEqual([]);
  });

  test("the branch holds one composition commit by the requester", async () => {
    expect(await plane.git("rev-list", "--count", `${commitBefore}..main`)).toBe("1");
    expect(await plane.git("rev-parse", "main")).toBe(forum.result_commit);
    expect(await plane.git("log", "-1", "--format=%an <%ae>/%cn/%s", "main")).toBe("admin@rustok <admin@rustok>/Modyard/modules: install forum 0.1.0");
    const trailers = (await plane.git("log", "-1", "--format=%(trailers:unfold)", "main")).split("\n");
    expect(trailers).toEqual(expect.arrayContaining([`Modyard-Build: ${forum.id}`, `Modyard-Manifest: ${forum.manifest_hash}`, "Requested-by: admin@rustok"]));
  });

  test("it changes the composition's files only, by one line each where a line is enough", async () => {
    const changed = (await plane.git("diff", "--numstat", commitBefore, "main")).split("\n").map((line) => line.split("\t").toReversed().join(" "));
    expect(changed).toEqual(["Cargo.lock 0 1", "apps/server/Cargo.toml 0 1", expect.stringMatching(/^apps\/server\/src\/modules\/generated\.rs \d 2$/), "modules.toml 0 1"]);
    expect(await plane.git("status", "--porcelain")).toBe("");
  });

  test("a fresh clone is consistent: its lockfile needs no change, its registry is generated and formatted", async () => {
    const clone = join(plane.root, "clone");
    await run("git", ["clone", "--quiet", plane.host, clone]);
    const env = { ...process.env, CARGO_HOME: join(plane.data, "cache", "cargo", "home") };
    await expect(run("cargo", ["metadata", "--locked", "--offline", "--format-version", "1", "--filter-platform", "x86_64-unknown-linux-gnu"], { cwd: clone, env, maxBuffer: 1e8 })).resolves.toBeDefined();
    const binary = join(import.meta.dirname, "../../packages/control-plane/bin/modyard.js");
    await expect(run(process.execPath, [binary, "generate-registry", "--check"], { cwd: clone })).resolves.toBeDefined();
    await expect(run("cargo", ["fmt", "--check", "-p", "rustok-server"], { cwd: clone, env })).resolves.toBeDefined();
    expect((await run("git", ["status", "--porcelain"], { cwd: clone })).stdout).toBe("");
  });

  test("an identical request is answered at once, and nothing is built", async () => {
    const builds = await countBuilds();
    const again = await plane.api.requestBuild({ install: ["forum"], requested_by: "grace", reason: "once more" });
    expect(again).toMatchObject({ build_id: forum.id, status: "success", outcome: "done" });
    expect(await countBuilds()).toBe(builds);
    expect((await plane.api.journal()).at(-1)).toMatchObject({ action: "build.joined", subject_id: forum.id, actor: "admin", reason: "once more", details: { requested_by: "grace" } });
  });

  test("the feature `comments` is switched on, seen by users, and off again", patience, async () => {
    const comments = async () => ((await plane.application("/forum")).body as { comments: boolean }).comments;
    const change = async (features: string[]) => {
      const { modules } = (await (await plane.api.raw("GET", "/manifest")).json()) as { modules: Record<string, object> };
      const { build_id: id } = await plane.api.requestBuild({ modules: { ...modules, forum: { ...modules["forum"], features } }, requested_by: "ada", reason: `features ${features.join()}`, deploy_to: "prod" });
      const { build, deployment } = await plane.api.waitForLive(id);
      expect([build.error, deployment?.status]).toEqual([null, "success"]);
      return build;
    };
    expect(await comments()).toBe(false);
    await change(["comments"]);
    expect(await plane.git("show", "main:apps/server/Cargo.toml")).toContain(`rustok-forum = { path = "../../crates/rustok-forum", features = ["comments"] }`);
    expect(await comments()).toBe(true);
    const off = await change([]);
    expect(await comments()).toBe(false);
    // The same composition is the same program, whatever was compiled in between.
    expect(off.artifact_digest).toBe(forum.artifact_digest);
    expect(await plane.git("diff", "--stat", forum.result_commit ?? "", "main")).toBe("");
  });

  test("uninstalling forum goes live too, and leaves every byte as it was", patience, async () => {
    forumRelease = (await plane.api.environment()).active_release?.id ?? "";
    const { build_id: id } = await plane.api.requestBuild({ uninstall: ["forum"], reason: "no more forum", requested_by: "Ada <ada@example.org>", deploy_to: "prod" });
    const { build, deployment } = await plane.api.waitForLive(id);
    expect(build.modules_delta.removed).toEqual([{ slug: "forum", version: "0.1.0" }]);
    expect(deployment?.status).toBe("success");
    expect((await reported()).slugs).toEqual(base);
    expect((await plane.application("/forum")).status).toBe(404);
    expect(await plane.git("diff", "--stat", commitBefore, "main")).toBe("");
  });

  test("rollbacks to the predecessor and to a named release go live without a build or a lost request", async () => {
    const visitor = askContinuously(`${plane.applicationUrl}/health`, { keepAlive: false, clients: 1, pauseMs: 10 });
    const builds = await countBuilds();
    const [active] = await plane.api.releases();
    const back = await plane.api.rollBack(active?.build_id ?? "", {});
    expect(back).toMatchObject({ release_id: forumRelease, environment: "prod" });
    expect(await plane.api.waitForDeployment(back.deployment_id)).toMatchObject({ status: "success", kind: "rollback" });
    expect((await reported()).slugs).toContain("forum");
    const named = await plane.api.rollBack(forum.id, { target_release: baseRelease });
    expect((await plane.api.waitForDeployment(named.deployment_id)).status).toBe("success");
    expect((await reported()).slugs).toEqual(base);
    expect((await visitor.stop()).lost).toEqual([]);
    expect(await countBuilds()).toBe(builds);
  });

  test("the journal tells every change with its actor and reason", async () => {
    const events = await plane.api.journal();
    const story = events.filter(({ subject_id: subject, details }) => subject === forum.id && requesterIn({ details }) !== "grace").map(({ action, actor, details, reason }) => `${action} ${actor} for ${requesterIn({ details })}: ${reason}`);
    expect(story).toEqual(["build.requested", "build.started", "build.succeeded"].map((action) => `${action} admin for admin@rustok: install forum`));
    const landed = events.filter(({ action }) => action === "composition.landed").map(({ details, reason }) => `${requesterIn({ details })}: ${reason}`);
    expect(landed).toEqual(["admin@rustok: install forum", "ada: features comments", "ada: features ", "Ada <ada@example.org>: no more forum"]);
    const activated = events.filter(({ action }) => action === "release.activated").map(({ subject_id: subject }) => subject);
    expect(activated).toHaveLength(7);
    expect(activated.slice(-2)).toEqual([forumRelease, baseRelease]);
    expect(events.filter(({ actor }) => actor === "" || actor === "unknown")).toEqual([]);
  });
});

async function countBuilds(): Promise<number> {
  return ((await (await plane.api.raw("GET", "/builds?limit=200")).json()) as { builds: unknown[] }).builds.length;
}
