import { expect, test } from "vitest";
import { findDiagnostics } from "./diagnostics.ts";

const cases: { readonly from: string; readonly output: string; readonly expected: object }[] = [
  { from: "TypeScript", output: "modules/forum/src/index.ts(3,7): error TS2322: Type 'string' is not assignable to type 'number'.", expected: { file: "modules/forum/src/index.ts", line: 3, column: 7, message: "Type 'string' is not assignable to type 'number'. (TS2322)" } },
  { from: "TypeScript, pretty", output: "../../modules/forum/src/index.ts:3:7 - error TS2322: Type 'string' is not assignable to type 'number'.\n\n3 const a: number = \"x\";\n        ~", expected: { file: "../../modules/forum/src/index.ts", line: 3, column: 7, message: "Type 'string' is not assignable to type 'number'. (TS2322)" } },
  { from: "esbuild", output: "✘ [ERROR] Expected \";\" but found \"x\"\n\n    modules/forum/src/index.ts:1:6:\n      1 │ const x x", expected: { file: "modules/forum/src/index.ts", line: 1, column: 6, message: "Expected \";\" but found \"x\"" } },
  { from: "Vite", output: "[vite:esbuild] Transform failed with 1 error:\n/host/apps/admin/src/a.tsx:4:2: ERROR: Unexpected \"}\"", expected: { file: "/host/apps/admin/src/a.tsx", line: 4, column: 2, message: "Unexpected \"}\"" } },
  { from: "Node, a syntax error", output: "file:///host/modules/forum/build.js:2\nconst = 1;\n      ^\n\nSyntaxError: Unexpected token '='\n    at compileSourceTextModule (node:internal/modules/esm/utils:339:16)", expected: { file: "file:///host/modules/forum/build.js", line: 2, message: "SyntaxError: Unexpected token '='" } },
  { from: "a compiler in the style of GCC", output: "src/a.scss:10:3: error: unknown property", expected: { file: "src/a.scss", line: 10, column: 3, message: "unknown property" } },
];

test.each(cases)("reads $from", ({ output, expected }) => {
  expect(findDiagnostics(output.split("\n"))).toMatchObject([expected]);
});

test("warnings, addresses, times and stack frames are no complaints", () => {
  const output = ["src/a.ts:1:2: warning: unused", "listening on http://127.0.0.1:8080", "done at 12:30:45", "    at run (/host/a.js:10:3)", "modules/forum/src/index.ts", "built a.js in 12:1"];
  expect(findDiagnostics(output)).toEqual([]);
});
