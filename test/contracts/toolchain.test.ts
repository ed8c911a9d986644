import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, readFile, readlink, realpath, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSandbox } from "../../packages/control-plane/src/build/sandbox/sandbox.ts";
import type { ComposedModule } from "../../packages/control-plane/src/composition/composition.ts";
import type { HostDescriptor } from "../../packages/control-plane/src/manifest/host-descriptor.ts";
import type { ModuleSpec } from "../../packages/control-plane/src/manifest/manifest.ts";
import type { Command, StepOutcome, ToolchainContext } from "../../packages/control-plane/src/toolchains/toolchain.ts";
import { type GitServer, serveGit } from "../support/git-http.ts";
import { commitAll, git } from "./toolchains/files.ts";
import type { TestRegistry, ToolchainFixture } from "./toolchains/fixture.ts";
import { npmFixture } from "./toolchains/npm.ts";

const fixtures: readonly ToolchainFixture[] = [npmFixture];

const compose = (...specs: ModuleSpec[]): ComposedModule[] => specs.map((spec) => ({ slug: spec.slug, name: spec.slug, spec, version: "1.0.0", kind: "optional", dependsOn: [], migrationPolicy: "expand" }));

function problemsOf(outcome: StepOutcome) {
  return outcome.ok ? [] : outcome.problems;
}

const tracked = (directory: string): string[] => (existsSync(join(directory, ".git")) ? execFileSync("git", ["-C", directory, "ls-files"], { encoding: "utf8" }).trim().split("\n") : []);

