import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { BuildView } from "../../packages/control-plane/src/api/views/build.ts";
import type { TestControlPlane } from "../support/control-plane.ts";
import { requesterIn } from "../support/journal.ts";
import { cargo, isThere } from "../support/requirement.ts";
import { until } from "../support/rest-client.ts";
import { openRustPlane, patience, type RustPlane } from "../support/rust-plane.ts";
import { askContinuously, type SteadyClient } from "../support/steady-client.ts";

const broken = ["does-not-compile", "no-entry-type", "needs-missing-feature", "test-fails", "panics-at-start", "fails-to-start", "hangs-at-start", "unwell", "wrong-version", "wrong-slug", "greedy-build-script"] as const;

let rust: RustPlane;
let plane: TestControlPlane;
let visitor: SteadyClient;
let release: string;
let tip: string;

const install = async (slug: string) => (await plane.api.requestBuild({ install: [slug], requested_by: "ada", reason: `try ${slug}`, deploy_to: "prod" })).build_id;

/** The record of the release that served before. */
const recordOf = async (id: string): Promise<unknown> => (await plane.api.releases()).find((each) => each.id === id);

const runningReleases = async () => (await plane.target.observe()).releases.filter(({ status }) => ["starting", "running", "backing_off"].includes(status)).map(({ releaseId }) => releaseId);

