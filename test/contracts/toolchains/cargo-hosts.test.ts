import { execFile } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeEach, describe, expect, test } from "vitest";
import type { HostDescriptor } from "../../../packages/control-plane/src/manifest/host-descriptor.ts";
import type { ModuleSpec } from "../../../packages/control-plane/src/manifest/manifest.ts";
import { isThere } from "../../support/requirement.ts";
import { cargoFixture } from "./cargo.ts";
import { commitAll, writeFiles } from "./files.ts";
import { compose, problemsOf, useToolchainKit } from "./kit.ts";

const manifest = (more: string): string => `[package]\nname = "acme-forum"\nversion = "1.0.0"\nedition = "2021"\n\n[lib]\ndoctest = false\n\n${more}`;

/** Hosts that are laid out in other ways than the suite's own, and crates that need more than other crates. */
describe.runIf(isThere(cargoFixture.requirement))("the cargo toolchain builds", () => {
  const kit = useToolchainKit(cargoFixture);
  const greeting = `fn main() { println!("{}", acme_forum::greeting()); }\n`;

  /** Starts over with a host of these files and the path module forum. */
  async function write(files: Readonly<Record<string, string>>): Promise<void> {
    await rm(kit.workspace, { recursive: true });
    await writeFiles(kit.workspace, { ".gitignore": "target\nbin\n", ...files });
    await cargoFixture.writeModule(join(kit.workspace, "modules", "forum"), { slug: "forum" });
    await commitAll(kit.workspace);
  }

  /** The whole way of a build; gives the artifact's paths. */
  async function build(host: HostDescriptor, app: string, specs: readonly ModuleSpec[] = [kit.path("forum")]): Promise<string[]> {
    expect(await kit.toolchain.resolve(kit.context({ host, app }), specs, [])).toMatchObject({ ok: true });
    expect(await kit.toolchain.compile(kit.context({ host, app }), compose(...specs))).toEqual({ ok: true });
    expect(await kit.toolchain.test(kit.context({ host, app }), compose(...specs))).toEqual({ ok: true });
    return (await kit.toolchain.collect(kit.context({ host, app }))).map(({ path }) => path);
  }

  const forum = (files: Readonly<Record<string, string>>): Promise<void> => writeFiles(join(kit.workspace, "modules", "forum"), files);
  const server = (directory: string): HostDescriptor => ({ ...kit.host, surfaces: kit.host.surfaces.slice(0, 1).map((surface) => ({ ...surface, directory })) });
  const runs = async (program: string): Promise<string> => (await promisify(execFile)(join(kit.workspace, program))).stdout.trim();

  test("a host that is one package", async () => {
    await write({ "Cargo.toml": `[package]\nname = "single"\nversion = "0.4.0"\nedition = "2021"\n\n[dependencies]\n`, "src/main.rs": greeting });
    expect(await build(server("."), "single")).toContain("bin/server");
    expect(await runs("bin/server")).toBe("forum 1.0.0");
    expect(kit.toolchain.readHostVersion(kit.workspace, server("."))).toBe("0.4.0");
  });

  test("a workspace whose root is the server, with other programs beside it", async () => {
    await write({
      "Cargo.toml": `[workspace]\nmembers = ["modules/*"]\n\n[package]\nname = "both"\nversion = "0.1.0"\nedition = "2024"\n\n[dependencies]\n`,
      "src/main.rs": greeting,
      "src/bin/migrate.rs": `fn main() { println!("migrated"); }\n`,
    });
    const paths = await build(server("."), "both");
    expect(paths).toContain("bin/server");
    expect(await runs("bin/server")).toBe("forum 1.0.0");
    expect(await runs("bin/migrate")).toBe("migrated");
  });

  describe("a crate", () => {
    beforeEach(async () => {
      await write({ "Cargo.toml": `[workspace]\nresolver = "2"\nmembers = ["server"]\n`, "server/Cargo.toml": `[package]\nname = "server"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\n`, "server/src/main.rs": greeting });
    });

    test("that needs crates of the registry to be built and tested, without a network", async () => {
      await forum({
        "Cargo.toml": manifest(`[build-dependencies]\nacme-poll = "1"\n\n[dev-dependencies]\nacme-library = "1"\n`),
        "build.rs": `fn main() { println!("cargo:rustc-env=SAID={}", acme_poll::greeting()); }\n`,
        "src/lib.rs": `pub fn greeting() -> &'static str { env!("SAID") }\n#[test]\nfn needs_more() { assert_eq!(acme_library::greeting(), "library 1.0.3"); }\n`,
      });
      await build(server("server"), "server");
      expect(await runs("server/bin/server")).toBe("poll 1.2.0");
    });

    test("that is made of macros of another, and reads its own files", async () => {
      await writeFiles(join(kit.workspace, "macros"), {
        "Cargo.toml": `[package]\nname = "macros"\nversion = "0.1.0"\nedition = "2021"\n\n[lib]\nproc-macro = true\ndoctest = false\n`,
        "src/lib.rs": `#[proc_macro]\npub fn said(_: proc_macro::TokenStream) -> proc_macro::TokenStream { "include_str!(\\"said.txt\\")".parse().unwrap() }\n`,
      });
      await forum({ "Cargo.toml": manifest(`[dependencies]\nmacros = { path = "../../macros" }\n`), "src/lib.rs": `pub fn greeting() -> &'static str { macros::said!() }\n`, "src/said.txt": "first" });
      await build(server("server"), "server");
      expect(await runs("server/bin/server")).toBe("first");
      await forum({ "src/said.txt": "second" });
      await build(server("server"), "server");
      expect(await runs("server/bin/server")).toBe("second");
    });

    test("for a target that is not installed no more than its name", async () => {
      const target = "riscv64gc-unknown-none-elf";
      const context = { host: server("server"), app: "server", target };
      expect(await kit.toolchain.resolve(kit.context(context), [kit.path("forum")], [])).toMatchObject({ ok: true });
      const [found] = problemsOf(await kit.toolchain.compile(kit.context(context), compose(kit.path("forum"))));
      expect(`${found?.message} ${found?.hint}`).toContain(target);
      expect(found?.hint).toContain("rustup target add");
    });
  });

  test("with the tools that it says, down to the platform that rustc builds for", async () => {
    const told = (await promisify(execFile)("rustc", ["-vV"], { cwd: "/" })).stdout;
    const [, platform = "unknown"] = /^host: (.*)$/m.exec(told) ?? [];
    const fingerprint = await kit.toolchain.fingerprint(kit.workspace);
    expect(fingerprint).toContain(told.split("\n")[0]);
    expect(fingerprint).toContain(platform);
  });

  test("two hosts with other modules at once, each its own", async () => {
    const other = join(kit.root, "other");
    await kit.checkout(other);
    const cacheDirectory = join(kit.root, "cache");
    const builds = [[kit.workspace, kit.path("forum"), "acme_forum"], [other, kit.published("=2.0.0"), "acme_poll"]] as const;
    const outcomes = await Promise.all(builds.map(async ([workspace, spec, crate]) => {
      await writeFiles(workspace, { "apps/server/src/main.rs": `fn main() { println!("{} {}", acme_library::greeting(), ${crate}::greeting()); }\n` });
      const resolved = await kit.toolchain.resolve(kit.context({ workspace, cacheDirectory }), [kit.path("base"), spec], []);
      return resolved.ok ? kit.toolchain.compile(kit.context({ workspace, cacheDirectory }), compose(kit.path("base"), spec)) : resolved;
    }));
    expect(outcomes).toEqual([{ ok: true }, { ok: true }]);
    expect(await runs("apps/server/bin/server")).toBe("library 1.0.3 forum 1.0.0");
    expect((await promisify(execFile)(join(other, "apps/server/bin/server"))).stdout.trim()).toBe("library 1.0.3 poll 2.0.0");
    expect(await readFile(join(other, "Cargo.lock"), "utf8")).not.toContain("acme-forum");
  });
});
