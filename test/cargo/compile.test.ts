import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { generateRegistry } from "../../packages/control-plane/src/codegen/generate-registry.ts";
import { composeResolved } from "../../packages/control-plane/src/composition/compose.ts";
import { collect } from "../../packages/control-plane/src/toolchains/cargo/collect.ts";
import { compile } from "../../packages/control-plane/src/toolchains/cargo/compile.ts";
import { resolve } from "../../packages/control-plane/src/toolchains/cargo/resolve.ts";
import { test as runTests } from "../../packages/control-plane/src/toolchains/cargo/test-run.ts";
import { startModyard } from "../support/modyard.ts";
import { composed, descriptor, hostFiles, plainLog, protects, RustHosts } from "./rust-host.ts";
import { rustTest as test } from "./rust-test.ts";

let hosts: RustHosts;
beforeAll(async () => void (hosts = await RustHosts.create()));
afterAll(() => hosts.remove());

const warning = { "crates/rustok-core/src/unused.rs": "", "apps/server/src/modules/mod.rs": "pub mod generated;\nfn never() {}\n" };

test("compiles the application with what the host's command lacks, shows what people see, and keeps the program", async () => {
  const { workspace, context, seen } = await hosts.checkOut(hostFiles(["blog"], warning));
  expect(await compile(context, composed("blog"))).toEqual({ ok: true });
  expect(seen.commands.map(({ argv }) => argv.slice(1))).toEqual([["build", "--locked", "-p", "host-server", "--message-format=json-diagnostic-rendered-ansi"]]);
  expect(seen.raw.some((line) => line.startsWith("{"))).toBe(true);
  expect(seen.log.filter((line) => line.includes('"reason"'))).toEqual([]);
  expect(plainLog(seen)).toContain("Compiling rustok-blog v0.1.0");
  expect(plainLog(seen)).toContain("warning: function `never` is never used\n --> apps/server/src/modules/mod.rs:2:4");
  expect(seen.log.join("\n")).toContain("\u001B[33mwarning");
  expect(plainLog(seen)).not.toContain("Building [");
  const program = join(workspace, "apps/server/bin/server");
  expect(execFileSync(program, { encoding: "utf8" })).toBe("blog\n");
  expect((await stat(program)).mode & 0o777).toBe(0o755);
  expect(seen.progress.length).toBeGreaterThan(1);
  expect(seen.progress.at(-1)).toEqual([1, 1]);
  const shares = seen.progress.map(([done, total]) => done / total);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(Math.max(...shares)).toBe(1);
});

test("a crate that the host calls by another name is registered by that name, from the build and from the command line alike", async () => {
  const server = `[package]\nname = "host-server"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\nrustok-core = { path = "../../crates/rustok-core" }\nblog-engine = { package = "rustok-blog", path = "../../crates/rustok-blog" }\nnews.workspace = true\n`;
  const root = `[workspace]\nresolver = "2"\nmembers = ["apps/server", "crates/*"]\n[workspace.dependencies]\nnews = { package = "rustok-forum", path = "crates/rustok-forum" }\n`;
  const manifest = `schema = 1\napp = "host-server"\n[modules]\n${["blog", "forum"].map((slug) => `${slug} = { crate = "rustok-${slug}", source = "path", path = "crates/rustok-${slug}" }\n`).join("")}`;
  const files = hostFiles(["blog", "forum"], { "Cargo.toml": root, "apps/server/Cargo.toml": server, "modules.toml": manifest, "modyard.toml": 'schema = 1\npreset = "cargo"\n' });
  const { workspace, context } = await hosts.checkOut(files);
  const modules = composed("blog", "forum").map((module) => (module.slug === "forum" ? { ...module, entryType: "rustok_forum::ForumModule" } : module));
  const outcome = await resolve(context, modules.map(({ spec }) => spec), []);
  expect(outcome).toMatchObject({ ok: true, resolved: [{ slug: "blog", importName: "blog-engine" }, { slug: "forum", importName: "news" }] });
  expect(await readFile(join(workspace, "apps/server/Cargo.toml"), "utf8")).toBe(server);
  const composition = composeResolved({ app: "host-server", manifestHash: "", modules, defaultEnabled: [] }, outcome.resolved ?? []);
  const [{ path, text } = expect.unreachable()] = generateRegistry(composition, context.host);
  expect(text).toContain("use blog_engine::BlogModule;\nuse news::ForumModule;\n");
  await writeFile(join(workspace, path), text);
  expect(await compile(context, composition.modules)).toEqual({ ok: true });
  expect(execFileSync(join(workspace, "apps/server/bin/server"), { encoding: "utf8" })).toBe("blog,forum\n");
  expect(await startModyard(["generate-registry", "--check"], { cwd: workspace, env: {} }).done).toMatchObject({ code: 0, stderr: "" });
});

test("collects the program and the host's files without sources, the same each time", async () => {
  const { workspace, context } = await hosts.checkOut(hostFiles(["blog"], { "apps/server/templates/index.html": "<p>", ".cargo/config.toml": "" }));
  expect((await compile(context, composed("blog"))).ok).toBe(true);
  const entries = await collect(context);
  expect(entries.map(({ path }) => path)).toEqual(["README.md", "apps/server/bin/server", "apps/server/templates/index.html", "crates/rustok-blog/module.toml", "modules.toml"]);
  expect(entries.map(({ source }) => source)).toEqual(entries.map(({ path }) => join(workspace, path)));
  expect(await collect(context)).toEqual(entries);
});

