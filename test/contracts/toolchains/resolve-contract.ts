import { cp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { git } from "./files.ts";
import { compose, problemsOf, type ToolchainKit } from "./kit.ts";

/** How every toolchain declares modules as dependencies and fixes their versions. */
export function resolveContract(kit: ToolchainKit): void {
  describe("resolves", () => {
    test("a path module, and does nothing when it is declared already", async () => {
      const first = await kit.toolchain.resolve(kit.context(), [kit.path("base"), kit.path("forum")], []);
      expect(first).toMatchObject({ ok: true, resolved: [{ slug: "base", version: "1.0.0" }, { slug: "forum", version: "1.0.0" }] });
      expect(await kit.fixture.lockedVersion(kit.workspace, kit.fixture.packageName("forum"))).toBe("1.0.0");
      expect(kit.commands.length).toBe(1);
      const changed = (await git(kit.workspace, "status", "--porcelain")).split("\n").map((line) => line.trim().split(" ").at(-1));
      for (const file of changed) expect(kit.toolchain.compositionFiles(kit.host)).toContain(file);
      expect(await kit.toolchain.resolve(kit.context(), [kit.path("base"), kit.path("forum")], [])).toEqual(first);
      expect(kit.commands).toEqual([]);
    });

    test("a range of the registry to an exact version with its integrity, and keeps to it", async () => {
      const outcome = await kit.toolchain.resolve(kit.context(), [kit.path("base"), kit.published("^1.0.0")], []);
      expect(outcome).toMatchObject({ ok: true, resolved: [{ slug: "base" }, { slug: "poll", version: "1.2.0", integrity: expect.stringMatching(kit.fixture.integrity) as string }] });
      expect(await kit.toolchain.resolve(kit.context(), [kit.path("base"), kit.published("^1.0.0")], [])).toMatchObject({ ok: true });
      expect(kit.commands).toEqual([]);
      expect(await kit.toolchain.resolve(kit.context(), [kit.path("base"), kit.published("^2.0.0")], [])).toMatchObject({ resolved: [{}, { version: "2.0.0" }] });
    });

    test("a git revision to its commit, and runs nothing of it", async () => {
      expect(await kit.toolchain.resolve(kit.context(), [kit.path("base"), kit.fromGit("v1")], [])).toMatchObject({ ok: true, resolved: [{}, { slug: "wiki", version: "1.0.0", integrity: kit.tagged }] });
      expect(await kit.toolchain.resolve(kit.context(), [kit.path("base"), kit.fromGit("v1")], [])).toMatchObject({ ok: true });
      expect(kit.commands).toEqual([]);
      expect(await kit.toolchain.resolve(kit.context({ useCache: false }), [kit.path("base"), kit.fromGit("v1")], [])).toMatchObject({ ok: true });
      await kit.checkout(join(kit.root, "afresh"));
      expect(await kit.toolchain.resolve(kit.context({ workspace: join(kit.root, "afresh"), useCache: false }), [kit.path("base"), kit.fromGit("v1")], [])).toMatchObject({ ok: true });
      await expect(readFile(kit.trace)).rejects.toThrow("ENOENT");
    });

    test("a removal, together with an installation", async () => {
      await kit.installed(kit.published("^1.0.0"));
      expect(await kit.toolchain.resolve(kit.context(), [kit.path("base"), kit.path("forum")], [kit.published("^1.0.0")])).toMatchObject({ ok: true });
      expect(await kit.fixture.lockedVersion(kit.workspace, kit.fixture.packageName("poll"))).toBeUndefined();
      expect(await kit.fixture.lockedVersion(kit.workspace, kit.fixture.packageName("forum"))).toBe("1.0.0");
    });

    test("a module of an allowed root into the host's own files, so that the host builds anywhere", async () => {
      const outside = join(kit.root, "outside");
      await kit.fixture.writeModule(join(outside, "extra"), { slug: "extra" });
      const specs = [kit.path("base"), kit.path("extra", "extra")];
      expect(await kit.toolchain.resolve(kit.context({ pathRoots: [outside] }), specs, [])).toMatchObject({ ok: true, resolved: [{}, { slug: "extra", version: "1.0.0" }] });
      await rm(outside, { recursive: true });
      expect(await kit.toolchain.compile(kit.context(), compose(...specs))).toEqual({ ok: true });
    });

    test.each([
      ["a package that does not exist", () => kit.published("^1.0.0", "no-such-package"), "package_not_found"],
      ["a version that does not exist", () => kit.published("^9.0.0"), "version_not_found"],
      ["a path outside the roots", () => kit.path("forum", "../x"), "path_refused"],
      ["a revision that does not exist", () => kit.fromGit("none"), "git_rev_not_found"],
      ["a dependency that does not exist", () => kit.path("needy"), "package_not_found"],
    ])("names the module of %s", async (_, spec, code) => {
      await kit.fixture.writeModule(join(kit.workspace, "modules", "needy"), { slug: "needy", dependencies: { [kit.fixture.packageName("missing")]: "^1.0.0" } });
      const outcome = await kit.toolchain.resolve(kit.context(), [kit.path("base"), spec()], []);
      const { slug } = spec();
      expect(problemsOf(outcome)).toMatchObject([slug === "needy" ? { code } : { code, module: slug }]);
    });

    test("says that the registry cannot be reached", async () => {
      const specs = [kit.path("base"), kit.published("^1.0.0")];
      const outcome = await kit.registry.whileUnreachable(() => kit.toolchain.resolve(kit.context(), specs, []));
      expect(problemsOf(outcome)).toMatchObject([{ code: "registry_unreachable" }]);
      expect(await kit.toolchain.resolve(kit.context(), specs, [])).toMatchObject({ ok: true });
    });

    test("and compiles without one what was downloaded on another machine: a copy of its cache is enough", async () => {
      await kit.installed(kit.published("^1.0.0"));
      const [workspace, cacheDirectory] = [join(kit.root, "elsewhere"), join(kit.root, "carried")];
      await git(kit.root, "clone", "--quiet", kit.workspace, workspace);
      await cp(join(kit.shared, "cache"), cacheDirectory, { recursive: true, verbatimSymlinks: true });
      const specs = [kit.path("base"), kit.published("^1.0.0")];
      const context = kit.context({ workspace, cacheDirectory });
      const outcomes = await kit.registry.whileAway(async () => [
        await kit.toolchain.resolve(context, specs, []),
        await kit.toolchain.compile(context, compose(...specs)),
        await kit.toolchain.resolve(context, [...specs, kit.published("^1.0.0", "never-seen")], []),
      ]);
      expect(outcomes).toMatchObject([{ ok: true, resolved: [{ slug: "base" }, { slug: "poll", version: "1.2.0" }] }, { ok: true }, { ok: false, problems: [{ code: "registry_unreachable" }] }]);
    });
  });
}
