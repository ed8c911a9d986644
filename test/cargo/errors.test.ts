import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect } from "vitest";
import type { Problem } from "../../packages/control-plane/src/errors/problem.ts";
import { compile } from "../../packages/control-plane/src/toolchains/cargo/compile.ts";
import { test as runTests } from "../../packages/control-plane/src/toolchains/cargo/test-run.ts";
import type { StepOutcome } from "../../packages/control-plane/src/toolchains/toolchain.ts";
import { type CheckoutOptions, composed, descriptor, type Files, hostFiles, moduleFiles, plainLog, RustHosts } from "./rust-host.ts";
import { rustTest as test } from "./rust-test.ts";

let hosts: RustHosts;
beforeAll(async () => void (hosts = await RustHosts.create()));
afterAll(() => hosts.remove());

const problemsOf = (outcome: StepOutcome): readonly Problem[] => (outcome.ok ? [] : outcome.problems);

const type = (body: string): string => `use rustok_core::RusToKModule;\n${body}\n`;
const implemented = `impl RusToKModule for BlogModule { fn slug(&self) -> &'static str { "blog" } }`;

async function compiled(files: Files, options: CheckoutOptions = {}) {
  const { context, seen, workspace } = await hosts.checkOut(hostFiles(["blog"], files), options);
  const outcome = await compile(context, composed("blog"));
  return { outcome, problems: problemsOf(outcome), seen, workspace };
}

describe("an error of the compiler", () => {
  test("is told with file, line, column, code and module; one problem for each file; warnings are none", async () => {
    const { outcome, problems, seen } = await compiled({
      "crates/rustok-blog/src/lib.rs": `mod posts;\nfn unused() {}\nfn wrong() -> u8 { "text" }\n`,
      "crates/rustok-blog/src/posts.rs": "pub fn post() {\n    missing::thing();\n    nothing();\n}\n",
    });
    expect(problems).toHaveLength(2);
    expect(problems).toContainEqual(expect.objectContaining({ code: "compile_failed", module: "blog", message: expect.stringContaining("crates/rustok-blog/src/posts.rs:2:5: "), location: { file: "crates/rustok-blog/src/posts.rs", line: 2, column: 5 }, details: { errors: 2 } }));
    expect(problems.find(({ location }) => location?.file.endsWith("posts.rs"))?.message).toMatch(/\(E04(33|25)\)$/);
    expect(problems).toContainEqual(expect.objectContaining({ module: "blog", message: "crates/rustok-blog/src/lib.rs:3:20: mismatched types (E0308)", location: { file: "crates/rustok-blog/src/lib.rs", line: 3, column: 20 } }));
    expect(outcome).toMatchObject({ excerpt: expect.arrayContaining(["error[E0308]: mismatched types"]) });
    expect(plainLog(seen)).toContain("error[E0308]: mismatched types");
    expect(seen.log.filter((line) => line.includes('"reason"'))).toEqual([]);
  });

  test("is told twenty times at most", async () => {
    const numbers = Array.from({ length: 25 }, (_, index) => index);
    const files = Object.fromEntries(numbers.map((number) => [`crates/rustok-blog/src/m${number}.rs`, "pub fn f() { nothing(); }"]));
    const { problems } = await compiled({ ...files, "crates/rustok-blog/src/lib.rs": numbers.map((number) => `mod m${number};`).join("\n") });
    expect(problems).toHaveLength(20);
  });

  test("inside a macro of the standard library is told where the host calls it", async () => {
    const { problems } = await compiled({ "crates/rustok-blog/src/lib.rs": `pub struct BlogModule;\npub fn shown() -> String {\n    format!("{}", BlogModule)\n}\n` });
    expect(problems).toMatchObject([{ module: "blog", location: { file: "crates/rustok-blog/src/lib.rs", line: 3 } }]);
  });

  test("of the host itself names no module", async () => {
    const { problems } = await compiled({ "apps/server/src/modules/mod.rs": "pub mod generated;\nfn f() { nothing(); }\n" });
    expect(problems).toMatchObject([{ code: "compile_failed", location: { file: "apps/server/src/modules/mod.rs", line: 2 } }]);
    expect(problems[0]?.module).toBeUndefined();
  });
});

