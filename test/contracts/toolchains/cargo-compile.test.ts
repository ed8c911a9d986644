import { execFile } from "node:child_process";
import { appendFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { sandboxCapabilities } from "../../../packages/control-plane/src/build/sandbox/capabilities.ts";
import type { ToolchainContext } from "../../../packages/control-plane/src/toolchains/toolchain.ts";
import { isThere } from "../../support/requirement.ts";
import { cargoFixture } from "./cargo.ts";
import { git, writeFiles } from "./files.ts";
import { compose, plainSandbox, problemsOf, useToolchainKit } from "./kit.ts";

const run = promisify(execFile);
const real = await sandboxCapabilities();
const program = "apps/server/bin/server";

/** What cargo's `compile` and `test` promise beyond what every toolchain does; that is in toolchain.test.ts. */
describe.runIf(isThere(cargoFixture.requirement))("the cargo toolchain compiles", () => {
  const kit = useToolchainKit(cargoFixture);
  const compile = (slugs: readonly string[], more: Partial<ToolchainContext> = {}) => kit.toolchain.compile(kit.context(more), compose(...["base", ...slugs].map((slug) => kit.path(slug))));
  const says = async (workspace = kit.workspace): Promise<string> => (await run(join(workspace, program))).stdout.trim();
  const compiled = (): string[] => kit.log.flatMap((line) => /^\s*Compiling (\S+)/.exec(line)?.slice(1, 2) ?? []).toSorted();
  const commandLine = (): string => kit.commands.map(({ argv }) => argv.slice(1).join(" ")).join("\n");
  const module = (slug: string, file = ""): string => join(kit.workspace, "modules", slug, file);

  /** A host that registers a module's type, and what that module's crate holds instead. */
  const registered = (slug: string, more: string): Promise<void> => writeFiles(kit.workspace, {
    "apps/server/src/modules/generated.rs": `use crate::ModuleRegistry;\nuse acme_${slug}::ForumModule;\n\npub fn register_modules(registry: &mut ModuleRegistry) {\n    registry.register(Box::new(ForumModule::new()));\n}\n`,
    "apps/server/src/main.rs": `pub trait Module {}\npub struct ModuleRegistry;\nimpl ModuleRegistry { pub fn register(&mut self, _: Box<dyn Module>) {} }\nmod modules { pub mod generated; }\nfn main() { modules::generated::register_modules(&mut ModuleRegistry); }\n`,
    [`modules/${slug}/src/lib.rs`]: more,
  });

  async function moduleThatSays(slug: string, expression: string): Promise<void> {
    await cargoFixture.writeModule(module(slug), { slug });
    await writeFile(module(slug, "src/lib.rs"), `pub fn greeting() -> &'static str { ${expression} }\n`);
    await writeFile(join(kit.workspace, "apps/server/src/main.rs"), `fn main() { println!("{} {}", acme_library::greeting(), acme_${slug}::greeting()); }\n`);
  }

  describe("code of modules", () => {
    test("while it builds (build.rs) in the sandbox only: no network, nothing outside the workspace and the target directory", async () => {
      const outside = join(kit.shared, "outside-the-sandbox");
      const port = new URL(kit.gitServer.url).port;
      await moduleThatSays("probe", `env!("FOUND")`);
      await writeFile(module("probe", "build.rs"), `fn main() {
    let write = |path: String| std::fs::write(path, "x").is_ok();
    let home = std::env::var("CARGO_HOME").unwrap_or_default();
    let output = std::env::var("OUT_DIR").unwrap();
    let reached = std::net::TcpStream::connect(("127.0.0.1", ${port})).is_ok();
    println!("cargo:rustc-env=FOUND=output {} outside {} home {} network {}", write(output + "/x"), write("${outside}".into()), write(home + "/x"), reached);
}
`);
      await kit.installed(kit.path("probe"));
      expect(await compile(["probe"])).toEqual({ ok: true });
      await expect(readFile(outside)).rejects.toThrow("ENOENT");
      if (real.ownNetwork) expect(await says()).toBe("library 1.0.3 output true outside false home false network false");
    });

    test("only while it is installed: what it left in the target directory reaches no build without it", async () => {
      await cargoFixture.writeModule(module("guest"), { slug: "guest" });
      await writeFile(module("guest", "build.rs"), `fn main() { std::fs::write(std::env::var("CARGO_TARGET_DIR").unwrap() + "/left-by-guest", "x").unwrap(); }\n`);
      const surfaces = kit.host.surfaces.map((surface) => (surface.name === "server" ? surface : { ...surface, build: ["sh", "-c", "ls $CARGO_TARGET_DIR > seen"] }));
      const more = { cacheDirectory: join(kit.root, "cache"), host: { ...kit.host, surfaces } };
      const build = async (...slugs: string[]): Promise<{ readonly program: string; readonly seen: string }> => {
        expect(await kit.toolchain.resolve(kit.context(more), ["base", ...slugs].map((slug) => kit.path(slug)), [kit.path("guest")])).toMatchObject({ ok: true });
        expect(await compile(slugs, more)).toEqual({ ok: true });
        return { program: await readFile(join(kit.workspace, program), "latin1"), seen: await readFile(join(kit.workspace, "seen"), "utf8") };
      };
      const before = await build();
      expect((await build("guest")).seen).toContain("left-by-guest");
      const after = await build();
      expect(after.seen).not.toContain("left-by-guest");
      expect(compiled()).toEqual([]);
      expect(after.program === before.program).toBe(true);
    });
  });

  describe("no more than what changed", () => {
    test("nothing in another checkout of the same, and only the crate whose source is another", async () => {
      await kit.installed(kit.path("forum"));
      expect(await compile(["forum"])).toEqual({ ok: true });
      const second = join(kit.root, "second");
      await git(kit.root, "clone", "--quiet", kit.workspace, second);
      expect(await compile(["forum"], { workspace: second })).toEqual({ ok: true });
      expect(compiled()).toEqual([]);
      await appendFile(join(second, "modules/forum/src/lib.rs"), "// another\n");
      expect(await compile(["forum"], { workspace: second })).toEqual({ ok: true });
      expect(compiled()).toEqual(["acme-forum", "host-server"]);
    });

    test("a change that leaves a file's size and time as they were is a change", async () => {
      await moduleThatSays("news", `"old"`);
      await kit.installed(kit.path("news"));
      expect(await compile(["news"])).toEqual({ ok: true });
      expect(await says()).toBe("library 1.0.3 old");
      await run("sh", ["-c", `cp -p lib.rs kept && sed -i s/old/new/ lib.rs && touch -r kept lib.rs && rm kept`], { cwd: module("news", "src") });
      expect(await compile(["news"])).toEqual({ ok: true });
      expect(await says()).toBe("library 1.0.3 new");
      await moduleThatSays("news", `"old"`);
      expect(await compile(["news"])).toEqual({ ok: true });
      expect(await says()).toBe("library 1.0.3 old");
    });

    test("but everything where caches are not to be used", async () => {
      expect(await compile([])).toEqual({ ok: true });
      expect(await compile([], { useCache: false })).toEqual({ ok: true });
      expect(compiled()).toEqual(["acme-base", "acme-library", "host-server"]);
    });
  });

  describe("as the manifest says", () => {
    test("its profile", async () => {
      await compile([]);
      expect(commandLine()).toMatch(/^build --locked .*-p host-server/);
      expect(commandLine()).toContain("--release");
      await compile([], { profile: "debug" });
      expect(commandLine()).not.toContain("--release");
      expect(await says()).toBe("library 1.0.3");
    });

    test("its target", async () => {
      const target = `${process.arch === "arm64" ? "aarch64" : "x86_64"}-unknown-linux-gnu`;
      expect(await kit.toolchain.resolve(kit.context({ target }), [kit.path("base")], [])).toMatchObject({ ok: true });
      expect(await compile([], { target })).toEqual({ ok: true });
      expect(commandLine()).toContain(`--target ${target}`);
      expect(await says()).toBe("library 1.0.3");
      expect(await kit.toolchain.test(kit.context({ target }), compose(kit.path("base")))).toEqual({ ok: true });
      expect(commandLine()).toContain(`--target ${target}`);
    });

    test("and nothing but what the lockfile has", async () => {
      await appendFile(join(kit.workspace, "apps/server/Cargo.toml"), `acme-forum = { path = "../../modules/forum" }\n`);
      expect(problemsOf(await compile(["forum"]))).toMatchObject([{ code: "lockfile_out_of_date" }]);
    });
  });

  describe("and explains", () => {
    test("that a module lacks the type that the registry names", async () => {
      await registered("forum", "pub struct Forum;\n");
      await kit.installed(kit.path("forum"));
      const [first, ...others] = problemsOf(await compile(["forum"]));
      expect(first).toMatchObject({ code: "module_type_missing", module: "forum", message: expect.stringContaining("ForumModule") as string, hint: expect.stringContaining("entry_type") as string });
      expect(others).toEqual([]);
    });

    test.each([
      ["has no new()", "pub struct ForumModule;\n"],
      ["is no module", "pub struct ForumModule;\nimpl ForumModule { pub fn new() -> Self { Self } }\n"],
    ])("that a module's type %s", async (_, lib) => {
      await registered("forum", lib);
      await kit.installed(kit.path("forum"));
      expect(problemsOf(await compile(["forum"]))[0]).toMatchObject({ code: "module_type_unfit", module: "forum" });
    });

    test("errors as rustc shows them, never as data for programs", async () => {
      await cargoFixture.writeModule(module("faulty"), { slug: "faulty", fault: "compile" });
      await kit.installed(kit.path("faulty"));
      expect(problemsOf(await compile(["faulty"]))).toMatchObject([{ code: "compile_failed", message: expect.stringContaining("broken") as string, location: { line: 2, column: 24 } }]);
      expect(kit.log.join("\n")).toMatch(/error\[E0425\][^]*--> modules\/faulty\/src\/lib\.rs:2:24/);
      expect(kit.log.filter((line) => line.startsWith("{"))).toEqual([]);
    });

    test("how far it is, in cargo's own counts", async () => {
      const told: (readonly [number, number])[] = [];
      expect(await compile([], { useCache: false, progress: (...counts) => told.push(counts) })).toEqual({ ok: true });
      expect(told.length).toBeGreaterThan(0);
      expect(told.every(([done, total]) => done <= total)).toBe(true);
      const [done, total] = told.at(-1) ?? [0, 1];
      expect(done).toBe(total);
    });

    test("where a test fails, also one of the host itself", async () => {
      await appendFile(join(kit.workspace, "apps/server/src/main.rs"), "#[test]\nfn doors_open() {\n    assert!(1 > 2, \"shut\");\n}\n");
      await kit.installed();
      const [found, ...others] = problemsOf(await kit.toolchain.test(kit.context(), compose(kit.path("base"))));
      expect(found).toMatchObject({ code: "tests_failed", message: expect.stringContaining("doors_open") as string, location: { file: "apps/server/src/main.rs", line: 6 } });
      expect(found?.module).toBeUndefined();
      expect(others).toEqual([]);
    });
  });

  test.runIf(real.ownFiles)("to the same bytes wherever the checkout lies, also where a program says its place", async () => {
    await moduleThatSays("place", `concat!(env!("CARGO_MANIFEST_DIR"), " ", env!("OUT_DIR"))`);
    await writeFile(module("place", "build.rs"), "fn main() {}\n");
    await kit.installed(kit.path("place"));
    const programs = await Promise.all(["one", "another"].map(async (name) => {
      const workspace = join(kit.root, name);
      await git(kit.root, "clone", "--quiet", kit.workspace, workspace);
      expect(await compile(["place"], { workspace, useCache: false })).toEqual({ ok: true });
      return readFile(join(workspace, program), "latin1");
    }));
    expect(programs[0] === programs[1]).toBe(true);
    expect(programs[0]).toContain("/modules/place");
  });

  test("only what is installed, whatever else lies in the workspace", async () => {
    await writeFile(join(kit.workspace, "Cargo.toml"), (await readFile(join(kit.workspace, "Cargo.toml"), "utf8")).replace(`["apps/server"]`, `["apps/*", "modules/*"]`));
    await cargoFixture.writeModule(module("faulty"), { slug: "faulty", fault: "compile" });
    await cargoFixture.writeModule(module("flawed"), { slug: "flawed", fault: "test" });
    await kit.installed(kit.path("forum"));
    expect(await compile(["forum"])).toEqual({ ok: true });
    expect(compiled()).not.toContain("acme-faulty");
    expect(await kit.toolchain.test(kit.context(), compose(kit.path("base"), kit.path("forum")))).toEqual({ ok: true });
  });

  test("where the sandbox can protect nothing", async () => {
    const capabilities = { diesWithWorker: false, ownProcesses: false, ownFiles: false, ownNetwork: false, limits: false, missing: [] };
    const bare = plainSandbox(kit.workspace, join(kit.root, "scratch"), { capabilities });
    const specs = [kit.path("base"), kit.path("forum"), kit.published("^1.0.0")];
    expect(await kit.toolchain.resolve(kit.context({ run: bare }), specs, [])).toMatchObject({ ok: true });
    expect(await kit.toolchain.compile(kit.context({ run: bare }), compose(...specs))).toEqual({ ok: true });
    expect(await says()).toBe("library 1.0.3");
    expect(await kit.toolchain.test(kit.context({ run: bare }), compose(...specs))).toEqual({ ok: true });
  });

  test("after a build that was cut short", async () => {
    const cacheDirectory = join(kit.root, "cache");
    await kit.toolchain.resolve(kit.context({ cacheDirectory }), [kit.path("base")], []);
    const context = kit.context({ cacheDirectory });
    const cut = kit.toolchain.compile({ ...context, run: Object.assign(() => Promise.reject(new Error("the build was cancelled")), { protects: context.run.protects }) }, compose(kit.path("base")));
    await expect(cut).rejects.toThrow("cancelled");
    expect(await compile([], { cacheDirectory })).toEqual({ ok: true });
    expect(await says()).toBe("library 1.0.3");
  });
});
