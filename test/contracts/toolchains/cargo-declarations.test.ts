import { appendFile, lstat, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ModuleSpec } from "../../../packages/control-plane/src/manifest/manifest.ts";
import { isThere } from "../../support/requirement.ts";
import { cargoFixture } from "./cargo.ts";
import { commitAll, git, writeFiles } from "./files.ts";
import { problemsOf, useToolchainKit } from "./kit.ts";

/** How a host's Cargo.toml and Cargo.lock come to say what the manifest says, whatever they said before. */
describe.runIf(isThere(cargoFixture.requirement))("the cargo toolchain declares", () => {
  const kit = useToolchainKit(cargoFixture);
  const file = (): string => join(kit.workspace, "apps", "server", "Cargo.toml");
  const resolve = (specs: readonly ModuleSpec[], removed: readonly ModuleSpec[] = [], more: Parameters<typeof kit.context>[0] = {}) => kit.toolchain.resolve(kit.context(more), [kit.path("base"), ...specs], removed);
  const dependencies = async (): Promise<string[]> => (await readFile(file(), "utf8")).split("[dependencies]\n")[1]?.split("\n").filter((line) => line !== "" && !line.startsWith("#")) ?? [];
  const lockedExcept = async (name: string): Promise<string[]> => (await readFile(join(kit.workspace, "Cargo.lock"), "utf8")).split("\n\n").filter((text) => text.startsWith("[[package]]") && !text.includes(`name = "${name}"`));

  const extra = (): ModuleSpec => kit.path("extra", "extra");
  const outside = (): string => join(kit.root, "outside");
  const takenIn = (): string => join(kit.workspace, "vendor", "modules", "extra");

  async function publishLibrary(version: string): Promise<void> {
    const directory = join(kit.shared, "packages", `library-${version}`);
    await cargoFixture.writeModule(directory, { slug: "library", version });
    await kit.registry.publish(directory);
  }

  test("an upgrade by raising the requirement, and moves nothing else although there is newer", async () => {
    await publishLibrary("1.0.4");
    await publishLibrary("1.1.0");
    expect(await resolve([kit.published("=1.0.0")])).toMatchObject({ resolved: [{}, { version: "1.0.0" }] });
    await commitAll(kit.workspace);
    const before = await lockedExcept("acme-poll");
    expect(await resolve([kit.published("1.0.0")])).toMatchObject({ resolved: [{}, { version: "1.0.0" }] });
    expect(await dependencies()).toContain('acme-poll = "1.0.0"');
    expect(await resolve([kit.published("1.2.0")])).toMatchObject({ resolved: [{}, { version: "1.2.0" }] });
    expect(await resolve([kit.published("^2.0")])).toMatchObject({ resolved: [{}, { version: "2.0.0" }] });
    expect(await resolve([kit.published("1.0")])).toMatchObject({ resolved: [{}, { version: "1.2.0" }] });
    expect(await lockedExcept("acme-poll")).toEqual(before);
  });

  test("a module again where only tests and single platforms had it", async () => {
    await appendFile(file(), '\n[dev-dependencies]\nacme-poll = "1"\n\n[target.\'cfg(unix)\'.dependencies]\nacme-poll = "1"\n');
    expect(await resolve([kit.published("1.0")])).toMatchObject({ ok: true });
    expect(await dependencies()).toContain('acme-poll = "1.0"');
  });

  test("nothing anew of what the host says in other words", async () => {
    await appendFile(file(), `acme-poll = { version = "^1.0", default-features = false } # ours\nwiki = { package = "acme-wiki", git = "${kit.gitServer.url}/wiki.git", tag = "v1" }\nacme-forum.path = "../server/../../modules/forum/"\n`);
    const before = await readFile(file(), "utf8");
    const specs = [kit.published("1.0"), kit.fromGit("v1"), kit.path("forum")];
    const first = await resolve(specs);
    expect(first).toMatchObject({ ok: true, resolved: [{}, { version: "1.2.0" }, { version: "1.0.0", integrity: kit.tagged }, { version: "1.0.0" }] });
    // Before the lockfile has the commit, nobody knows that the tag means it.
    const declared = before.replace('tag = "v1"', `rev = "${kit.tagged}"`);
    expect(await readFile(file(), "utf8")).toBe(declared);
    expect(await resolve(specs)).toEqual(first);
    expect(kit.commands).toEqual([]);
    await writeFile(file(), before);
    expect(await resolve(specs)).toMatchObject({ ok: true });
    expect(await readFile(file(), "utf8")).toBe(before);
  });

  test("a module that comes from elsewhere now, and keeps what the host wrote beside it", async () => {
    await appendFile(file(), 'acme-forum = { version = "1", default-features = false } # ours\r\n');
    expect(await resolve([kit.path("forum")])).toMatchObject({ ok: true });
    expect(await dependencies()).toContain('acme-forum = { path = "../../modules/forum", default-features = false } # ours\r');
  });

  test("no module whose name another crate has", async () => {
    await appendFile(file(), 'acme-poll = { package = "acme-library", version = "1" }\n');
    expect(problemsOf(await resolve([kit.published("1.0")]))).toMatchObject([{ code: "dependency_conflict", module: "poll", message: expect.stringContaining("acme-library") as string }]);
  });

  test("an installed module that the host had as optional is really on, or it says which feature is off", async () => {
    const before = await readFile(file(), "utf8");
    const declaring = async (entry: string) => {
      await writeFile(file(), `${before}acme-poll = ${entry}`);
      return resolve([kit.published("1.0")]);
    };
    expect(await declaring('{ version = "1.0", optional = true }\n')).toMatchObject({ ok: true });
    expect(await dependencies()).toContain('acme-poll = { version = "1.0", optional = false }');
    expect(problemsOf(await declaring('{ version = "1.0", optional = true }\n\n[features]\npolls = ["dep:acme-poll"]\n'))).toMatchObject([{ code: "cargo_manifest_invalid", module: "poll", message: expect.stringContaining("feature polls") as string }]);
    expect(await declaring('{ version = "1.0", optional = true }\n\n[features]\ndefault = ["polls"]\npolls = ["dep:acme-poll"]\n')).toMatchObject({ ok: true, resolved: [{}, { version: "1.2.0" }] });
    expect(await dependencies()).toContain('acme-poll = { version = "1.0", optional = true }');
    // Uninstalled, it leaves no feature that names what is not there.
    expect(await resolve([], [kit.published("1.0")])).toMatchObject({ ok: true });
    expect(await readFile(file(), "utf8")).toContain('[features]\ndefault = ["polls"]\npolls = []\n');
  });

  test("a crate without a lockfile before, and one whose own Cargo.toml changed after", async () => {
    await rm(join(kit.workspace, "Cargo.lock"));
    expect(await resolve([kit.path("forum")])).toMatchObject({ ok: true });
    expect(await resolve([kit.path("forum")])).toMatchObject({ ok: true });
    expect(kit.commands).toEqual([]);
    await appendFile(join(kit.workspace, "modules", "forum", "Cargo.toml"), 'acme-poll = "1"\n');
    expect(await resolve([kit.path("forum")])).toMatchObject({ ok: true });
    expect(kit.commands.length).toBe(1);
    expect(await cargoFixture.lockedVersion(kit.workspace, "acme-poll")).toBe("1.2.0");
  });

  test("nothing in a crate that is no member of the host's workspace", async () => {
    await writeFile(join(kit.workspace, "Cargo.toml"), (await readFile(join(kit.workspace, "Cargo.toml"), "utf8")).replace('"apps/server"', '"modules/base"'));
    expect(problemsOf(await resolve([kit.path("forum")]))).toMatchObject([{ code: "cargo_manifest_invalid", message: expect.stringContaining("host-server") as string }]);
    await rm(join(kit.workspace, "Cargo.toml"));
    expect(problemsOf(await resolve([kit.path("forum")]))).toMatchObject([{ code: "cargo_manifest_invalid" }]);
  });

  test("what is downloaded once for all builds, and everything that tests need", async () => {
    await appendFile(join(kit.workspace, "modules", "forum", "Cargo.toml"), '\n[dev-dependencies]\nacme-poll = "1"\n');
    expect(await resolve([kit.path("forum")])).toMatchObject({ ok: true });
    await commitAll(kit.workspace);
    const second = join(kit.root, "second");
    await git(kit.root, "clone", "--quiet", kit.workspace, second);
    expect(await resolve([kit.path("forum")], [], { workspace: second })).toMatchObject({ ok: true });
    expect(kit.commands).toEqual([]);
    expect(await resolve([kit.path("forum")], [], { workspace: second, useCache: false })).toMatchObject({ ok: true });
    expect(kit.commands.length).toBe(1);
    expect(await git(second, "status", "--porcelain")).toBe("");
  });

  describe("a crate of another root", () => {
    test("that is a workspace itself, with what git would track, until it is uninstalled", async () => {
      await writeFiles(outside(), { "extra/.gitignore": "secret\n", "extra/secret": "x", "extra/target/left": "x" });
      await git(outside(), "init", "--quiet");
      await cargoFixture.writeModule(join(outside(), "extra"), { slug: "extra" });
      await appendFile(join(outside(), "extra", "Cargo.toml"), "\n[workspace]\n");
      expect(await resolve([extra()], [], { pathRoots: [outside()] })).toMatchObject({ ok: true, resolved: [{}, { version: "1.0.0" }] });
      expect((await git(kit.workspace, "ls-files", "--others", "--exclude-standard", "vendor")).trim().split("\n")).toEqual(["vendor/modules/extra/.gitignore", "vendor/modules/extra/Cargo.toml", "vendor/modules/extra/module.toml", "vendor/modules/extra/notes.md", "vendor/modules/extra/src/lib.rs"]);
      await expect(lstat(join(takenIn(), "secret"))).rejects.toThrow("ENOENT");
      expect(await resolve([], [extra()])).toMatchObject({ ok: true });
      await expect(lstat(takenIn())).rejects.toThrow("ENOENT");
      expect(await dependencies()).toEqual(['acme-base = { path = "../../modules/base" }', 'acme-library = "1.0"   # the tested one']);
    });

    test("but no link that leads out of it, and nothing that is no crate", async () => {
      await cargoFixture.writeModule(join(outside(), "extra"), { slug: "extra" });
      await symlink("../../outside", join(outside(), "extra", "src", "out"));
      expect(problemsOf(await resolve([extra()], [], { pathRoots: [outside()] }))).toMatchObject([{ code: "path_refused", module: "extra" }]);
      await rm(join(outside(), "extra"), { recursive: true });
      await mkdir(join(outside(), "extra"));
      expect(problemsOf(await resolve([extra()], [], { pathRoots: [outside()] }))).toMatchObject([{ code: "descriptor_missing", module: "extra" }]);
    });
  });

  test.each([
    ["a Cargo.toml that is not valid", "x = = 1\n", { code: "cargo_manifest_invalid", module: "sick", location: { file: "modules/sick/Cargo.toml" } }],
    ["an edition that nobody knows", "", { code: "cargo_manifest_invalid", module: "sick", message: expect.stringContaining("2099") as string }],
    ["a path that is not there", 'acme-none = { path = "../none" }\n', { code: "path_not_found", module: "sick" }],
    ["a circle", 'host-server = { path = "../../apps/server" }\n', { code: "dependency_conflict", module: "sick" }],
    ["a workspace of its own", "\n[workspace]\n", { code: "cargo_manifest_invalid", module: "sick" }],
    ["a feature that another crate does not have", 'acme-library = { version = "1", features = ["none"] }\n', { code: "feature_not_found", module: "sick" }],
    ["a git server that is not there", 'acme-away = { git = "http://127.0.0.1:9/away.git" }\n', { code: "git_unreachable", module: "sick" }],
  ])("and names the module with %s", async (_, more, expected) => {
    await cargoFixture.writeModule(join(kit.workspace, "modules", "sick"), { slug: "sick" });
    const manifest = join(kit.workspace, "modules", "sick", "Cargo.toml");
    await appendFile(manifest, more);
    if (more === "") await writeFile(manifest, (await readFile(manifest, "utf8")).replace("2021", "2099"));
    expect(problemsOf(await resolve([kit.path("sick")]))).toMatchObject([expected]);
  });
});