describe.each(fixtures)("the $toolchain.name toolchain", (fixture) => {
  const { toolchain } = fixture;
  let shared: string;
  let registry: TestRegistry;
  let gitServer: GitServer;
  let host: HostDescriptor;
  let tagged: string;
  let root: string;
  let workspace: string;

  beforeAll(async () => {
    shared = await realpath(await mkdtemp(join(tmpdir(), "modyard-toolchain-")));
    registry = await fixture.startRegistry();
    gitServer = await serveGit(join(shared, "git"));
    for (const version of ["1.0.0", "1.2.0", "2.0.0"]) {
      await fixture.writeModule(join(shared, "packages", version), { slug: "poll", version });
      await registry.publish(join(shared, "packages", version));
    }
    const repository = join(shared, "git", "wiki.git");
    await fixture.writeModule(repository, { slug: "wiki", version: "1.0.0", unpreparable: true, scriptWrites: scriptFile() });
    tagged = await commitAll(repository);
    await git(repository, "tag", "--annotate", "--message", "one", "v1");
    await fixture.writeModule(repository, { slug: "wiki", version: "1.1.0" });
    await commitAll(repository);
    host = await fixture.createHost(join(shared, "host"));
    await fixture.writeModule(join(shared, "host", "modules", "base"), { slug: "base" });
    await fixture.writeModule(join(shared, "host", "modules", "forum"), { slug: "forum" });
    workspace = join(shared, "host");
    root = shared;
    expect(await toolchain.resolve(context(), [path("base")], [])).toMatchObject({ ok: true });
    await commitAll(join(shared, "host"));
  });

  afterAll(async () => {
    await registry.stop();
    await gitServer.stop();
    await rm(shared, { recursive: true, force: true });
  });

  beforeEach(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), "modyard-build-")));
    workspace = join(root, "workspace");
    await checkout(workspace);
  });

  afterEach(() => rm(root, { recursive: true, force: true }));

  /** A fresh checkout of the host: tracked files only, as the pipeline makes one. */
  async function checkout(to: string): Promise<void> {
    await git(shared, "clone", "--quiet", join(shared, "host"), to);
  }

  const scriptFile = (): string => join(fixture.writableDuringResolve(join(shared, "cache")), "script-ran");

  let commands: Command[] = [];
  let log: string[] = [];

  function context(more: Partial<ToolchainContext> = {}): ToolchainContext {
    commands = [];
    log = [];
    const present = more.workspace ?? workspace;
    const run = createSandbox({ workspace: present, hiddenDirectories: [shared].filter((hidden) => hidden !== root), scratchDirectory: join(root, "scratch"), onLine: (line) => log.push(stripVTControlCharacters(line.text)), signal: new AbortController().signal });
    return {
      workspace: present,
      trackedFiles: tracked(present),
      host,
      cacheDirectory: join(shared, "cache"),
      app: "host-server",
      profile: "release",
      pathRoots: [],
      allowScripts: [],
      useCache: true,
      run: Object.assign((command: Command) => {
        commands.push(command);
        return run(command);
      }, { protects: run.protects }),
      log: (text) => log.push(text),
      progress: () => {},
      ...more,
    };
  }

  const plain = { features: [], required: false, dependsOn: [] } as const;
  const path = (slug: string, at = `modules/${slug}`): ModuleSpec => ({ ...plain, slug, packageName: fixture.packageName(slug), source: "path", path: at });
  const fromGit = (rev: string, address = `${gitServer.url}/wiki.git`): ModuleSpec => ({ ...plain, slug: "wiki", packageName: fixture.packageName("wiki"), source: "git", git: address, rev });
  const published = (version: string, slug = "poll"): ModuleSpec => ({ ...plain, slug, packageName: fixture.packageName(slug), source: fixture.registrySource, version });
  const source = () => ({ hostDirectory: workspace, pathRoots: [] as string[], cacheDirectory: join(shared, "cache") });

  async function installed(...specs: ModuleSpec[]): Promise<void> {
    expect(await toolchain.resolve(context(), [path("base"), ...specs], [])).toMatchObject({ ok: true });
    await commitAll(workspace);
  }

  describe("reads descriptors", () => {
    test("of all sources, without running anything of the module", async () => {
      expect(await toolchain.readDescriptor(path("forum"), source())).toMatchObject({ descriptor: { slug: "forum", version: "1.0.0" }, verified: true });
      expect(await toolchain.readDescriptor(published("^1.0.0"), source())).toMatchObject({ descriptor: { slug: "poll", version: "1.2.0" }, verified: true, resolvedVersion: "1.2.0" });
      expect(await toolchain.readDescriptor(fromGit("v1"), source())).toMatchObject({ descriptor: { slug: "wiki", version: "1.0.0" }, verified: true });
      expect(await toolchain.readDescriptor(fromGit("main"), source())).toMatchObject({ descriptor: { version: "1.1.0" } });
      expect(await toolchain.readDescriptor(fromGit(tagged.slice(0, 9)), source())).toMatchObject({ descriptor: { version: "1.0.0" } });
      await expect(readFile(scriptFile())).rejects.toThrow("ENOENT");
    });

    test("of a full commit that is known already without asking the server again", async () => {
      await toolchain.readDescriptor(fromGit(tagged), source());
      const before = gitServer.requests.length;
      expect(await toolchain.readDescriptor(fromGit(tagged), source())).toMatchObject({ descriptor: { version: "1.0.0" } });
      expect(gitServer.requests.length).toBe(before);
    });

    test("of a package without module.toml from what the package says", async () => {
      await fixture.writeModule(join(workspace, "modules", "bare"), { slug: "bare", version: "3.1.0", descriptorSlug: "none" });
      expect(await toolchain.readDescriptor(path("bare"), source())).toMatchObject({ descriptor: { slug: "bare", version: "3.1.0", description: "Module bare", kind: "optional" } });
    });

    test.each([
      ["a path that leaves the host", () => path("forum", "../other"), "path_refused"],
      ["an absolute path", () => path("forum", "/etc"), "path_refused"],
      ["a path through a symbolic link that leaves the host", () => path("forum", "modules/escape"), "path_refused"],
      ["the host itself", () => path("forum", "."), "path_refused"],
      ["the repository's own data", () => path("forum", ".git/hooks"), "path_refused"],
      ["a path that is not there", () => path("forum", "modules/none"), "path_not_found"],
      ["a directory that is no package", () => path("forum", "apps"), "descriptor_missing"],
      ["a module with another slug", () => path("other", "modules/other"), "descriptor_mismatch"],
      ["a package with another name", () => path("other", "modules/forum"), "descriptor_mismatch"],
      ["a git helper that runs programs", () => fromGit("main", "ext::sh -c touch% /tmp/x"), "git_url_refused"],
      ["a git repository of the server's disk", () => fromGit("main", `file://${shared}/git/wiki.git`), "git_url_refused"],
      ["a git address that is an option", () => fromGit("main", "--upload-pack=touch /tmp/x"), "git_url_refused"],
      ["a revision that is an option", () => fromGit("--output=/tmp/x"), "git_rev_not_found"],
      ["a branch that does not exist", () => fromGit("no-such-branch"), "git_rev_not_found"],
      ["a commit that does not exist", () => fromGit("0123456789012345678901234567890123456789"), "git_rev_not_found"],
      ["a repository that does not exist", () => fromGit("main", `${gitServer.url}/none.git`), "git_unreachable"],
      ["a git server that is not there", () => fromGit("main", "http://127.0.0.1:9/none.git"), "git_unreachable"],
      ["a package that does not exist", () => published("^1.0.0", "no-such-package"), "package_not_found"],
      ["a version that is an address", () => published("file:/etc"), "version_not_found"],
    ])("refuses %s", async (_, spec, code) => {
      await symlink(tmpdir(), join(workspace, "modules", "escape"));
      await mkdir(join(root, "other"));
      await fixture.writeModule(join(workspace, "modules", "other"), { slug: "other", descriptorSlug: "forum" });
      const { slug } = spec();
      expect(await toolchain.readDescriptor(spec(), source())).toMatchObject({ code, module: slug, message: expect.any(String) as string });
    });

    test("tells which versions there are when the wanted one is not", async () => {
      expect(await toolchain.readDescriptor(published("^9.0.0"), source())).toMatchObject({ code: "version_not_found", hint: expect.stringContaining("2.0.0, 1.2.0, 1.0.0") as string });
    });

    test("of the version that the lockfile holds, unless the newest is asked for", async () => {
      expect(await toolchain.resolve(context(), [path("base"), published("1.0.0")], [])).toMatchObject({ ok: true });
      expect(await toolchain.readDescriptor(published("^1.0.0"), source())).toMatchObject({ resolvedVersion: "1.0.0" });
      expect(await toolchain.readDescriptor(published("^1.0.0"), { ...source(), newest: true })).toMatchObject({ resolvedVersion: "1.2.0" });
      expect(await toolchain.readInstalledVersions(workspace, host, [path("base"), published("^1.0.0")])).toEqual(new Map([["poll", "1.0.0"]]));
      expect(await toolchain.readInstalledVersions(workspace, host, [published("^2.0.0"), fromGit("v1")])).toEqual(new Map());
    });

    test("from an allowed root outside the host", async () => {
      const outside = join(root, "outside");
      await fixture.writeModule(join(outside, "extra"), { slug: "extra" });
      expect(await toolchain.readDescriptor(path("extra", "extra"), { ...source(), pathRoots: [outside] })).toMatchObject({ descriptor: { slug: "extra" } });
      expect(await toolchain.readDescriptor(path("extra", "extra"), source())).toMatchObject({ code: "path_not_found" });
    });
  });

  describe("resolves", () => {
    test("a path module, and does nothing when it is declared already", async () => {
      const first = await toolchain.resolve(context(), [path("base"), path("forum")], []);
      expect(first).toMatchObject({ ok: true, resolved: [{ slug: "base", version: "1.0.0" }, { slug: "forum", version: "1.0.0" }] });
      expect(await fixture.lockedVersion(workspace, fixture.packageName("forum"))).toBe("1.0.0");
      expect(commands.length).toBe(1);
      const changed = (await git(workspace, "status", "--porcelain")).split("\n").map((line) => line.trim().split(" ").at(-1));
      for (const file of changed) expect(toolchain.compositionFiles(host)).toContain(file);
      expect(await toolchain.resolve(context(), [path("base"), path("forum")], [])).toEqual(first);
      expect(commands).toEqual([]);
    });

    test("a range of the registry to an exact version with its integrity, and keeps to it", async () => {
      const outcome = await toolchain.resolve(context(), [path("base"), published("^1.0.0")], []);
      expect(outcome).toMatchObject({ ok: true, resolved: [{ slug: "base" }, { slug: "poll", version: "1.2.0", integrity: expect.stringMatching(/^sha/) as string }] });
      expect(await toolchain.resolve(context(), [path("base"), published("^1.0.0")], [])).toMatchObject({ ok: true });
      expect(commands).toEqual([]);
      expect(await toolchain.resolve(context(), [path("base"), published("^2.0.0")], [])).toMatchObject({ resolved: [{}, { version: "2.0.0" }] });
    });

    test("a git revision to its commit, and runs no script of it", async () => {
      expect(await toolchain.resolve(context(), [path("base"), fromGit("v1")], [])).toMatchObject({ ok: true, resolved: [{}, { slug: "wiki", version: "1.0.0", integrity: tagged }] });
      expect(await toolchain.resolve(context(), [path("base"), fromGit("v1")], [])).toMatchObject({ ok: true });
      expect(commands).toEqual([]);
      expect(await toolchain.resolve(context({ useCache: false }), [path("base"), fromGit("v1")], [])).toMatchObject({ ok: true });
      await checkout(join(root, "afresh"));
      expect(await toolchain.resolve(context({ workspace: join(root, "afresh"), useCache: false }), [path("base"), fromGit("v1")], [])).toMatchObject({ ok: true });
      await expect(readFile(scriptFile())).rejects.toThrow("ENOENT");
    });

    test("a removal, together with an installation", async () => {
      await installed(published("^1.0.0"));
      expect(await toolchain.resolve(context(), [path("base"), path("forum")], [published("^1.0.0")])).toMatchObject({ ok: true });
      expect(await fixture.lockedVersion(workspace, fixture.packageName("poll"))).toBeUndefined();
      expect(await fixture.lockedVersion(workspace, fixture.packageName("forum"))).toBe("1.0.0");
    });

    test("a module of an allowed root into the host's own files, so that the host builds anywhere", async () => {
      const outside = join(root, "outside");
      await fixture.writeModule(join(outside, "extra"), { slug: "extra" });
      const specs = [path("base"), path("extra", "extra")];
      expect(await toolchain.resolve(context({ pathRoots: [outside] }), specs, [])).toMatchObject({ ok: true, resolved: [{}, { slug: "extra", version: "1.0.0" }] });
      await rm(outside, { recursive: true });
      expect(await toolchain.compile(context(), compose(...specs))).toEqual({ ok: true });
    });

    test.each([
      ["a package that does not exist", () => published("^1.0.0", "no-such-package"), "package_not_found"],
      ["a version that does not exist", () => published("^9.0.0"), "version_not_found"],
      ["a path outside the roots", () => path("forum", "../x"), "path_refused"],
      ["a revision that does not exist", () => fromGit("none"), "git_rev_not_found"],
      ["a dependency that does not exist", () => path("needy"), "package_not_found"],
    ])("names the module of %s", async (_, spec, code) => {
      await fixture.writeModule(join(workspace, "modules", "needy"), { slug: "needy", dependencies: { [fixture.packageName("missing")]: "^1.0.0" } });
      const outcome = await toolchain.resolve(context(), [path("base"), spec()], []);
      const { slug } = spec();
      expect(problemsOf(outcome)).toMatchObject([slug === "needy" ? { code } : { code, module: slug }]);
    });

    test("says that the registry cannot be reached", async () => {
      const { npm_config_registry: before } = process.env;
      process.env["npm_config_registry"] = "http://127.0.0.1:9/";
      const outcome = await toolchain.resolve(context(), [path("base"), published("^1.0.0")], []);
      process.env["npm_config_registry"] = before;
      expect(problemsOf(outcome)).toMatchObject([{ code: "registry_unreachable" }]);
    });
  });

  describe("compiles and tests", () => {
    test("what the lockfile says, each command once, without a network", async () => {
      await installed(path("forum"), published("^1.0.0"));
      expect(await toolchain.compile(context(), compose(path("base"), path("forum"), published("^1.0.0")))).toEqual({ ok: true });
      expect(commands.every(({ network }) => network === "none")).toBe(true);
      expect((await readFile(join(workspace, "build-runs.log"), "utf8")).trim()).toBe("run");
      expect(await toolchain.test(context(), compose(path("base"), path("forum")))).toEqual({ ok: true });
    });

    test("in a fresh checkout without running the package manager again", async () => {
      await installed(path("forum"));
      expect(await toolchain.compile(context(), compose(path("base"), path("forum")))).toEqual({ ok: true });
      const second = join(root, "second");
      await git(root, "clone", "--quiet", workspace, second);
      expect(await toolchain.resolve(context({ workspace: second }), [path("base"), path("forum")], [])).toMatchObject({ ok: true });
      expect(commands).toEqual([]);
      expect(await toolchain.compile(context({ workspace: second }), compose(path("base"), path("forum")))).toEqual({ ok: true });
      expect(commands.length).toBe(1);
    });

    test("with the installed packages as they are in the cache, as long as the build leaves them alone; else with a copy", async () => {
      const [server] = host.surfaces;
      if (server === undefined) throw new Error("no surface");
      const cacheDirectory = join(root, "cache");
      const library = "node_modules/@acme/library/index.js";
      const building = async (script: string, name: string): Promise<StepOutcome> => {
        const directory = join(root, name);
        await checkout(directory);
        const present = context({ workspace: directory, cacheDirectory, host: { ...host, surfaces: [{ ...server, build: ["node", "-e", script] }] } });
        expect(await toolchain.resolve(present, [path("base")], [])).toMatchObject({ ok: true });
        commands = [];
        return toolchain.compile(present, compose(path("base")));
      };
      const original = `require("node:fs").readFileSync("${library}", "utf8").includes("vandal") && process.exit(1)`;
      expect(await building(`require("node:fs").writeFileSync("node_modules/.cache/state", ""); ${original}`, "first")).toEqual({ ok: true });
      expect(commands.length).toBe(1);
      const vandal = `for (const f of ["chmodSync", "writeFileSync"]) require("node:fs")[f]("${library}", f === "chmodSync" ? 0o666 : "vandal")`;
      expect(await building(vandal, "second")).toEqual({ ok: true });
      expect(commands.length).toBe((await createSandbox({ workspace, hiddenDirectories: [], scratchDirectory: root, onLine: () => {}, signal: new AbortController().signal }).protects?.()) === true ? 2 : 1);
      expect(await readFile(join(root, "second", library), "utf8")).toBe("vandal");
      expect(await building(original, "third")).toEqual({ ok: true });
      expect(await readFile(join(root, "first", library), "utf8")).toContain("greeting");
    });

    test("names the module, file and line of an error", async () => {
      await fixture.writeModule(join(workspace, "modules", "faulty"), { slug: "faulty", fault: "compile" });
      await installed(path("faulty"));
      const outcome = await toolchain.compile(context(), compose(path("base"), path("faulty")));
      expect(problemsOf(outcome)).toMatchObject([{ code: "compile_failed", module: "faulty", location: { file: expect.stringContaining("modules/faulty/") as string, line: 2 } }]);
      expect(outcome).toMatchObject({ ok: false, excerpt: expect.arrayContaining([expect.stringContaining("broken")]) as string[] });
    });

    test("names the module of an error in an installed package", async () => {
      await fixture.writeModule(join(shared, "packages", "sick"), { slug: "sick", fault: "compile" });
      await registry.publish(join(shared, "packages", "sick"));
      await installed(published("1.0.0", "sick"));
      const outcome = await toolchain.compile(context(), compose(path("base"), published("1.0.0", "sick")));
      expect(problemsOf(outcome)).toMatchObject([{ code: "compile_failed", module: "sick" }]);
    });

    test("names the module whose test fails", async () => {
      await fixture.writeModule(join(workspace, "modules", "flawed"), { slug: "flawed", fault: "test" });
      await installed(path("flawed"));
      expect(await toolchain.compile(context(), compose(path("base"), path("flawed")))).toEqual({ ok: true });
      const outcome = await toolchain.test(context(), compose(path("base"), path("flawed")));
      expect(problemsOf(outcome)).toMatchObject([{ code: "tests_failed", module: "flawed", message: expect.stringContaining("flawed greets") as string }]);
    });

    test.each([
      ["a program that is missing", ["no-such-compiler"], "command_not_found"],
      ["a command that hangs", ["sleep", "1000"], "step_timed_out"],
      ["a command that the kernel killed", ["sh", "-c", "kill -9 $$"], "step_out_of_memory"],
      ["a command that fails without a word", ["false"], "compile_failed"],
      ["a full disk", ["sh", "-c", "echo 'write: No space left on device' >&2; exit 1"], "disk_full"],
    ])("tells %s apart", async (_, build, code) => {
      const [server] = host.surfaces;
      if (server === undefined) throw new Error("no surface");
      const run = createSandbox({ workspace, hiddenDirectories: [], scratchDirectory: join(root, "scratch"), onLine: () => {}, signal: new AbortController().signal, limits: { seconds: 1 } });
      const outcome = await toolchain.compile(context({ host: { ...host, surfaces: [{ ...server, build }] }, run }), compose(path("base")));
      expect(problemsOf(outcome)).toMatchObject([{ code }]);
    });

    test("lifecycle scripts run only where they are allowed, and then in the sandbox", async () => {
      const written = join(shared, "outside-the-sandbox");
      await fixture.writeModule(join(workspace, "modules", "native"), { slug: "native", scriptWrites: "inside.log" });
      await fixture.writeModule(join(workspace, "modules", "greedy"), { slug: "greedy", scriptWrites: written });
      await installed(path("native"), path("greedy"));
      expect(await toolchain.compile(context(), compose(path("base"), path("native"), path("greedy")))).toEqual({ ok: true });
      await expect(readFile(join(workspace, "modules", "native", "inside.log"))).rejects.toThrow("ENOENT");
      expect(await toolchain.compile(context({ allowScripts: [fixture.packageName("native")] }), compose(path("base"), path("native")))).toEqual({ ok: true });
      expect(await readFile(join(workspace, "modules", "native", "inside.log"), "utf8")).toContain("postinstall");
      await toolchain.compile(context({ allowScripts: [fixture.packageName("greedy")] }), compose(path("base"), path("greedy")));
      await expect(readFile(written)).rejects.toThrow("ENOENT");
    });
  });

  describe("collects", () => {
    test("what the application needs and nothing else, the same each time", async () => {
      // oxlint-disable-next-line unicorn/consistent-function-scoping -- it belongs to this test alone
      const collected = async (directory: string, useCache: boolean): Promise<Map<string, string>> => {
        expect(await toolchain.resolve(context({ workspace: directory, useCache }), [path("base"), path("forum"), published("1.0.0")], [])).toMatchObject({ ok: true });
        expect(await toolchain.compile(context({ workspace: directory, useCache }), compose(path("base"), path("forum"), published("1.0.0")))).toEqual({ ok: true });
        const entries = await toolchain.collect(context({ workspace: directory }));
        return new Map(await Promise.all(entries.map(async (entry) => [entry.path, await readlink(entry.source).catch(() => readFile(entry.source, "utf8"))] as const)));
      };
      const first = await collected(workspace, true);
      const paths = [...first.keys()];
      expect(paths).toEqual(paths.toSorted());
      for (const needed of ["apps/server/dist/main.js", "apps/server/package.json", "modules/forum/index.js", "modules/forum/module.toml", "node_modules/@acme/forum", "node_modules/@acme/poll/index.js", "node_modules/@acme/library/index.js", "node_modules/.bin/library"]) expect(paths).toContain(needed);
      for (const unneeded of ["node_modules/@acme/builder/builder.js", "node_modules/.bin/builder", "node_modules/.package-lock.json", "node_modules/.cache/build-was-here", "node_modules/.modyard-tree", "build-runs.log"]) expect(paths).not.toContain(unneeded);
      expect(first.get("node_modules/@acme/forum")).toBe("../../modules/forum");
      const second = join(root, "second");
      await checkout(second);
      expect(await collected(second, false)).toEqual(first);
    });
  });

  test("says which tools it builds with", async () => {
    const fingerprint = await toolchain.fingerprint(workspace);
    expect(fingerprint).toBe(await toolchain.fingerprint(workspace));
    expect(fingerprint).toContain(process.arch);
    expect(toolchain.readHostVersion(workspace, host)).toBe("0.2.0");
  });

  test("two builds at once that keep the same tree do not disturb each other", async () => {
    const other = join(root, "other");
    await cp(workspace, other, { recursive: true });
    const specs = [path("base"), published("^2.0.0")];
    const outcomes = await Promise.all([workspace, other].map((directory) => toolchain.resolve(context({ workspace: directory }), specs, [])));
    expect(outcomes).toMatchObject([{ ok: true }, { ok: true }]);
    const compiled = await Promise.all([workspace, other].map((directory) => toolchain.compile(context({ workspace: directory }), compose(...specs))));
    expect(compiled).toEqual([{ ok: true }, { ok: true }]);
    expect((await readdir(join(workspace, "node_modules", "@acme"))).toSorted()).toEqual((await readdir(join(other, "node_modules", "@acme"))).toSorted());
  });
});
