import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { anyEventView } from "../../packages/control-plane/src/api/views/event.ts";
import type { BuildView } from "../../packages/control-plane/src/api/views/build.ts";
import { sandboxAbility } from "../../packages/control-plane/src/deployment/gateway/sandbox/ability.ts";
import { TestControlPlane } from "../support/control-plane.ts";
import { requesterIn } from "../support/journal.ts";
import { askContinuously } from "../support/steady-client.ts";

const run = promisify(execFile);
const canLockIn = (await sandboxAbility()).namespaces !== undefined;
const base = ["commerce", "content", "pages"];

let plane: TestControlPlane;
beforeAll(async () => {
  plane = await TestControlPlane.open({ cold: true, deployed: true });
});
afterAll(() => plane?.close());

/** Slugs that the running application reports, sorted, and which build it says it is. */
async function reported(): Promise<{ readonly slugs: readonly string[]; readonly buildId: string; readonly versions: readonly string[] }> {
  const { status, body } = await plane.application("/health/modules");
  expect(status).toBe(200);
  const { build_id: buildId, modules } = body as { build_id: string; modules: { slug: string; version: string }[] };
  return { slugs: modules.map(({ slug }) => slug).toSorted(), buildId, versions: [...new Set(modules.map(({ version }) => version))] };
}

const modulesBefore = async (): Promise<Record<string, unknown>> => ((await (await plane.api.raw("GET", "/manifest")).json()) as { modules: Record<string, unknown> }).modules;

