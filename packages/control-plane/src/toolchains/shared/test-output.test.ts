import { expect, test } from "vitest";
import { findFailedTests } from "./test-output.ts";

const cases: { readonly from: string; readonly output: string; readonly expected: object }[] = [
  { from: "node:test's spec reporter", output: "✖ failing tests:\n\ntest at modules/forum/dist/forum.test.js:5:1\n✖ posts a reply (1.7ms)\n  AssertionError", expected: { file: "modules/forum/dist/forum.test.js", line: 5, name: "posts a reply" } },
  { from: "TAP", output: "not ok 1 - posts a reply\n  ---\n  duration_ms: 1.1\n  type: 'test'\n  location: '/host/modules/forum/forum.test.js:3:1'\n", expected: { file: "/host/modules/forum/forum.test.js", line: 3, name: "posts a reply" } },
  { from: "Vitest", output: " FAIL  modules/forum/src/forum.test.ts > forum > posts a reply\nAssertionError: expected 1 to be 2", expected: { file: "modules/forum/src/forum.test.ts", name: "forum > posts a reply" } },
  { from: "Vitest with projects", output: " FAIL  |server| modules/forum/src/forum.test.ts > posts a reply", expected: { file: "modules/forum/src/forum.test.ts", name: "posts a reply" } },
  { from: "Jest", output: "FAIL modules/forum/forum.test.js (5.2 s)\n  ● posts a reply", expected: { file: "modules/forum/forum.test.js" } },
  { from: "Node, a file that does not load", output: "✖ modules/forum/dist/forum.test.js (35.1ms)", expected: { file: "modules/forum/dist/forum.test.js" } },
];

test.each(cases)("reads $from", ({ output, expected }) => {
  expect(findFailedTests(output.split("\n"))).toMatchObject([expected]);
});

test("passed tests and skipped ones are no failures", () => {
  const output = ["✔ posts a reply (1ms)", "ok 1 - posts a reply", "  location: '/host/a.test.js:3:1'", " ✓ src/a.test.ts (3 tests)", "PASS src/a.test.js", "﹣ later # SKIP"];
  expect(findFailedTests(output)).toEqual([]);
});
