import { expect, test } from "vitest";
import { failedPackages, findFailedRustTests } from "./test-output.ts";

const output = `running 3 tests
test posts ... FAILED

failures:

---- tests::posts stdout ----

thread 'tests::posts' (27335) panicked at crates/blog/src/lib.rs:5:63:
assertion \`left == right\` failed: no post
  left: 1
 right: 2
note: run with \`RUST_BACKTRACE=1\` environment variable to display a backtrace

---- replies stdout ----
some words
thread 'replies' panicked at crates/blog/tests/replies.rs:7:5:
no reply

---- returns stdout ----
Error: "broken"

---- crates/blog/src/lib.rs - greet (line 3) stdout ----
Test executable failed (exit status: 101).


failures:
    tests::posts

test result: FAILED. 0 passed; 3 failed; 0 ignored`.split("\n");

test("finds each failed test with the place and the words of its panic", () => {
  expect(findFailedRustTests(output)).toEqual([
    { name: "tests::posts", file: "crates/blog/src/lib.rs", line: 5, words: "assertion `left == right` failed: no post" },
    { name: "replies", file: "crates/blog/tests/replies.rs", line: 7, words: "no reply" },
    { name: "returns" },
    { name: "crates/blog/src/lib.rs - greet (line 3)", file: "crates/blog/src/lib.rs", line: 3 },
  ]);
});

test("finds the packages that cargo names", () => {
  expect(failedPackages(["error: test failed, to rerun pass `-p rustok-blog --lib`"])).toEqual(["rustok-blog"]);
  expect(failedPackages(["error: doctest failed, to rerun pass `-p rustok-blog --doc`"])).toEqual(["rustok-blog"]);
  expect(failedPackages(["error: 2 targets failed:", "    `-p rustok-blog --lib`", "    `-p host-server --test api`"])).toEqual(["rustok-blog", "host-server"]);
  expect(failedPackages(["test a ... ok"])).toEqual([]);
});