// One story: each test goes on where the one before ended.
describe("the main job", () => {
  let forum: BuildView;
  let baseRelease: string;
  let forumRelease: string;
  let commitBefore: string;

  test("the base composition is live, proved by the application", async () => {
    const [release] = await plane.api.releases();
    baseRelease = release?.id ?? "";
    expect(baseRelease).toMatch(/^rel_\d{8}_\d{6}$/);
    expect(release).toMatchObject({ status: "active", environment: "prod", previous_release_id: null });
    expect(await reported()).toEqual({ slugs: base, buildId: release?.build_id, versions: ["0.1.0"] });
  });

  test.runIf(canLockIn)("the application does not see what the control plane keeps, and has no rights of its own", async () => {
    const { releases } = await plane.target.observe();
    const seen = `/proc/${releases.find(({ releaseId }) => releaseId === baseRelease)?.pid}`;
    expect(await readdir(plane.data)).toEqual(expect.arrayContaining(["admin-token", "environments", "postgres"]));
    expect(await readdir(join(seen, "root", plane.data))).toEqual(["environments"]);
    expect(await readdir(join(seen, "root", plane.data, "environments", "prod"))).toEqual(["prepared"]);
    expect(await readFile(join(seen, "status"), "utf8")).toMatch(/^CapPrm:\t0+\nCapEff:\t0+\nCapBnd:\t0+$/m);
  });

  test("forum is installed by the seeds' request and goes live without a lost request", async () => {
    commitBefore = await plane.git("rev-parse", "HEAD");
    const visitor = askContinuously(`${plane.applicationUrl}/health`, { keepAlive: true, clients: 2, pauseMs: 10 });
    const modules = { ...(await modulesBefore()), forum: { package: "@platform/forum", source: "path", path: "modules/forum" } };
    const requested = await plane.api.requestBuild({ manifest_ref: "main", requested_by: "admin@rustok", reason: "install forum", modules });
    expect(requested).toMatchObject({ build_id: expect.stringMatching(/^bld_/), status: "queued" });
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
    expect(await reported()).toEqual({ slugs: ["commerce", "content", "forum", "pages"], buildId: forum.id, versions: ["0.1.0"] });
    expect((await plane.application("/forum")).status).toBe(200);
  });

  test("the branch holds one composition commit by the requester", async () => {
    expect(await plane.git("rev-list", "--count", `${commitBefore}..main`)).toBe("1");
    expect(await plane.git("rev-parse", "main")).toBe(forum.result_commit);
    const [author, committer, subject] = (await plane.git("log", "-1", "--format=%an <%ae>%n%cn%n%s", "main")).split("\n");
    expect([author, committer, subject]).toEqual(["admin@rustok <admin@rustok>", "Modyard", "modules: install forum 0.1.0"]);
    expect(await plane.git("log", "-1", "--format=%b", "main")).toContain("install forum");
    const trailers = (await plane.git("log", "-1", "--format=%(trailers:unfold)", "main")).split("\n");
    expect(trailers).toEqual(expect.arrayContaining([`Modyard-Build: ${forum.id}`, `Modyard-Manifest: ${forum.manifest_hash}`, "Requested-by: admin@rustok"]));
  });

  test("it changes the composition's files only, and modules.toml by one line", async () => {
    const changed = (await plane.git("diff", "--name-only", commitBefore, "main")).split("\n");
    expect(changed).toEqual(["apps/server/package.json", "apps/server/src/modules/generated.ts", "modules.toml", "package-lock.json", "tsconfig.modules.json"]);
    expect(await plane.git("diff", "--numstat", commitBefore, "main", "--", "modules.toml")).toMatch(/^1\t0\tmodules\.toml$/);
    // The host's own work tree follows.
    expect(await plane.git("status", "--porcelain")).toBe("");
    expect(await readFile(join(plane.host, "modules.toml"), "utf8")).toContain("forum = ");
  });

  test("a fresh clone builds by hand, and its generated registry is up to date", async () => {
    const clone = join(plane.root, "clone");
    await run("git", ["clone", "--quiet", plane.host, clone]);
    await run("npm", ["ci", "--no-audit", "--no-fund", "--prefer-offline"], { cwd: clone });
    await run("npm", ["run", "build"], { cwd: clone });
    const binary = join(import.meta.dirname, "../../packages/control-plane/bin/modyard.js");
    await expect(run(process.execPath, [binary, "generate-registry", "--check"], { cwd: clone })).resolves.toBeDefined();
    expect((await run("git", ["status", "--porcelain"], { cwd: clone })).stdout).toBe("");
  });

  test("uninstalling forum goes live too", async () => {
    forumRelease = (await plane.api.releases())[0]?.id ?? "";
    const { build_id: id } = await plane.api.requestBuild({ uninstall: ["forum"], reason: "no more forum", requested_by: "Ada <ada@example.org>", deploy_to: "prod" });
    const { build, deployment } = await plane.api.waitForLive(id);
    expect(build.modules_delta.removed).toEqual([{ slug: "forum", version: "0.1.0" }]);
    expect(deployment?.status).toBe("success");
    expect((await reported()).slugs).toEqual(base);
    expect((await plane.application("/forum")).status).toBe(404);
    expect(await plane.git("log", "-1", "--format=%an <%ae>", "main")).toBe("Ada <ada@example.org>");
    // Installing and uninstalling leaves every byte as it was.
    expect(await plane.git("diff", "--stat", commitBefore, "main")).toBe("");
  });

  test("a rollback goes to the predecessor, and to a named release, without a build", async () => {
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
    const states = Object.fromEntries((await plane.api.releases()).map(({ id, status }) => [id, status]));
    expect(states).toEqual({ [baseRelease]: "active", [forumRelease]: "rolled_back", [active?.id ?? ""]: "rolled_back" });
  });

  test("a rollback to what is active, or to nothing, is refused", async () => {
    expect(await plane.api.refused("POST", `/builds/${forum.id}/rollback`, { target_release: baseRelease })).toMatchObject({ status: 409, problem: { code: "already_active" } });
    expect(await plane.api.refused("POST", `/builds/${forum.id}/rollback`, { target_release: "rel_20000101_000000" })).toMatchObject({ status: 404, problem: { code: "release_not_found" } });
  });

  test("a build is deployed by the seeds' request", async () => {
    const { deployment_id: id, release_id: release } = await plane.api.deploy(forum.id, { environment: "prod" });
    expect((await plane.api.waitForDeployment(id)).status).toBe("success");
    expect(await plane.api.environment()).toMatchObject({ active_release: { id: release, build_id: forum.id }, observed: { active_release_id: release } });
  });

  test("the journal tells every change with its actor and reason", async () => {
    const events = await plane.api.journal();
    const story = events.filter(({ subject_id: subject }) => subject === forum.id).map(({ action, actor, details, reason }) => `${action} ${actor} for ${requesterIn({ details })}: ${reason}`);
    expect(story).toEqual(["build.requested", "build.started", "build.succeeded"].map((action) => `${action} admin for admin@rustok: install forum`));
    const landed = events.filter(({ action }) => action === "composition.landed").map(({ details, reason }) => `${requesterIn({ details })}: ${reason}`);
    expect(landed).toEqual(["admin@rustok: install forum", "Ada <ada@example.org>: no more forum"]);
    const activated = events.filter(({ action }) => action === "release.activated").map(({ subject_id: subject }) => subject);
    expect(activated.slice(0, 2)).toEqual([baseRelease, forumRelease]);
    expect(activated.slice(3, 5)).toEqual([forumRelease, baseRelease]);
    expect(activated).toHaveLength(6);
    expect(events.filter(({ actor }) => actor === "" || actor === "unknown")).toEqual([]);
    // Each as its published schema says.
    expect(events.filter((event) => !anyEventView.safeParse(event).success)).toEqual([]);
    expect(events.map(({ id }) => id)).toEqual(events.map(({ id }) => id).toSorted((left, right) => left - right));
  });
});

async function countBuilds(): Promise<number> {
  return ((await (await plane.api.raw("GET", "/builds?limit=200")).json()) as { builds: unknown[] }).builds.length;
}
