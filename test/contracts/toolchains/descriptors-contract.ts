import { mkdir, readFile, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ToolchainKit } from "./kit.ts";

/** How every toolchain reads what modules say of themselves. */
export function descriptorsContract(kit: ToolchainKit): void {
  describe("reads descriptors", () => {
    test("of all sources, without running anything of the module", async () => {
      expect(await kit.toolchain.readDescriptor(kit.path("forum"), kit.source())).toMatchObject({ descriptor: { slug: "forum", version: "1.0.0" }, verified: true });
      expect(await kit.toolchain.readDescriptor(kit.published("^1.0.0"), kit.source())).toMatchObject({ descriptor: { slug: "poll", version: "1.2.0" }, verified: true, resolvedVersion: "1.2.0" });
      expect(await kit.toolchain.readDescriptor(kit.fromGit("v1"), kit.source())).toMatchObject({ descriptor: { slug: "wiki", version: "1.0.0" }, verified: true });
      expect(await kit.toolchain.readDescriptor(kit.fromGit("main"), kit.source())).toMatchObject({ descriptor: { version: "1.1.0" } });
      expect(await kit.toolchain.readDescriptor(kit.fromGit(kit.tagged.slice(0, 9)), kit.source())).toMatchObject({ descriptor: { version: "1.0.0" } });
      await expect(readFile(kit.trace)).rejects.toThrow("ENOENT");
    });

    test("of a full commit that is known already without asking the server again", async () => {
      await kit.toolchain.readDescriptor(kit.fromGit(kit.tagged), kit.source());
      const before = kit.gitServer.requests.length;
      expect(await kit.toolchain.readDescriptor(kit.fromGit(kit.tagged), kit.source())).toMatchObject({ descriptor: { version: "1.0.0" } });
      expect(kit.gitServer.requests.length).toBe(before);
    });

    test("of a package without module.toml from what the package says", async () => {
      await kit.fixture.writeModule(join(kit.workspace, "modules", "bare"), { slug: "bare", version: "3.1.0", descriptorSlug: "none" });
      expect(await kit.toolchain.readDescriptor(kit.path("bare"), kit.source())).toMatchObject({ descriptor: { slug: "bare", version: "3.1.0", description: "Module bare", kind: "optional" } });
    });

    test.each([
      ["a path that leaves the host", () => kit.path("forum", "../other"), "path_refused"],
      ["an absolute path", () => kit.path("forum", "/etc"), "path_refused"],
      ["a path through a symbolic link that leaves the host", () => kit.path("forum", "modules/escape"), "path_refused"],
      ["the host itself", () => kit.path("forum", "."), "path_refused"],
      ["the repository's own data", () => kit.path("forum", ".git/hooks"), "path_refused"],
      ["a path that is not there", () => kit.path("forum", "modules/none"), "path_not_found"],
      ["a directory that is no package", () => kit.path("forum", "apps"), "descriptor_missing"],
      ["a module with another slug", () => kit.path("other", "modules/other"), "descriptor_mismatch"],
      ["a package with another name", () => kit.path("other", "modules/forum"), "descriptor_mismatch"],
      ["a git helper that runs programs", () => kit.fromGit("main", "ext::sh -c touch% /tmp/x"), "git_url_refused"],
      ["a git repository of the server's disk", () => kit.fromGit("main", `file://${kit.shared}/git/wiki.git`), "git_url_refused"],
      ["a git address that is an option", () => kit.fromGit("main", "--upload-pack=touch /tmp/x"), "git_url_refused"],
      ["a revision that is an option", () => kit.fromGit("--output=/tmp/x"), "git_rev_not_found"],
      ["a branch that does not exist", () => kit.fromGit("no-such-branch"), "git_rev_not_found"],
      ["a commit that does not exist", () => kit.fromGit("0123456789012345678901234567890123456789"), "git_rev_not_found"],
      ["a repository that does not exist", () => kit.fromGit("main", `${kit.gitServer.url}/none.git`), "git_unreachable"],
      ["a git server that is not there", () => kit.fromGit("main", "http://127.0.0.1:9/none.git"), "git_unreachable"],
      ["a package that does not exist", () => kit.published("^1.0.0", "no-such-package"), "package_not_found"],
      ["a version that is an address", () => kit.published("file:/etc"), "version_not_found"],
    ])("refuses %s", async (_, spec, code) => {
      await symlink(tmpdir(), join(kit.workspace, "modules", "escape"));
      await mkdir(join(kit.root, "other"));
      await kit.fixture.writeModule(join(kit.workspace, "modules", "other"), { slug: "other", descriptorSlug: "forum" });
      const { slug } = spec();
      expect(await kit.toolchain.readDescriptor(spec(), kit.source())).toMatchObject({ code, module: slug, message: expect.any(String) as string });
    });

    test("tells which versions there are when the wanted one is not", async () => {
      expect(await kit.toolchain.readDescriptor(kit.published("^9.0.0"), kit.source())).toMatchObject({ code: "version_not_found", hint: expect.stringContaining("2.0.0, 1.2.0, 1.0.0") as string });
    });

    test("of the version that the lockfile holds, unless the newest is asked for", async () => {
      expect(await kit.toolchain.resolve(kit.context(), [kit.path("base"), kit.published(kit.fixture.exactly("1.0.0"))], [])).toMatchObject({ ok: true });
      expect(await kit.toolchain.readDescriptor(kit.published("^1.0.0"), kit.source())).toMatchObject({ resolvedVersion: "1.0.0" });
      expect(await kit.toolchain.readDescriptor(kit.published("^1.0.0"), { ...kit.source(), newest: true })).toMatchObject({ resolvedVersion: "1.2.0" });
      expect(await kit.toolchain.readInstalledVersions(kit.workspace, kit.host, [kit.path("base"), kit.published("^1.0.0")])).toEqual(new Map([["poll", "1.0.0"]]));
      expect(await kit.toolchain.readInstalledVersions(kit.workspace, kit.host, [kit.published("^2.0.0"), kit.fromGit("v1")])).toEqual(new Map());
    });

    test("from an allowed root outside the host", async () => {
      const outside = join(kit.root, "outside");
      await kit.fixture.writeModule(join(outside, "extra"), { slug: "extra" });
      expect(await kit.toolchain.readDescriptor(kit.path("extra", "extra"), { ...kit.source(), pathRoots: [outside] })).toMatchObject({ descriptor: { slug: "extra" } });
      expect(await kit.toolchain.readDescriptor(kit.path("extra", "extra"), kit.source())).toMatchObject({ code: "path_not_found" });
    });
  });
}
