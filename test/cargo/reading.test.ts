import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ModuleSpec } from "../../packages/control-plane/src/manifest/manifest.ts";
import { cargoHomeOf, prepareCargoHome, registryTokens } from "../../packages/control-plane/src/toolchains/cargo/cargo-home.ts";
import { readDescriptor } from "../../packages/control-plane/src/toolchains/cargo/descriptor.ts";
import { fingerprint } from "../../packages/control-plane/src/toolchains/cargo/fingerprint.ts";
import { findRustTools } from "../../packages/control-plane/src/toolchains/cargo/rust-tools.ts";
import type { DescriptorSource } from "../../packages/control-plane/src/toolchains/toolchain.ts";
import { commitAll, git, writeFiles } from "../contracts/toolchains/files.ts";
import { type CargoRegistry, startCargoRegistry } from "../support/cargo-registry.ts";
import { type GitServer, serveGit } from "../support/git-http.ts";
import { cargo, isThere } from "../support/requirement.ts";

const token = "a-token-of-the-operator";
const plain = { features: [], required: false, dependsOn: [] } as const;
const published = (version: string | undefined, name = "acme-poll"): ModuleSpec => ({ ...plain, slug: "poll", packageName: name, source: "crates-io", ...(version === undefined ? {} : { version }) });

const path = (slug: string, at: string): ModuleSpec => ({ ...plain, slug, packageName: `acme-${slug}`, source: "path", path: at });