describe("in the generated registry", () => {
  test.each([
    { what: "a type that is missing", lib: type("pub struct Other;"), code: "module_type_missing", line: 3 },
    { what: "a type that is private", lib: type(`struct BlogModule;\nimpl BlogModule { pub fn new() -> Self { BlogModule } }\n${implemented}`), code: "module_type_missing", line: 3 },
    { what: "a type without the trait", lib: "pub struct BlogModule;\nimpl BlogModule { pub fn new() -> Self { BlogModule } }\n", code: "module_type_unfit", line: 6 },
    { what: "a type without new()", lib: type(`pub struct BlogModule;\n${implemented}`), code: "module_type_unfit", line: 6 },
    { what: "a new() that wants arguments", lib: type(`pub struct BlogModule;\nimpl BlogModule { pub fn new(_size: u8) -> Self { BlogModule } }\n${implemented}`), code: "module_type_unfit", line: 6 },
    { what: "a new() that is private", lib: type(`pub struct BlogModule;\nimpl BlogModule { fn new() -> Self { BlogModule } }\n${implemented}`), code: "module_type_unfit", line: 6 },
  ])("$what is told with its module and what to do", async ({ lib, code, line }) => {
    const { problems } = await compiled({ "crates/rustok-blog/src/lib.rs": lib });
    expect(problems).toMatchObject([{ code, module: "blog", message: expect.stringContaining("BlogModule"), location: { file: "apps/server/src/modules/generated.rs", line } }]);
    expect(problems[0]?.hint).toMatch(code === "module_type_missing" ? /entry_type/ : /RusToKModule/);
  });

  test("two modules in error are two problems", async () => {
    const { context } = await hosts.checkOut(hostFiles(["blog", "forum"], { ...moduleFiles("blog", "// nothing"), ...moduleFiles("forum", "pub struct ForumModule;") }));
    expect(problemsOf(await compile(context, composed("blog", "forum")))).toMatchObject([{ code: "module_type_missing", module: "blog" }, { code: "module_type_unfit", module: "forum" }]);
    const { context: other } = await hosts.checkOut(hostFiles(["blog", "forum"], { ...moduleFiles("blog", "pub struct BlogModule;"), ...moduleFiles("forum", "pub struct ForumModule;") }));
    expect(problemsOf(await compile(other, composed("blog", "forum"))).map(({ code, module }) => [code, module])).toEqual([["module_type_unfit", "blog"], ["module_type_unfit", "forum"]]);
  });

  test("a crate that is no dependency is no fault of its type", async () => {
    const { problems } = await compiled({ "apps/server/Cargo.toml": hostFiles([])["apps/server/Cargo.toml"] ?? "" });
    expect(problems).toMatchObject([{ code: "compile_failed", module: "blog", location: { line: 3 }, hint: expect.stringContaining("[lib] name") }]);
  });

  test("a server that lacks the crate with the registry is told which one", async () => {
    const server = hostFiles(["blog"])["apps/server/Cargo.toml"] ?? "";
    const { problems } = await compiled({ "apps/server/Cargo.toml": server.replace(/^rustok-core .*\n/m, "") });
    const told = problems.find(({ location }) => location?.file === "apps/server/src/modules/generated.rs");
    expect(told).toMatchObject({ code: "compile_failed", message: expect.stringContaining("rustok_core"), hint: expect.stringContaining("crate rustok-core with `ModuleRegistry`") });
    expect(told?.module).toBeUndefined();
  });
});