test("runs the tests of the application and of its modules, which cannot change the program", async () => {
  const lib = `use rustok_core::RusToKModule;\npub struct BlogModule;\nimpl BlogModule { pub fn new() -> Self { BlogModule } }\nimpl RusToKModule for BlogModule { fn slug(&self) -> &'static str { "blog" } }
#[test] fn spoils() { let _ = std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/../../apps/server/bin/server"), "spoilt"); let _ = std::fs::remove_file(concat!(env!("CARGO_MANIFEST_DIR"), "/../../apps/server/bin/server")); }\n`;
  const { workspace, context, seen } = await hosts.checkOut(hostFiles(["blog"], { "crates/rustok-blog/src/lib.rs": lib }));
  const modules = composed("blog");
  expect((await compile(context, modules)).ok).toBe(true);
  const before = await readFile(join(workspace, "apps/server/bin/server"));
  expect(await runTests(context, modules)).toEqual({ ok: true });
  expect(seen.commands.at(-1)?.argv.slice(1)).toEqual(["test", "--locked", "-p", "host-server", "-p", "rustok-blog", "--message-format=json-diagnostic-rendered-ansi"]);
  expect(plainLog(seen)).toContain("test spoils ... ok");
  if (protects) expect((await readFile(join(workspace, "apps/server/bin/server"))).equals(before)).toBe(true);
});

describe("surfaces", () => {
  test("run each distinct command once, others than cargo's as they are, in cargo's environment", async () => {
    const admin = { name: "admin", directory: "apps/admin", build: ["sh", "-c", 'echo "$CARGO_INCREMENTAL $CARGO_NET_OFFLINE"; $RUSTC --version > apps/server/compiler'], output: [], health: "/", modulesHealth: "/" } as const;
    const { context, seen, workspace } = await hosts.checkOut(hostFiles([]), { host: descriptor({}, [admin, { ...admin, name: "storefront" }]) });
    expect(await compile(context, [])).toEqual({ ok: true });
    expect(seen.commands.map(({ argv }) => argv[0])).toEqual([expect.stringMatching(/cargo$/), "sh"]);
    expect(seen.log).toContain("0 true");
    expect(await readFile(join(workspace, "apps/server/compiler"), "utf8")).toMatch(/^rustc \d/);
  });

  test("a package with several programs keeps each under its name, the one of the package's name as the server", async () => {
    const { context, workspace } = await hosts.checkOut(hostFiles([], { "apps/server/src/bin/tool.rs": 'fn main() { println!("tool"); }' }));
    expect(await compile(context, [])).toEqual({ ok: true });
    expect(execFileSync(join(workspace, "apps/server/bin/tool"), { encoding: "utf8" })).toBe("tool\n");
    expect(execFileSync(join(workspace, "apps/server/bin/server"), { encoding: "utf8" })).toBe("\n");
  });

  test("a main program that the host starts by its own name has that name too", async () => {
    const { context, workspace } = await hosts.checkOut(hostFiles([]), { host: descriptor({ start: ["./bin/host-server"], output: ["bin"] }) });
    expect(await compile(context, [])).toEqual({ ok: true });
    expect(execFileSync(join(workspace, "apps/server/bin/host-server"), { encoding: "utf8" })).toBe("\n");
  });

  test("a host that is one package in its root is built and tested", async () => {
    const files = { "Cargo.toml": `[package]\nname = "host-server"\nversion = "0.1.0"\nedition = "2021"\n`, "src/main.rs": `fn main() { println!("one") }\n#[test] fn passes() {}\n` };
    const { context, workspace, seen } = await hosts.checkOut(files, { host: descriptor({ directory: "." }), profile: "release" });
    expect(await compile(context, [])).toEqual({ ok: true });
    expect(execFileSync(join(workspace, "bin/server"), { encoding: "utf8" })).toBe("one\n");
    expect(await runTests(context, [])).toEqual({ ok: true });
    expect(plainLog(seen)).toContain("test passes ... ok");
    expect((await collect(context)).map(({ path }) => path)).toEqual(["bin/server"]);
  });

  test("nothing is taken from where a program only claims to be, and nothing is written where a link leads", async () => {
    const claim = JSON.stringify({ reason: "compiler-artifact", package_id: "path+file:///x#host-server@0.1.0", target: { kind: ["bin"], name: "host-server" }, executable: "/etc/hostname", fresh: true });
    const { context, workspace } = await hosts.checkOut(hostFiles([]), { host: descriptor({ build: ["echo", claim] }) });
    expect(await compile(context, [])).toMatchObject({ ok: false, problems: [{ code: "step_failed" }] });
    expect(existsSync(join(workspace, "apps/server/bin/server"))).toBe(false);
    const linked = await hosts.checkOut(hostFiles([], { "outside/keep": "" }), { host: descriptor({}, [{ name: "admin", directory: ".", build: ["sh", "-c", "ln -s ../../outside apps/server/bin"], output: [], health: "/", modulesHealth: "/" }]) });
    expect(await compile(linked.context, [])).toEqual({ ok: true });
    expect(existsSync(join(linked.workspace, "outside/server"))).toBe(false);
  });

  test("without a program that could be the server, what to do is said", async () => {
    const files = hostFiles([], { "apps/server/src/bin/one.rs": "fn main() {}", "apps/server/src/bin/two.rs": "fn main() {}" });
    const { "apps/server/src/main.rs": _main, ...without } = files;
    const { context } = await hosts.checkOut(without);
    expect(await compile(context, [])).toMatchObject({ ok: false, problems: [{ code: "compile_failed", message: expect.stringContaining("bin/server"), hint: expect.stringContaining("host-server") }] });
  });
});