/** The Cargo.toml of a crate that inherits. */
const member = (name: string): string => `[package]\nname = "${name}"\nversion.workspace = true\nedition.workspace = true\n`;
const crate = (name: string, version: string, more: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> => ({
  "Cargo.toml": `[package]\nname = "${name}"\nversion = "${version}"\nedition = "2021"\ndescription = "Crate ${name}"\nlicense = "MIT"\n`,
  "src/lib.rs": "",
  ...more,
});
const descriptor = (slug: string, version: string): string => `[module]\nslug = "${slug}"\nname = "${slug}"\ndescription = "The ${slug}"\nversion = "${version}"\n`;

describe.runIf(isThere(cargo))("reading of cargo hosts", () => {
  let root: string;
  let registry: CargoRegistry;
  let gitServer: GitServer;
  let operator: string | undefined;
  let source: DescriptorSource;

  const fromGit = (packageName: string, slug: string): ModuleSpec => ({ ...plain, slug, packageName, source: "git", git: `${gitServer.url}/many.git`, rev: "v1" });

  beforeAll(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), "modyard-cargo-reading-")));
    registry = await startCargoRegistry({ token });
    gitServer = await serveGit(join(root, "git"));
    operator = process.env["CARGO_HOME"];
    process.env["CARGO_HOME"] = registry.cargoHome;
    for (const version of ["1.0.0", "1.2.0", "1.3.0", "2.0.0", "3.0.0-beta.1"]) {
      const directory = join(root, "packages", version);
      await writeFiles(directory, crate("acme-poll", version, { "module.toml": descriptor("poll", version), "build.rs": `fn main() { std::fs::write("${root}/ran", "").unwrap() }` }));
      await registry.publish(directory);
    }
    registry.yank("acme-poll", "1.3.0");
  });

  afterAll(async () => {
    if (operator === undefined) delete process.env["CARGO_HOME"];
    else process.env["CARGO_HOME"] = operator;
    await registry.stop();
    await gitServer.stop();
    await rm(root, { recursive: true, force: true });
  });

  beforeEach(async () => {
    const directory = await mkdtemp(join(root, "case-"));
    await mkdir(join(directory, "host"));
    source = { hostDirectory: join(directory, "host"), pathRoots: [], cacheDirectory: join(directory, "cache") };
  });

  const checksumOf = async (version: string, name: string): Promise<string> => {
    const index = await fetch(`${registry.url}/index/ac/me/${name}`, { headers: { authorization: token } }).then((answer) => answer.text());
    const entry = index.trim().split("\n").map((line) => JSON.parse(line) as { vers: string; cksum: string }).find(({ vers }) => vers === version);
    return entry?.cksum ?? "";
  };

  const lock = async (version: string, name = "acme-poll"): Promise<void> => {
    const text = `version = 4\n\n[[package]]\nname = "${name}"\nversion = "${version}"\nsource = "registry+https://registry.example.org/index"\nchecksum = "${await checksumOf(version, name)}"\n`;
    await writeFile(join(source.hostDirectory, "Cargo.lock"), text);
  };

  describe("a crate of the registry", () => {
    test.each([
      ["^1.0.0", "1.2.0"],
      ["1.0", "1.2.0"],
      [">=1, <3", "2.0.0"],
      ["=1.0.0", "1.0.0"],
      ["3.0.0-beta.0", "3.0.0-beta.1"],
      [undefined, "2.0.0"],
    ])("is read in the newest version that %s allows: %s", async (requirement, version) => {
      const reading = await readDescriptor(published(requirement), source);
      expect(reading).toMatchObject({ descriptor: { slug: "poll", version }, verified: true, resolvedVersion: version });
      await expect(readFile(join(root, "ran"))).rejects.toThrow("ENOENT");
    });

    test("is read in the locked version, and without cargo and network once it is downloaded", async () => {
      await lock("1.0.0");
      expect(await readDescriptor(published("^1.0.0"), source)).toMatchObject({ resolvedVersion: "1.0.0" });
      const before = registry.requests.length;
      expect(await readDescriptor(published("^1.0.0"), source)).toMatchObject({ resolvedVersion: "1.0.0" });
      expect(registry.requests.length).toBe(before);
      expect(await readDescriptor(published("^1.0.0"), { ...source, newest: true })).toMatchObject({ resolvedVersion: "1.2.0" });
      expect(await readDescriptor(published("^2.0.0"), source)).toMatchObject({ resolvedVersion: "2.0.0" });
    });

    test("that was yanked after it was locked is read as long as it is downloaded; otherwise that is said", async () => {
      await writeFiles(join(root, "gone"), crate("acme-gone", "1.0.0"));
      await registry.publish(join(root, "gone"));
      const spec = published("1", "acme-gone");
      await readDescriptor(spec, source);
      registry.yank("acme-gone", "1.0.0");
      await lock("1.0.0", "acme-gone");
      expect(await readDescriptor(spec, source)).toMatchObject({ resolvedVersion: "1.0.0" });
      expect(await readDescriptor(spec, { ...source, cacheDirectory: join(source.hostDirectory, "other") })).toMatchObject({ code: "version_not_found", message: expect.stringContaining("acme-gone 1.0.0") as string });
    });

    test("that is published meanwhile is found", async () => {
      await writeFiles(join(root, "late"), crate("acme-late", "0.1.0"));
      expect(await readDescriptor(published("0.1", "acme-late"), source)).toMatchObject({ code: "package_not_found" });
      await registry.publish(join(root, "late"));
      expect(await readDescriptor(published("0.1", "acme-late"), source)).toMatchObject({ resolvedVersion: "0.1.0", descriptor: { description: "Crate acme-late" } });
      await writeFiles(join(root, "late"), crate("acme-late", "0.1.1"));
      await registry.publish(join(root, "late"));
      expect(await readDescriptor(published("0.1", "acme-late"), source)).toMatchObject({ resolvedVersion: "0.1.1" });
    });

    test.each([
      ["that is not there", published("^1.0.0", "acme-none"), "package_not_found"],
      ["whose name is an option", published("^1.0.0", "--config=x"), "package_not_found"],
      ["in a version that is not there", published("^9.0.0"), "version_not_found"],
      ["in a version that is an address", published("file:/etc"), "version_not_found"],
    ])("%s", async (_, spec, code) => {
      expect(await readDescriptor(spec, source)).toMatchObject({ code, module: "poll" });
    });

    test("tells which versions there are, newest first and without the yanked", async () => {
      const reading = await readDescriptor(published("^9.0.0"), source);
      expect(reading).toMatchObject({ details: { versions: ["3.0.0-beta.1", "2.0.0", "1.2.0", "1.0.0"] }, hint: expect.stringContaining("2.0.0, 1.2.0, 1.0.0") as string });
    });

    test("of a registry that does not answer is known as far as it was read before", async () => {
      await readDescriptor(published("^1.0.0"), source);
      const configuration = join(registry.cargoHome, "config.toml");
      const before = await readFile(configuration, "utf8");
      await writeFile(configuration, before.replace(/127\.0\.0\.1:\d+/, "127.0.0.1:9"));
      try {
        expect(await readDescriptor(published("^1.0.0"), source)).toMatchObject({ resolvedVersion: "1.2.0" });
        expect(await readDescriptor(published("^1.0.0"), { ...source, newest: true })).toMatchObject({ code: "registry_unreachable" });
        expect(await readDescriptor(published("^1.0.0", "acme-other"), source)).toMatchObject({ code: "registry_unreachable", message: expect.stringContaining("127.0.0.1") as string });
      } finally {
        await writeFile(configuration, before);
      }
    });
  });

  describe("the operator's configuration", () => {
    test("may put a registry on the disk in the place of crates.io", async () => {
      const disk = join(source.hostDirectory, "..", "disk");
      const [index, bytes] = await Promise.all(["/index/ac/me/acme-poll", "/crates/acme-poll/1.2.0/download"].map(async (address) => Buffer.from(await (await fetch(`${registry.url}${address}`, { headers: { authorization: token } })).arrayBuffer())));
      await writeFiles(disk, { "index/ac/me/acme-poll": index?.toString().split("\n").filter((line) => /"vers":"1\.[02]\.0"/.test(line)).join("\n") ?? "", "home/config.toml": `[source.crates-io]\nreplace-with = "disk"\n\n[source.disk]\nlocal-registry = "${disk}"\n` });
      await writeFile(join(disk, "acme-poll-1.2.0.crate"), bytes ?? "");
      process.env["CARGO_HOME"] = join(disk, "home");
      try {
        expect(await readDescriptor(published("1"), source)).toMatchObject({ descriptor: { slug: "poll" }, resolvedVersion: "1.2.0" });
        expect(await readDescriptor(published("2"), source)).toMatchObject({ code: "version_not_found", hint: expect.stringContaining("1.2.0, 1.0.0") as string });
      } finally {
        process.env["CARGO_HOME"] = registry.cargoHome;
      }
    });

    test("is taken over without secrets, which are handed on as variables", async () => {
      await prepareCargoHome(source.cacheDirectory);
      const text = await readFile(join(cargoHomeOf(source.cacheDirectory), "config.toml"), "utf8");
      expect(text).toContain(`sparse+${registry.url}/index/`);
      expect(text).not.toContain(token);
      expect(await registryTokens()).toEqual({ CARGO_REGISTRY_GLOBAL_CREDENTIAL_PROVIDERS: "cargo:token", CARGO_REGISTRIES_LOCAL_TOKEN: token, CARGO_REGISTRIES_LOCAL_INDEX: `sparse+${registry.url}/index/` });
    });
  });

  describe("a crate of a git repository", () => {
    test("is found by its name anywhere in it, with what it inherits from its workspace", async () => {
      const repository = join(root, "git", "many.git");
      await writeFiles(repository, {
        "Cargo.toml": `[workspace]\nmembers = ["crates/*"]\n\n[workspace.package]\nversion = "0.7.3"\nedition = "2021"\n`,
        "crates/acme-wiki/Cargo.toml": member("acme-wiki"),
        "crates/acme-wiki/module.toml": descriptor("wiki", "0.7.3"),
        "crates/acme-wiki-extra/Cargo.toml": `[package]\nname = 'acme-wiki-extra'\nversion = "0.2.0"\n\n[dependencies]\nwiki = { package = "acme-wiki", path = "../acme-wiki" }\n\n[[bin]]\nname = "acme-wiki"\n`,
      });
      await commitAll(repository);
      await git(repository, "tag", "v1");
      expect(await readDescriptor(fromGit("acme-wiki", "wiki"), source)).toMatchObject({ descriptor: { slug: "wiki", name: "wiki" }, resolvedVersion: "0.7.3" });
      expect(await readDescriptor(fromGit("acme-wiki-extra", "extra"), source)).toMatchObject({ descriptor: { slug: "extra", version: "0.2.0" } });
      expect(await readDescriptor(fromGit("acme-none", "none"), source)).toMatchObject({ code: "descriptor_missing", module: "none" });
    });
  });

  describe("a crate of the host's own tree", () => {
    test("inherits from the nearest workspace inside the host", async () => {
      await writeFiles(source.hostDirectory, {
        "Cargo.toml": `[workspace]\nmembers = ["crates/*"]\n\n[workspace.package]\nversion = "0.4.0"\ndescription = "Everything"\n`,
        "crates/forum/Cargo.toml": `[package]\nname = "acme-forum"\nversion = { workspace = true }\ndescription.workspace = true\n`,
      });
      expect(await readDescriptor(path("forum", "crates/forum"), source)).toMatchObject({ descriptor: { version: "0.4.0", description: "Everything" }, resolvedVersion: "0.4.0" });
    });

    test("says what it is in RusToK's own file, unless it has a module.toml", async () => {
      const forum = join(source.hostDirectory, "crates", "forum");
      await writeFiles(forum, crate("acme-forum", "1.0.0", { "rustok-module.toml": `[module]\nslug = "forum"\nname = "RusToK's forum"\nversion = "1.0.0"\n` }));
      expect(await readDescriptor(path("forum", "crates/forum"), source)).toMatchObject({ descriptor: { name: "RusToK's forum" } });
      await writeFiles(forum, { "module.toml": descriptor("forum", "1.0.0") });
      expect(await readDescriptor(path("forum", "crates/forum"), source)).toMatchObject({ descriptor: { name: "forum" } });
    });

    test("with another name is refused, with what to write", async () => {
      await writeFiles(join(source.hostDirectory, "crates", "forum"), crate("acme-board", "1.0.0"));
      expect(await readDescriptor(path("forum", "crates/forum"), source)).toMatchObject({ code: "descriptor_mismatch", hint: expect.stringContaining(`crate = "acme-board"`) as string });
    });
  });

  describe("the Rust tools", () => {
    test("are the toolchain's own programs", async () => {
      const found = await findRustTools(source.hostDirectory);
      if (!found.ok) throw new Error(found.problems[0]?.message);
      const { cargo: program, rustc, version, hostTriple, binDirectory } = found.value;
      expect(await realpath(program)).toBe(program);
      expect(program).not.toMatch(/rustup$/);
      expect(execFileSync(rustc, ["--version"], { encoding: "utf8", env: { PATH: binDirectory } })).toContain(version);
      expect(hostTriple).toMatch(/^[a-z0-9_]+-/);
      const text = await fingerprint(source.hostDirectory);
      expect(text).toBe(await fingerprint(source.hostDirectory));
      for (const part of [`rustc ${version}`, "cargo ", "linker ", process.arch]) expect(text).toContain(part);
    });

    test.runIf(hasRustup())("that the host wants and nobody installed are named", async () => {
      await writeFile(join(source.hostDirectory, "rust-toolchain.toml"), `[toolchain]\nchannel = "1.2.3"\n`);
      expect(await findRustTools(source.hostDirectory)).toMatchObject({ ok: false, problems: [{ code: "rust_toolchain_missing", hint: expect.stringContaining("rustup toolchain install 1.2.3") as string }] });
      await writeFile(join(source.hostDirectory, "rust-toolchain.toml"), `[toolchain]\npath = "${root}"\n`);
      expect(await findRustTools(source.hostDirectory)).toMatchObject({ ok: false, problems: [{ code: "rust_toolchain_missing" }] });
    });
  });
});

function hasRustup(): boolean {
  try {
    execFileSync("rustup", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
