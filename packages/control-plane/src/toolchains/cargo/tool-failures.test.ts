import { expect, test } from "vitest";
import { toolFailure } from "./tool-failures.ts";

const owners = { ofPackage: (name: string) => (name === "rustok-blog" ? "blog" : undefined), ofFile: () => undefined, shown: (file: string) => file.replace("/run/modyard/workspace/", "") };
const read = (output: string) => toolFailure(output.split("\n"), { owners, app: "host-server", target: "x86_64-unknown-linux-gnu" });

const script = (words: string): string => `error: failed to run custom build command for \`rustok-blog v0.1.0 (/run/modyard/workspace/crates/rustok-blog)\`

Caused by:
  process didn't exit successfully: \`/run/modyard/target/release/build/rustok-blog-7e/build-script-build\` (exit status: 101)
${words}`;

test.each([
  {
    what: "a compiler that crashed",
    output: `error: internal compiler error: compiler/rustc_middle/src/ty.rs:12:3: cannot relate\n\nthread 'rustc' panicked at compiler/rustc_errors/src/lib.rs:1:1:\nBox<dyn Any>\n${"  frame\n".repeat(40)}note: the compiler unexpectedly panicked. this is a bug.\n\nerror: could not compile \`rustok-blog\` (lib)`,
    expected: { code: "compile_failed", module: "blog", message: expect.stringContaining("while it compiled rustok-blog"), hint: expect.stringContaining("rust-toolchain.toml") },
  },
  {
    what: "a compiler that got no stack",
    output: "error: could not compile `rustok-blog` (lib)\n\nCaused by:\n  process didn't exit successfully: `rustc --crate-name rustok_blog` (signal: 11, SIGSEGV: invalid memory reference)",
    expected: { code: "compile_failed", module: "blog" },
  },
  {
    what: "a compiler that was killed",
    output: "error: could not compile `rustok-blog` (lib)\n\nCaused by:\n  process didn't exit successfully: `rustc --crate-name rustok_blog` (signal: 9, SIGKILL: kill)",
    expected: { code: "step_out_of_memory", module: "blog" },
  },
  { what: "a linker that was killed", output: "  = note: collect2: fatal error: ld terminated with signal 9 [Killed]\nerror: could not compile `host-server` (bin \"host-server\") due to 1 previous error", expected: { code: "step_out_of_memory" } },
  { what: "a compiler without memory", output: "memory allocation of 1048576 bytes failed\nerror: could not compile `rustok-blog` (lib)\n\nCaused by:\n  process didn't exit successfully: `rustc` (signal: 6, SIGABRT: process abort signal)", expected: { code: "step_out_of_memory", module: "blog" } },
  { what: "a build script that panics", output: script("  --- stdout\n  cargo:rerun-if-changed=x\n\n  --- stderr\n  thread 'main' panicked at crates/rustok-blog/build.rs:3:5:\n  protoc is missing\n  note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace\nwarning: build failed, waiting for other jobs to finish..."), expected: { module: "blog", message: "build.rs of rustok-blog failed: protoc is missing", location: { file: "crates/rustok-blog/build.rs", line: 3, column: 5 } } },
  { what: "a build script that says why on its output", output: script("  --- stdout\n  cargo::rustc-link-lib=ssl\n  openssl was not found"), expected: { message: "build.rs of rustok-blog failed: openssl was not found" } },
  { what: "a build script without a word", output: script(""), expected: { message: "build.rs of rustok-blog failed" } },
  { what: "a crate that was not downloaded", output: "error: failed to download `rustok-blog v1.0.0`\n\nCaused by:\n  attempting to make an HTTP request, but --offline was specified", expected: { code: "registry_unreachable", module: "blog", message: expect.stringContaining("rustok-blog") } },
  { what: "a lockfile out of date", output: "error: cannot update the lock file /run/modyard/workspace/Cargo.lock because --locked was passed to prevent this", expected: { code: "lockfile_out_of_date", location: { file: "Cargo.lock" } } },
])("tells $what", ({ output, expected }) => {
  expect(read(output)).toMatchObject(expected);
});

test("says nothing of what rustc itself explains", () => {
  expect(read("error[E0308]: mismatched types\nerror: could not compile `rustok-blog` (lib) due to 1 previous error")).toBeUndefined();
  expect(read("test waits for SIGKILL ... ok")).toBeUndefined();
});