describe.runIf(isThere(cargo))("crates that are broken, each in one way", () => {
  beforeAll(async () => {
    // The server says after 5 s which module still starts.
    rust = await openRustPlane({ modules: broken, prod: { start_timeout_seconds: 8 } });
    plane = rust.plane;
    release = (await plane.api.environment()).active_release?.id ?? "";
    tip = await plane.git("rev-parse", "main");
    visitor = askContinuously(`${plane.applicationUrl}/health/modules`, { keepAlive: true, clients: 1, pauseMs: 10 });
  }, 900_000);
  afterAll(() => rust?.close());

  describe.each([
    { slug: "needs-missing-feature", step: "resolve", code: "feature_not_found", says: /no-such-feature/, location: undefined },
    { slug: "does-not-compile", step: "compile", code: "compile_failed", says: /mismatched types/, location: { file: "modules/rustok-does-not-compile/src/lib.rs", line: 6, column: 28 } },
    { slug: "no-entry-type", step: "compile", code: "module_type_missing", says: /NoEntryTypeModule/, location: { file: "apps/server/src/modules/generated.rs" } },
    { slug: "test-fails", step: "test", code: "tests_failed", says: /two_and_two_are_four/, location: { file: "modules/rustok-test-fails/src/lib.rs", line: 49 } },
  ])("$slug", ({ slug, step, code, says, location }) => {
    let build: BuildView;

    test("fails in its build, with step, module, place and the lines that matter", patience, async () => {
      const before = await recordOf(release);
      const live = await plane.api.waitForLive(await install(slug));
      build = live.build;
      expect(build).toMatchObject({ status: "failed", error: { step, deterministic: true, problems: [{ code, module: slug, hint: expect.stringMatching(/./) as string, ...(location === undefined ? {} : { location }) }] }, release_id: null, result_commit: null });
      expect(build.error?.problems).toHaveLength(1);
      expect(build.error?.excerpt.join("\n")).toMatch(says);
      expect(build.steps?.at(-1)).toMatchObject({ name: step, status: "failed" });
      expect(live.deployment).toBeUndefined();
      expect(await recordOf(release)).toEqual(before);
      expect(await plane.git("rev-parse", "main")).toBe(tip);
    });

    test("the same request is answered with the failure at once, and the journal tells it", async () => {
      const again = await plane.api.requestBuild({ install: [slug], requested_by: "ada", reason: "again" });
      expect(again).toMatchObject({ build_id: build.id, status: "failed", outcome: "failed", error: { problems: [{ code }] } });
      const told = (await plane.api.journal()).filter(({ subject_id: subject }) => subject === build.id);
      expect(told.map(({ action }) => action)).toEqual(["build.requested", "build.started", "build.failed", "build.joined"]);
      expect(told[2]).toMatchObject({ actor: "admin", reason: `try ${slug}`, details: { requested_by: "ada", step, problems: [{ code, module: slug }] } });
    });
  });

  describe.each([
    { slug: "panics-at-start", code: "application_exited", says: /panicked: the panic that this module is made for/ },
    { slug: "fails-to-start", code: "application_exited", says: /the failure that this module is made for/ },
    { slug: "hangs-at-start", code: "application_start_timed_out", says: /"hangs-at-start" is still starting/ },
    { slug: "unwell", code: "smoke_failed", says: /the illness that this module is made for/ },
    { slug: "wrong-version", code: "smoke_failed", says: /9\.9\.9/ },
    { slug: "wrong-slug", code: "smoke_failed", says: /wrong-slug/ },
  ])("$slug", ({ slug, code, says }) => {
    test("builds, fails in its deployment by name, and the old release serves on", patience, async () => {
      const before = await recordOf(release);
      const { build, deployment } = await plane.api.waitForLive(await install(slug));
      expect([build.status, build.error]).toEqual(["success", null]);
      expect(deployment).toMatchObject({ status: "failed", error: { step: "smoke" }, from_release_id: release });
      const named = deployment?.error?.problems.find(({ module }) => module === slug);
      expect(named).toMatchObject({ code, message: expect.stringMatching(says) as string });
      expect(await recordOf(release)).toEqual(before);
      expect(await plane.api.environment()).toMatchObject({ active_release: { id: release }, observed: { active_release_id: release } });
      expect(await recordOf(deployment?.release_id ?? "")).toMatchObject({ status: "failed", deployed_at: null });
      const told = (await plane.api.journal()).filter(({ subject_id: subject }) => [deployment?.id, deployment?.release_id].includes(subject));
      expect(told.map(({ action, actor, details }) => `${action} ${actor} ${requesterIn({ details })}`)).toEqual(["release.created", "deployment.requested", "deployment.started", "deployment.failed", "release.failed"].map((action) => `${action} admin ada`));
    });

    test("is taken back from the branch, and runs no more", async () => {
      expect(await plane.git("diff", "--stat", tip, "main")).toBe("");
      expect(await plane.git("log", "-1", "--format=%an: %s", "main")).toBe("Modyard: modules: take back what could not go live in prod");
      // It is stopped after its failure was recorded.
      expect(await until("the running releases", runningReleases, (running) => running.length <= 1)).toEqual([release]);
    });
  });

  test("a build script gets no network, none of the machine's files and no secret", patience, async () => {
    const { build, deployment } = await plane.api.waitForLive(await install("greedy-build-script"));
    expect([build.error, deployment?.status]).toEqual([null, "success"]);
    const { body } = await plane.application("/greedy-build-script");
    const mayNot = ["network", "names", "write_cargo_home", "write_root", "write_usr", "read_ssh", "read_cargo_credentials", "secrets"];
    // Its home, and what is above the checkout, are empty ones of the command's own; its crate is in the build's checkout, which nobody else uses.
    const got = Object.fromEntries(Object.entries(body as Record<string, boolean>).filter(([what]) => !["write_crate", "write_home", "write_above"].includes(what)));
    expect(got).toEqual(Object.fromEntries(mayNot.map((what) => [what, false])));
    for (const directory of [plane.host, plane.data, plane.root, join(plane.data, "cache/cargo/home"), "/", "/usr"]) expect(existsSync(join(directory, "greedy-was-here"))).toBe(false);
  });

  test("the next change goes live without any of them, and nobody noticed", patience, async () => {
    const { build_id: id } = await plane.api.requestBuild({ uninstall: ["greedy-build-script"], install: ["blog"], requested_by: "ada", reason: "a good one", deploy_to: "prod" });
    const { build, deployment } = await plane.api.waitForLive(id);
    expect([build.error, deployment?.status]).toEqual([null, "success"]);
    expect((await plane.application("/blog")).status).toBe(200);
    const { body } = await plane.application("/health/modules");
    expect((body as { modules: { slug: string }[] }).modules.map(({ slug }) => slug).toSorted()).toEqual(["blog", "commerce", "content", "pages"]);
    const { asked, lost, bodies } = await visitor.stop();
    expect(lost).toEqual([]);
    expect(asked).toBeGreaterThan(200);
    const faulty = broken.filter((slug) => slug !== "greedy-build-script");
    expect([...bodies].filter((seen) => faulty.some((slug) => seen.includes(`"${slug}"`)))).toEqual([]);
  });
});