test("errors of a tool that calls cargo itself are read as they are printed", async () => {
  const { problems } = await compiled({ "crates/rustok-blog/src/lib.rs": "fn unused() {}\nfn wrong() -> u8 { nothing() }\n" }, { host: descriptor({ build: ["sh", "-c", "cargo build --locked -p host-server"] }) });
  expect(problems).toMatchObject([{ code: "compile_failed", module: "blog", message: expect.stringContaining("cannot find function `nothing`"), location: { file: "crates/rustok-blog/src/lib.rs", line: 2, column: 20 } }]);
});

describe("a failure of the tools", () => {
  test("a build script is told with its module, its own words and its place", async () => {
    const { problems } = await compiled({ "crates/rustok-blog/build.rs": `fn main() {\n    println!("cargo:warning=careful");\n    eprintln!("looking for protoc");\n    panic!("protoc is missing");\n}\n` });
    expect(problems).toMatchObject([{ code: "compile_failed", module: "blog", message: "build.rs of rustok-blog failed: protoc is missing", location: { file: "crates/rustok-blog/build.rs", line: 4, column: 5 } }]);
  });

  test("a build script that ends with an error and its last words", async () => {
    const { problems } = await compiled({ "crates/rustok-blog/build.rs": `fn main() { eprintln!("no header openssl.h"); std::process::exit(3) }\n` });
    expect(problems).toMatchObject([{ module: "blog", message: "build.rs of rustok-blog failed: no header openssl.h" }]);
  });

  test("the linker's words", async () => {
    const { problems } = await compiled({ "crates/rustok-blog/build.rs": `fn main() { println!("cargo:rustc-link-lib=nothere"); }` });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ code: "compile_failed", message: expect.stringMatching(/linking with .* failed.*nothere/) });
  });

  test("a linker that is not installed", async () => {
    const { problems } = await compiled({ ".cargo/config.toml": `[target.'cfg(all())']\nlinker = "no-such-linker"\n` });
    expect(problems).toMatchObject([{ code: "command_not_found", message: expect.stringContaining("no-such-linker"), hint: expect.stringContaining("build-essential") }]);
  });

  test("a procedural macro that panics", async () => {
    const { problems } = await compiled({
      ...moduleFiles("macros", "use proc_macro::TokenStream;\n#[proc_macro]\npub fn boom(_: TokenStream) -> TokenStream { panic!(\"no schema found\") }\n", "[lib]\nproc-macro = true\n"),
      "crates/rustok-blog/Cargo.toml": `${moduleFiles("blog")["crates/rustok-blog/Cargo.toml"]}rustok-macros = { path = "../rustok-macros" }\n`,
      "crates/rustok-blog/src/lib.rs": "rustok_macros::boom!();\n",
    });
    expect(problems).toMatchObject([{ code: "compile_failed", module: "blog", message: "crates/rustok-blog/src/lib.rs:1:1: proc macro panicked: no schema found", location: { file: "crates/rustok-blog/src/lib.rs", line: 1 } }]);
  });

  test("a target that is not installed", async () => {
    const { problems } = await compiled({}, { target: "aarch64-unknown-linux-musl" });
    expect(problems[0]).toMatchObject({ code: "rust_toolchain_missing", hint: expect.stringContaining("rustup target add aarch64-unknown-linux-musl") });
  });

  test("a target that nobody knows", async () => {
    const { problems } = await compiled({}, { target: "z80-acorn-cpm" });
    expect(problems[0]).toMatchObject({ code: "compile_failed", message: expect.stringContaining("z80-acorn-cpm"), hint: expect.stringContaining("build.target") });
  });

  test("a compiler that is killed for want of memory, with the crate that it worked on", async () => {
    const killer = "use proc_macro::TokenStream;\n#[proc_macro]\npub fn boom(_: TokenStream) -> TokenStream { let _ = std::process::Command::new(\"sh\").args([\"-c\", \"kill -9 $PPID\"]).status(); TokenStream::new() }\n";
    const { problems } = await compiled({
      ...moduleFiles("macros", killer, "[lib]\nproc-macro = true\n"),
      "crates/rustok-blog/Cargo.toml": `${moduleFiles("blog")["crates/rustok-blog/Cargo.toml"]}rustok-macros = { path = "../rustok-macros" }\n`,
      "crates/rustok-blog/src/lib.rs": "rustok_macros::boom!();\n",
    });
    expect(problems).toMatchObject([{ code: "step_out_of_memory", module: "blog" }]);
  });

  test("an app that is no package of the workspace", async () => {
    const { problems } = await compiled({}, { app: "rustok-server" });
    expect(problems).toMatchObject([{ code: "compile_failed", message: expect.stringContaining("rustok-server"), hint: expect.stringContaining("`app`") }]);
  });

  test("a lockfile that does not fit", async () => {
    const { context, workspace } = await hosts.checkOut(hostFiles(["blog"]));
    const lock = await readFile(join(workspace, "Cargo.lock"), "utf8");
    const { context: other } = await hosts.checkOut(hostFiles(["blog", "forum"], { "Cargo.lock": lock }));
    expect(context.app).toBe("host-server");
    expect(problemsOf(await compile(other, composed("blog", "forum")))).toMatchObject([{ code: "lockfile_out_of_date", location: { file: "Cargo.lock" } }]);
  });

  test("sources that were never downloaded", async () => {
    const lock = `version = 4\n\n[[package]]\nname = "host-server"\nversion = "0.1.0"\ndependencies = [\n "itoa",\n "rustok-core",\n]\n\n[[package]]\nname = "itoa"\nversion = "1.0.15"\nsource = "registry+https://github.com/rust-lang/crates.io-index"\nchecksum = "4a5f13b858c8d314ee3e8f639011f7ccefe71f97f96e50151fb991f267928e2c"\n\n[[package]]\nname = "rustok-core"\nversion = "0.1.0"\n`;
    const { context } = await hosts.checkOut(hostFiles([], { "Cargo.lock": lock, "apps/server/Cargo.toml": `${hostFiles([])["apps/server/Cargo.toml"]}itoa = "1"\n` }));
    expect(problemsOf(await compile(context, []))).toMatchObject([{ code: "registry_unreachable", message: expect.stringContaining("itoa"), hint: expect.stringContaining("Build again without") }]);
  });
});

