import { execFile } from "node:child_process";
import { appendFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { ModuleSpec } from "../../../packages/control-plane/src/manifest/manifest.ts";
import { serveGit } from "../../support/git-http.ts";
import { isThere } from "../../support/requirement.ts";
import { cargoFixture, startOwnRegistry } from "./cargo.ts";
import { commitAll, git, writeFiles } from "./files.ts";
import { compose, problemsOf, useToolchainKit } from "./kit.ts";

/** What cargo's `resolve` promises beyond what every toolchain does; that is in toolchain.test.ts. */
describe.runIf(isThere(cargoFixture.requirement))("the cargo toolchain resolves", () => {
  const kit = useToolchainKit(cargoFixture);
  const cargoToml = "apps/server/Cargo.toml";
  const resolve = (...specs: ModuleSpec[]) => kit.toolchain.resolve(kit.context(), [kit.path("base"), ...specs], []);
  const changedLines = (): Promise<string> => git(kit.workspace, "diff", "--unified=0", "--no-prefix", cargoToml).then((text) => text.split("\n").filter((line) => /^[+-](?![+-])/.test(line)).join("\n"));

  /** A crate of the registry that is more than a greeting. */
  async function publishCrate(slug: string, version: string, more: string, lib?: string): Promise<void> {
    const directory = join(kit.shared, "packages", `${slug}-${version}`);
    await cargoFixture.writeModule(directory, { slug, version });
    await appendFile(join(directory, "Cargo.toml"), more);
    if (lib !== undefined) await writeFile(join(directory, "src", "lib.rs"), lib);
    await kit.registry.publish(directory);
  }

  describe("with one line of Cargo.toml for a module", () => {
    test.each([
      ["of the registry", () => kit.published("^1.0.0"), () => /^\+acme-poll = "\^1\.0\.0"$/],
      ["of the host", () => kit.path("forum"), () => /^\+acme-forum = \{ path = "\.\.\/\.\.\/modules\/forum" \}$/],
      ["of git, at its commit", () => kit.fromGit("v1"), () => new RegExp(`^\\+acme-wiki = \\{ git = "${kit.gitServer.url}/wiki\\.git", rev = "${kit.tagged}" \\}$`)],
    ])("%s, and takes it out again without a trace", async (_, spec, line) => {
      expect(await resolve(spec())).toMatchObject({ ok: true });
      expect(await changedLines()).toMatch(line());
      expect(await kit.toolchain.resolve(kit.context(), [kit.path("base")], [spec()])).toMatchObject({ ok: true });
      expect(await git(kit.workspace, "status", "--porcelain")).toBe("");
    });

    test("that names its features", async () => {
      await publishCrate("festive", "1.0.0", `[features]\nloud = []\n`);
      expect(await resolve({ ...kit.published("^1.0.0", "festive"), features: ["loud"] })).toMatchObject({ ok: true });
      expect(await changedLines()).toBe(`+acme-festive = { version = "^1.0.0", features = ["loud"] }`);
    });

    test("and none where the workspace's dependencies say the same", async () => {
      await writeFiles(kit.workspace, {
        "Cargo.toml": `${await readFile(join(kit.workspace, "Cargo.toml"), "utf8")}\n[workspace.dependencies]\nacme-forum = { path = "modules/forum" }\n`,
        [cargoToml]: `${await readFile(join(kit.workspace, cargoToml), "utf8")}acme-forum.workspace = true\n`,
      });
      expect(await resolve(kit.path("forum"))).toMatchObject({ ok: true, resolved: [{}, { slug: "forum", version: "1.0.0" }] });
      expect(await changedLines()).toBe("+acme-forum.workspace = true");
    });
  });

  test("without moving what is locked already, or runs code of what it downloads", async () => {
    await publishCrate("tracer", "1.0.0", "");
    await cargoFixture.writeModule(join(kit.shared, "packages", "tracer-1.0.0"), { slug: "tracer", scriptWrites: kit.trace });
    await kit.registry.publish(join(kit.shared, "packages", "tracer-1.0.0"));
    await publishCrate("library", "1.9.0", "");
    expect(await kit.toolchain.readDescriptor(kit.published("^1.0.0", "tracer"), kit.source())).toMatchObject({ descriptor: { slug: "tracer" } });
    expect(await resolve(kit.published("^1.0.0", "tracer"))).toMatchObject({ ok: true });
    expect(await kit.toolchain.resolve(kit.context({ useCache: false }), [kit.path("base"), kit.published("^1.0.0", "tracer")], [])).toMatchObject({ ok: true });
    expect(await cargoFixture.lockedVersion(kit.workspace, "acme-library")).toBe("1.0.3");
    await expect(readFile(kit.trace)).rejects.toThrow("ENOENT");
  });

  test("to no version that was yanked, and keeps one that was yanked after it was locked", async () => {
    await publishCrate("regret", "1.0.0", "");
    await publishCrate("regret", "1.1.0", "");
    kit.registry.yank?.("acme-regret", "1.1.0");
    expect(await kit.toolchain.readDescriptor(kit.published("^1.0.0", "regret"), kit.source())).toMatchObject({ resolvedVersion: "1.0.0" });
    expect(await resolve(kit.published("^1.0.0", "regret"))).toMatchObject({ resolved: [{}, { version: "1.0.0" }] });
    kit.registry.yank?.("acme-regret", "1.0.0");
    expect(await kit.toolchain.resolve(kit.context({ useCache: false }), [kit.path("base"), kit.published("^1.0.0", "regret")], [])).toMatchObject({ resolved: [{}, { version: "1.0.0" }] });
    expect(problemsOf(await resolve(kit.published("^1.1.0", "regret")))).toMatchObject([{ code: "version_not_found", module: "regret" }]);
  });

  test("and says who wants which version where they do not agree", async () => {
    await cargoFixture.writeModule(join(kit.workspace, "modules", "rigid"), { slug: "rigid", dependencies: { "acme-poll": "=1.0.0" } });
    const [found] = problemsOf(await resolve(kit.path("rigid"), kit.published("=1.2.0")));
    expect(found).toMatchObject({ code: "dependency_conflict", module: expect.stringMatching(/^(poll|rigid)$/) as string, hint: expect.stringMatching(/version/i) as string });
    for (const said of ["acme-rigid", "1.2.0"]) expect(found?.message).toContain(said);
  });

  test("and names a feature that the module does not have", async () => {
    await publishCrate("plain", "1.0.0", `[features]\nquiet = []\n`);
    expect(problemsOf(await resolve({ ...kit.published("^1.0.0", "plain"), features: ["loud"] }))).toMatchObject([{ code: "feature_not_found", module: "plain", message: expect.stringContaining("loud") as string }]);
  });

  test("nothing that is not as it was locked", async () => {
    await publishCrate("forged", "1.0.0", "");
    await kit.installed(kit.published("^1.0.0", "forged"));
    await publishCrate("forged", "1.0.0", "", "pub fn stolen() {}\n");
    const outcome = await kit.toolchain.resolve(kit.context({ cacheDirectory: join(kit.root, "cache") }), [kit.path("base"), kit.published("^1.0.0", "forged")], []);
    expect(problemsOf(outcome)).toMatchObject([{ code: "integrity_mismatch" }]);
    expect(JSON.stringify(problemsOf(outcome))).toContain("acme-forged");
  });

  test("from a registry that wants a token, which stays with `resolve`", async () => {
    const closed = await startOwnRegistry({ token: "a-token-of-a-test" });
    onTestFinished(() => closed.stop());
    await closed.publish(join(kit.shared, "packages", "1.0.0"));
    const context = kit.context({ cacheDirectory: join(kit.root, "cache") });
    const specs = [kit.path("base"), kit.published("^1.0.0")];
    const reading = await kit.toolchain.readDescriptor(kit.published("^1.0.0"), { ...kit.source(), cacheDirectory: join(kit.root, "cache") });
    const outcome = await kit.toolchain.resolve(context, specs, []);
    expect(JSON.stringify(kit.commands)).toContain("a-token-of-a-test");
    expect(kit.log.join("\n")).not.toContain("a-token-of-a-test");
    expect(await kit.toolchain.compile(kit.context({ cacheDirectory: join(kit.root, "cache") }), compose(...specs))).toEqual({ ok: true });
    expect(JSON.stringify(kit.commands)).not.toContain("a-token-of-a-test");
    expect(reading).toMatchObject({ resolvedVersion: "1.0.0" });
    expect(outcome).toMatchObject({ ok: true, resolved: [{}, { version: "1.0.0" }] });
    await expect(promisify(execFile)("grep", ["-r", "-l", "a-token-of-a-test", kit.root])).rejects.toMatchObject({ code: 1 });
    // One that ended is told from a registry that is away, with what to renew.
    vi.stubEnv("CARGO_REGISTRIES_LOCAL_TOKEN", "a-token-that-ended");
    onTestFinished(() => void vi.unstubAllEnvs());
    const cacheDirectory = join(kit.root, "another-cache");
    const denied = { code: "registry_denied", message: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+ wants credentials, or refuses those/) as string, hint: expect.stringContaining("CARGO_REGISTRIES_LOCAL_TOKEN") as string };
    expect(await kit.toolchain.readDescriptor(kit.published("^1.0.0"), { ...kit.source(), hostDirectory: kit.root, cacheDirectory })).toMatchObject(denied);
    expect(problemsOf(await kit.toolchain.resolve(kit.context({ cacheDirectory }), specs, []))).toMatchObject([denied]);
  });

  test("from a git server that wants credentials, which git finds where the operator keeps them", async () => {
    const closed = await serveGit(join(kit.shared, "git"), { credentials: "ada:hunter22" });
    const settings = await mkdtemp(join(tmpdir(), "modyard-settings-"));
    onTestFinished(async () => {
      vi.unstubAllEnvs();
      await Promise.all([closed.stop(), rm(settings, { recursive: true })]);
    });
    await writeFiles(settings, { "git/config": `[credential]\n\thelper = "!f() { echo username=ada; echo password=hunter22; }; f"\n` });
    vi.stubEnv("XDG_CONFIG_HOME", settings);
    const specs = [kit.path("base"), kit.fromGit("v1", `${closed.url}/wiki.git`)];
    const context = kit.context({ cacheDirectory: join(kit.root, "cache") });
    expect(await kit.toolchain.resolve(context, specs, [])).toMatchObject({ ok: true, resolved: [{}, { slug: "wiki", version: "1.0.0", integrity: kit.tagged }] });
    expect(JSON.stringify(kit.commands) + kit.log.join("\n")).not.toContain("hunter22");
  });

  test.each([
    ["configuration that names programs to run", ".cargo/config.toml", `[registry]\nglobal-credential-providers = ["/bin/sh"]\n`, "cargo_config_refused"],
    ["a toolchain that is not installed", "rust-toolchain.toml", `[toolchain]\nchannel = "1.2.3"\n`, "rust_toolchain_missing"],
    ["a toolchain of the host's own files", "rust-toolchain.toml", `[toolchain]\npath = "tools"\n`, "rust_toolchain_missing"],
  ])("nothing with %s", async (_, file, text, code) => {
    await writeFiles(kit.workspace, { [file]: text });
    expect(problemsOf(await resolve(kit.path("forum")))).toMatchObject([{ code }]);
    expect(kit.commands).toEqual([]);
  });

  test("without running what the host's own configuration names instead of the compiler", async () => {
    const trace = join(kit.workspace, "wrapper-ran");
    await writeFiles(kit.workspace, {
      ".cargo/config.toml": `[build]\nrustc = "tools/rustc"\nrustc-wrapper = "tools/rustc"\nrustc-workspace-wrapper = "tools/rustc"\n`,
      "tools/rustc": `#!/bin/sh\necho "$@" >> ${trace}\nexit 1\n`,
    });
    await promisify(execFile)("chmod", ["+x", join(kit.workspace, "tools/rustc")]);
    expect(await resolve(kit.published("^1.0.0"))).toMatchObject({ ok: true });
    await expect(readFile(trace)).rejects.toThrow("ENOENT");
  });

  test("a module of the registry against the host's own crate, where the host patches it in", async () => {
    await publishCrate("guest", "1.0.0", `acme-core = "0.1"\n`, "pub use acme_core::Core;\n");
    await writeFiles(kit.workspace, {
      "Cargo.toml": `${await readFile(join(kit.workspace, "Cargo.toml"), "utf8")}\n[patch.crates-io]\nacme-core = { path = "crates/core" }\n`,
      "crates/core/Cargo.toml": `[package]\nname = "acme-core"\nversion = "0.1.4"\nedition = "2021"\n`,
      "crates/core/src/lib.rs": "pub struct Core;\n",
    });
    expect(await resolve(kit.published("^1.0.0", "guest"))).toMatchObject({ ok: true, resolved: [{}, { version: "1.0.0" }] });
    expect(await cargoFixture.lockedVersion(kit.workspace, "acme-core")).toBe("0.1.4");
    expect(await kit.toolchain.compile(kit.context(), compose(kit.path("base"), kit.published("^1.0.0", "guest")))).toEqual({ ok: true });
  });

  test("a crate of git that is not at its repository's root", async () => {
    const repository = join(kit.shared, "git", "many.git");
    await writeFiles(repository, { "Cargo.toml": `[workspace]\nmembers = ["crates/*"]\n` });
    for (const slug of ["left", "right"]) await cargoFixture.writeModule(join(repository, "crates", slug), { slug, version: "1.5.0" });
    const commit = await commitAll(repository);
    const spec: ModuleSpec = { ...kit.fromGit("main", `${kit.gitServer.url}/many.git`), slug: "right", packageName: "acme-right" };
    expect(await kit.toolchain.readDescriptor(spec, kit.source())).toMatchObject({ descriptor: { slug: "right", version: "1.5.0" } });
    expect(await resolve(spec)).toMatchObject({ ok: true, resolved: [{}, { slug: "right", version: "1.5.0", integrity: commit }] });
    expect(await kit.toolchain.compile(kit.context(), compose(kit.path("base"), spec))).toEqual({ ok: true });
  });

  test("a crate of an allowed root that stands in a workspace of its own", async () => {
    const outside = join(kit.root, "outside");
    await writeFiles(outside, { "Cargo.toml": `[workspace]\nmembers = ["extra"]\n[workspace.package]\nedition = "2021"\n` });
    await cargoFixture.writeModule(join(outside, "extra"), { slug: "extra" });
    await mkdir(join(outside, "extra", "target"));
    await writeFile(join(outside, "extra", "target", "left-over"), "");
    const context = kit.context({ pathRoots: [outside] });
    expect(await kit.toolchain.resolve(context, [kit.path("base"), kit.path("extra", "extra")], [])).toMatchObject({ ok: true });
    await rm(outside, { recursive: true });
    expect(await git(kit.workspace, "ls-files", "--others", "--exclude-standard")).not.toContain("left-over");
    await expect(readFile(join(kit.workspace, "vendor", "modules", "extra", "target", "left-over"))).rejects.toThrow("ENOENT");
  });
});
