import { cp, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Surface } from "../../../packages/control-plane/src/manifest/host-descriptor.ts";
import { git } from "./files.ts";
import { compose, plainSandbox, problemsOf, type ToolchainKit } from "./kit.ts";

/** How every toolchain compiles, tests and collects. */
export function compileContract(kit: ToolchainKit): void {
  describe("compiles and tests", () => {
    test("what the lockfile says, without a network", async () => {
      await kit.installed(kit.path("forum"), kit.published("^1.0.0"));
      expect(await kit.toolchain.compile(kit.context(), compose(kit.path("base"), kit.path("forum"), kit.published("^1.0.0")))).toEqual({ ok: true });
      expect(kit.commands.every(({ network }) => network === "none")).toBe(true);
      expect(kit.commands.length).toBe(1);
      expect(await kit.toolchain.test(kit.context(), compose(kit.path("base"), kit.path("forum")))).toEqual({ ok: true });
    });

    test("with each command once, however many surfaces share it", async () => {
      const surface = { directory: "apps/server", build: ["sh", "-c", "echo run >> build-runs.log"], output: [], health: "/health", modulesHealth: "/health/modules" };
      const surfaces: Surface[] = [{ ...surface, name: "server" }, { ...surface, name: "admin" }];
      expect(await kit.toolchain.compile(kit.context({ host: { ...kit.host, surfaces } }), compose(kit.path("base")))).toEqual({ ok: true });
      expect(await readFile(join(kit.workspace, "build-runs.log"), "utf8")).toBe("run\n");
    });

    test("in a fresh checkout without running the package manager again", async () => {
      await kit.installed(kit.path("forum"));
      expect(await kit.toolchain.compile(kit.context(), compose(kit.path("base"), kit.path("forum")))).toEqual({ ok: true });
      const second = join(kit.root, "second");
      await git(kit.root, "clone", "--quiet", kit.workspace, second);
      expect(await kit.toolchain.resolve(kit.context({ workspace: second }), [kit.path("base"), kit.path("forum")], [])).toMatchObject({ ok: true });
      expect(kit.commands).toEqual([]);
      expect(await kit.toolchain.compile(kit.context({ workspace: second }), compose(kit.path("base"), kit.path("forum")))).toEqual({ ok: true });
      expect(kit.commands.length).toBe(1);
    });

    test("names the module, file and line of an error", async () => {
      await kit.fixture.writeModule(join(kit.workspace, "modules", "faulty"), { slug: "faulty", fault: "compile" });
      await kit.installed(kit.path("faulty"));
      const outcome = await kit.toolchain.compile(kit.context(), compose(kit.path("base"), kit.path("faulty")));
      expect(problemsOf(outcome)).toMatchObject([{ code: "compile_failed", module: "faulty", location: { file: expect.stringContaining("modules/faulty/") as string, line: 2 } }]);
      expect(outcome).toMatchObject({ ok: false, excerpt: expect.arrayContaining([expect.stringContaining("broken")]) as string[] });
    });

    test("names the module of an error in an installed package", async () => {
      await kit.fixture.writeModule(join(kit.shared, "packages", "sick"), { slug: "sick", fault: "compile" });
      await kit.registry.publish(join(kit.shared, "packages", "sick"));
      await kit.installed(kit.published("^1.0.0", "sick"));
      const outcome = await kit.toolchain.compile(kit.context(), compose(kit.path("base"), kit.published("^1.0.0", "sick")));
      expect(problemsOf(outcome)).toMatchObject([{ code: "compile_failed", module: "sick" }]);
    });

    test("names the module whose test fails", async () => {
      await kit.fixture.writeModule(join(kit.workspace, "modules", "flawed"), { slug: "flawed", fault: "test" });
      await kit.installed(kit.path("flawed"));
      expect(await kit.toolchain.compile(kit.context(), compose(kit.path("base"), kit.path("flawed")))).toEqual({ ok: true });
      const outcome = await kit.toolchain.test(kit.context(), compose(kit.path("base"), kit.path("flawed")));
      expect(problemsOf(outcome)).toMatchObject([{ code: "tests_failed", module: "flawed", message: expect.stringMatching(/flawed.greets/) as string }]);
    });

    test.each([
      ["a program that is missing", ["no-such-compiler"], "command_not_found"],
      ["a command that hangs", ["sleep", "1000"], "step_timed_out"],
      ["a command that the kernel killed", ["sh", "-c", "kill -9 $$"], "step_out_of_memory"],
      ["a command that fails without a word", ["false"], "compile_failed"],
      ["a full disk", ["sh", "-c", "echo 'write: No space left on device' >&2; exit 1"], "disk_full"],
    ])("tells %s apart", async (_, build, code) => {
      const run = plainSandbox(kit.workspace, join(kit.root, "scratch"), { limits: { seconds: 1 } });
      const outcome = await kit.toolchain.compile(kit.context({ host: kit.hostThatBuilds(...build), run }), compose(kit.path("base")));
      expect(problemsOf(outcome)).toMatchObject([{ code }]);
    });
  });

  describe("collects", () => {
    test("what the application needs and nothing else, the same each time", async () => {
      const first = await built(kit, kit.workspace, true);
      const paths = [...first.keys()];
      expect(paths).toEqual(paths.toSorted());
      for (const needed of kit.fixture.artifact.has) expect(paths).toContain(needed);
      for (const unneeded of kit.fixture.artifact.lacks) expect(paths.filter((path) => path === unneeded || path.startsWith(`${unneeded}/`))).toEqual([]);
      const second = join(kit.root, "second");
      await kit.checkout(second);
      expect(differing(await built(kit, second, false), first)).toEqual([]);
    });

    test("the same from two builds at once that keep the same things", async () => {
      const directories = [kit.workspace, join(kit.root, "other")];
      await cp(kit.workspace, join(kit.root, "other"), { recursive: true });
      const specs = [kit.path("base"), kit.published("^2.0.0")];
      const resolved = await Promise.all(directories.map((workspace) => kit.toolchain.resolve(kit.context({ workspace }), specs, [])));
      expect(resolved).toMatchObject([{ ok: true }, { ok: true }]);
      const compiled = await Promise.all(directories.map((workspace) => kit.toolchain.compile(kit.context({ workspace }), compose(...specs))));
      expect(compiled).toEqual([{ ok: true }, { ok: true }]);
      const [one = new Map(), other = new Map()] = await Promise.all(directories.map((workspace) => kit.collected(workspace)));
      expect(one.size).toBeGreaterThan(0);
      expect(differing(other, one)).toEqual([]);
    });
  });
}

async function built(kit: ToolchainKit, workspace: string, useCache: boolean): Promise<Map<string, string>> {
  const specs = [kit.path("base"), kit.path("forum"), kit.published(kit.fixture.exactly("1.0.0"))];
  expect(await kit.toolchain.resolve(kit.context({ workspace, useCache }), specs, [])).toMatchObject({ ok: true });
  expect(await kit.toolchain.compile(kit.context({ workspace, useCache }), compose(...specs))).toEqual({ ok: true });
  return kit.collected(workspace);
}

/** Paths of files that are in one artifact only or not the same in both: shown instead of whole programs. */
function differing(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): string[] {
  return [...new Set([...one.keys(), ...other.keys()])].filter((path) => one.get(path) !== other.get(path));
}
