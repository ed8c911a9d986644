import { appendFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { BuildView } from "../../packages/control-plane/src/api/views/build.ts";
import { planView, type PlanView } from "../../packages/control-plane/src/api/views/plan.ts";
import type { TestControlPlane } from "../support/control-plane.ts";
import { serveGit, type GitServer } from "../support/git-http.ts";
import { hostGit } from "../support/host-git.ts";
import { processesWith } from "../support/processes.ts";
import { writePublishedCrate } from "../support/published-crate.ts";
import { cargo, isThere } from "../support/requirement.ts";
import { until } from "../support/rest-client.ts";
import { openRustPlane, patience, type RustPlane } from "../support/rust-plane.ts";

let rust: RustPlane;
let plane: TestControlPlane;
/** Everything outside of the host: git repositories, the allowed root `modules`, what is published. */
let outside: string;
let gitServer: GitServer;
let wikiCommits: readonly string[];

/** A host whose people offer modules of every source. */
async function prepareHost(host: string): Promise<void> {
  const entries = {
    notes: `source = "crates-io"\ncrate = "rustok-notes"\nversion = "1.0"`,
    missing: `source = "crates-io"\ncrate = "rustok-missing"\nversion = "1.0"`,
    wiki: `source = "git"\ncrate = "rustok-wiki"\ngit = "${gitServer.url}/wiki.git"\nrev = "v1.0.0"`,
    guestbook: `source = "path"\ncrate = "rustok-guestbook"\npath = "../modules/guestbook"`,
  };
  await appendFile(join(host, "marketplace.toml"), Object.entries(entries).map(([slug, facts]) => `\n[modules.${slug}]\n${facts}\n`).join(""));
  await hostGit(host, "commit", "--quiet", "--all", "--message", "Modules of every source");
}

async function publishNotes(version: string): Promise<void> {
  const directory = join(outside, "published", version);
  await writePublishedCrate(directory, { slug: "notes", version });
  await rust.registry.publish(directory);
}

/** Commits a version of the wiki with a tag; its commit. */
async function releaseWiki(version: string): Promise<string> {
  const wiki = join(outside, "git", "wiki.git");
  await writePublishedCrate(wiki, { slug: "wiki", version });
  await hostGit(wiki, "init", "--quiet", "--initial-branch", "main");
  await hostGit(wiki, "add", "--all");
  await hostGit(wiki, "commit", "--quiet", "--message", `Version ${version}`);
  await hostGit(wiki, "tag", `v${version}`);
  return hostGit(wiki, "rev-parse", "HEAD");
}

const plan = (change: unknown): Promise<PlanView> => plane.api.post("/plans", change, planView);

/** Builds and deploys; the build. */
async function goLive(change: object, reason: string): Promise<BuildView> {
  const { build_id: id } = await plane.api.requestBuild({ ...change, reason, requested_by: "ada", deploy_to: "prod" });
  const { build, deployment } = await plane.api.waitForLive(id);
  expect([build.error, deployment?.error ?? null, deployment?.status]).toEqual([null, null, "success"]);
  return build;
}

/** Version of each module that the running application reports. */
async function live(): Promise<Readonly<Record<string, string>>> {
  const { modules } = (await plane.application("/health/modules")).body as { modules: { slug: string; version: string }[] };
  return Object.fromEntries(modules.map(({ slug, version }) => [slug, version]));
}

const onBranch = (file: string): Promise<string> => plane.git("show", `main:${file}`);
const isCompiling = ({ steps }: BuildView) => steps?.some(({ name, status }) => name === "compile" && status === "running") === true;
const buildProcesses = () => processesWith({ environment: `${plane.data}/workspaces/` });
const compilers = () => processesWith({ environment: `${plane.data}/workspaces/`, commandLine: "rustc" });

// One story: each test goes on where the one before ended.
describe.runIf(isThere(cargo))("modules of a Rust host", () => {
  beforeAll(async () => {
    outside = await mkdtemp(join(tmpdir(), "modyard-outside-"));
    wikiCommits = [await releaseWiki("1.0.0"), await releaseWiki("1.1.0")];
    gitServer = await serveGit(join(outside, "git"));
    await writePublishedCrate(join(outside, "modules", "guestbook"), { slug: "guestbook", version: "0.3.0" });
    rust = await openRustPlane({ prepareHost, env: { MODYARD_PATH_ROOTS: join(outside, "modules") } });
    plane = rust.plane;
    await publishNotes("1.0.0");
  }, 900_000);
  afterAll(async () => {
    await rust?.close();
    await gitServer?.stop();
    if (outside !== undefined) await rm(outside, { recursive: true, force: true });
  });

  describe("from a registry", () => {
    test("are planned by their own descriptors, and go live in the version that the lockfile has", patience, async () => {
      expect(await plan({ install: ["notes"] })).toMatchObject({ may_be_built: true, unverified: [], blockers: [], delta: { added: [{ slug: "notes", version: "1.0.0" }] } });
      const before = await onBranch("Cargo.lock");
      const build = await goLive({ install: ["notes"] }, "notes");
      expect(build.modules).toContainEqual(expect.objectContaining({ slug: "notes", version: "1.0.0", integrity: expect.stringMatching(/^[0-9a-f]{64}$/) as string }));
      expect(await live()).toMatchObject({ notes: "1.0.0" });
      expect((await plane.application("/notes")).body).toEqual({ version: "1.0.0" });
      expect(await onBranch("modules.toml")).toContain(`notes = { crate = "rustok-notes", source = "crates-io", version = "1.0" }`);
      expect(await onBranch("apps/server/Cargo.toml")).toMatch(/^rustok-notes = "1\.0"$/m);
      // The host's own rustok-core serves it, and nothing that was locked moved.
      const after = await onBranch("Cargo.lock");
      expect(after.split("\n\n").filter((text) => !before.includes(text)).map((text) => /name = "([^"]+)"/.exec(text)?.[1]).toSorted()).toEqual(["rustok-notes", "rustok-server"]);
    });

    test("stay as they are when there is a newer one, until they are upgraded", patience, async () => {
      await publishNotes("1.1.0");
      expect(await plan({})).toMatchObject({ delta: { added: [], removed: [], changed: [] } });
      const build = await goLive({ upgrade: ["notes"] }, "newer notes");
      expect(build.modules_delta.changed).toMatchObject([{ slug: "notes", from: "1.0.0", to: "1.1.0" }]);
      expect((await plane.application("/notes")).body).toEqual({ version: "1.1.0" });
      expect(await plane.git("log", "-1", "--format=%s", "main")).toBe("modules: change notes 1.0.0 -> 1.1.0");
    });
  });

  describe("from git and from another root", () => {
    test("are pinned to the tag's commit, and taken into the host", patience, async () => {
      const build = await goLive({ install: ["wiki", "guestbook"] }, "wiki and guestbook");
      expect(build.modules_delta.added).toEqual([{ slug: "guestbook", version: "0.3.0" }, { slug: "wiki", version: "1.0.0" }]);
      expect(build.modules).toContainEqual(expect.objectContaining({ slug: "wiki", integrity: wikiCommits[0] }));
      expect(await live()).toMatchObject({ wiki: "1.0.0", guestbook: "0.3.0", notes: "1.1.0" });
      expect(await onBranch("apps/server/Cargo.toml")).toContain(`rustok-wiki = { git = "${gitServer.url}/wiki.git", rev = "${wikiCommits[0] ?? ""}" }`);
      expect(await onBranch("vendor/modules/guestbook/src/lib.rs")).toContain("GuestbookModule");
      expect(await onBranch("modules.toml")).toContain(`path = "../modules/guestbook"`);
    });

    test("are upgraded to another revision", patience, async () => {
      const build = await goLive({ upgrade: [{ slug: "wiki", rev: "v1.1.0" }] }, "newer wiki");
      expect(build.modules_delta.changed).toMatchObject([{ slug: "wiki", from: "1.0.0", to: "1.1.0" }]);
      expect(build.modules).toContainEqual(expect.objectContaining({ slug: "wiki", integrity: wikiCommits[1] }));
      expect((await plane.application("/wiki")).body).toEqual({ version: "1.1.0" });
    });
  });

  test.each([
    { what: "a crate that does not exist", change: { install: ["missing"] }, problem: { code: "package_not_found", module: "missing" } },
    { what: "a version that does not exist", change: { upgrade: ["notes@9.9.9"] }, problem: { code: "version_not_found", module: "notes", hint: expect.stringContaining("1.1.0, 1.0.0") as string } },
    { what: "a revision that does not exist", change: { upgrade: [{ slug: "wiki", rev: "v9" }] }, problem: { code: "git_rev_not_found", module: "wiki" } },
  ])("$what blocks the plan and the build, by name", async ({ change, problem }) => {
    expect((await plan(change)).blockers).toMatchObject([problem]);
    expect(await plane.api.refused("POST", "/builds", change)).toMatchObject({ status: 409, problem: { code: "plan_blocked" } });
  });

  test("two changes that are asked for at the same instant both land", patience, async () => {
    const [first, second] = await Promise.all([{ install: ["blog"] }, { uninstall: ["wiki", "guestbook"] }].map((change) => plane.api.requestBuild({ ...change, requested_by: "ada", reason: "at once" })));
    const done = await Promise.all([first, second].map((requested) => plane.api.waitForBuild(requested?.build_id ?? "")));
    expect(done.map(({ status, error }) => `${status} ${JSON.stringify(error)}`)).toEqual(["success null", "success null"]);
    const manifest = await onBranch("modules.toml");
    expect([manifest.includes("blog = "), manifest.includes("wiki = "), manifest.includes("guestbook = ")]).toEqual([true, false, false]);
    expect(await plane.git("ls-tree", "-r", "--name-only", "main", "vendor")).toBe("");
  });

  test("kill -9 of the server while it compiles: the compilers end, and after the restart the build goes on", patience, async () => {
    const { build_id: id } = await plane.api.requestBuild({ install: ["forum"], requested_by: "ada", reason: "forum" });
    await plane.api.buildWhen(id, isCompiling);
    await until("the compiler", compilers, (pids) => pids.length > 0);
    await plane.end("SIGKILL");
    await until("orphans", buildProcesses, (pids) => pids.length === 0);
    await plane.start();
    expect(await plane.api.waitForBuild(id)).toMatchObject({ status: "success", attempt: 2 });
    const told = (await plane.api.journal()).filter(({ subject_id: subject }) => subject === id);
    expect(told.map(({ action }) => action)).toEqual(["build.requested", "build.started", "build.taken_over", "build.succeeded"]);
    expect(await onBranch("modules.toml")).toContain("forum = ");
  });

  test("a build that is cancelled while it compiles leaves no compiler, and is no obstacle to the next", patience, async () => {
    const tip = await plane.git("rev-parse", "main");
    const { build_id: id } = await plane.api.requestBuild({ uninstall: ["blog"], force: true, requested_by: "ada", reason: "from nothing" });
    await plane.api.buildWhen(id, isCompiling);
    await until("the compiler", compilers, (pids) => pids.length > 0);
    expect((await plane.api.raw("POST", `/builds/${id}/cancel`, { reason: "changed my mind" })).status).toBe(202);
    expect(await plane.api.waitForBuild(id)).toMatchObject({ status: "cancelled", result_commit: null });
    expect(await buildProcesses()).toEqual([]);
    expect(await plane.git("rev-parse", "main")).toBe(tip);
    const build = await goLive({ uninstall: ["notes"] }, "no notes");
    expect(build.modules_delta.removed).toEqual([{ slug: "notes", version: "1.1.0" }]);
    expect(Object.keys(await live()).toSorted()).toEqual(["blog", "commerce", "content", "forum", "pages"]);
  });
});