describe("tests that fail", () => {
  test("are told with module, file, line and the panic's words", async () => {
    const { context } = await hosts.checkOut(hostFiles(["blog"], { "crates/rustok-blog/tests/posts.rs": `#[test]\nfn posts() {\n    assert_eq!(1, 2, "a post is lost");\n}\n#[test]\nfn replies() {\n    panic!("no reply");\n}\n` }));
    const modules = composed("blog");
    const outcome = await runTests(context, modules);
    expect(problemsOf(outcome)).toHaveLength(1);
    expect(problemsOf(outcome)[0]).toMatchObject({ code: "tests_failed", module: "blog", location: { file: "crates/rustok-blog/tests/posts.rs" }, details: { tests: ["posts", "replies"] } });
    expect(problemsOf(outcome)[0]?.message).toContain("crates/rustok-blog/tests/posts.rs:3: posts, replies: assertion `left == right` failed: a post is lost");
  });

  test("without a panic are told with the module whose tests they are", async () => {
    const { context } = await hosts.checkOut(hostFiles(["blog"], { "crates/rustok-blog/tests/exit.rs": `#[test]\nfn ends() { std::process::exit(3) }\n` }));
    expect(problemsOf(await runTests(context, composed("blog")))).toMatchObject([{ code: "tests_failed", module: "blog" }]);
  });

  test("that do not compile are told as what the compiler says", async () => {
    const { context } = await hosts.checkOut(hostFiles(["blog"], { "crates/rustok-blog/tests/posts.rs": "#[test]\nfn posts() { nothing(); }\n" }));
    expect(problemsOf(await runTests(context, composed("blog")))).toMatchObject([{ code: "compile_failed", module: "blog", location: { file: "crates/rustok-blog/tests/posts.rs", line: 2 } }]);
  });
});
