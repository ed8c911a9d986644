import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ToolchainKit } from "./kit.ts";

/** What every toolchain tells of its registry and its lockfile to who looks for modules. */
export function registryContract(kit: ToolchainKit): void {
  describe("lists versions", () => {
    test("that the registry offers, the newest first, whatever the module asks for", async () => {
      expect(await kit.toolchain.listVersions(kit.published("^1.0.0"), kit.source())).toEqual(["2.0.0", "1.2.0", "1.0.0"]);
    });

    test("none of what no registry has, nor of a name that is an option", async () => {
      const specs = [kit.path("forum"), kit.fromGit("v1"), kit.published("^1.0.0", "no-such-package"), { ...kit.published("^1.0.0"), packageName: "--version" }];
      expect(await Promise.all(specs.map((spec) => kit.toolchain.listVersions(spec, kit.source())))).toEqual([[], [], [], []]);
    });

    test("none while the registry cannot be asked", async () => {
      const source = { ...kit.source(), cacheDirectory: join(kit.root, "cache") };
      expect(await kit.registry.whileUnreachable(() => kit.toolchain.listVersions(kit.published("^1.0.0"), source))).toEqual([]);
    });
  });

  describe("finds packages", () => {
    test("of the operator's registry, with version and description", async () => {
      const found = await kit.toolchain.findPackages("poll", 5, kit.source());
      expect(found).toMatchObject([{ name: kit.fixture.packageName("poll"), version: "2.0.0", description: "Module poll", keywords: expect.any(Array) as string[] }]);
    });

    test("none where nothing fits, also for a text that is an option", async () => {
      for (const text of ["nothing-of-the-kind", "--version", "--registry=http://127.0.0.1:9/"]) expect([text, await kit.toolchain.findPackages(text, 5, kit.source())]).toEqual([text, []]);
    });

    test("as many as are wanted at most", async () => {
      expect(await kit.toolchain.findPackages("acme", 1, kit.source())).toHaveLength(1);
    });

    test("or says that the registry cannot be searched, and what to do", async () => {
      const source = { ...kit.source(), cacheDirectory: join(kit.root, "cache") };
      expect(await kit.registry.whileUnreachable(() => kit.toolchain.findPackages("poll", 5, source))).toMatchObject({ code: "registry_unreachable", hint: expect.stringContaining("name") as string });
    });
  });

  describe("reads the lockfile", () => {
    test("of its name, with all that was locked from elsewhere", async () => {
      expect(kit.toolchain.compositionFiles(kit.host)).toContain(kit.toolchain.lockfileName);
      expect(await kit.toolchain.resolve(kit.context(), [kit.path("base"), kit.published("^1.0.0")], [])).toMatchObject({ ok: true });
      const locked = kit.toolchain.readLocked(await readFile(join(kit.workspace, kit.toolchain.lockfileName), "utf8")) ?? [];
      const { packageName } = kit.fixture;
      expect(locked).toEqual(expect.arrayContaining([{ name: packageName("poll"), version: "1.2.0" }, { name: packageName("library"), version: "1.0.3" }]));
      expect(locked.filter(({ name }) => name === packageName("base"))).toEqual([]);
    });

    test("and says of what is none that it is none", () => {
      for (const text of ["no lockfile at all", "[]", "{", "\0", "[[package]]\nname = 1\n"]) expect([text, kit.toolchain.readLocked(text)]).toEqual([text, undefined]);
    });
  });
}
