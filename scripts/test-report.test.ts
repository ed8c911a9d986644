import { describe, expect, test } from "vitest";
import { countsLine, filesToTryAgain, passedOnlyAgain, withSecondRun, type RunReport } from "./test-report.ts";

const file = (path: string, passed: number, ...failures: string[]) => ({ path, passed, skipped: 1, failures });
const run = (files: RunReport["files"], errors = 0): RunReport => ({ files, errors });

describe("a run of tests", () => {
  const first = run([file("a.test.ts", 2), file("b.test.ts", 1, "b one", "b two")]);

  test("that failed in a few files runs them again as wholes, and says what passed only then", () => {
    expect(filesToTryAgain(first)).toEqual(["b.test.ts"]);
    const merged = withSecondRun(first, run([file("b.test.ts", 2, "b two")]));
    expect(countsLine(merged)).toBe("4 passed, 1 failed, 2 skipped");
    expect(passedOnlyAgain(first, merged)).toEqual(["passed only when its file ran again: b.test.ts > b one"]);
  });

  test("that could not run a file again keeps what was said first", () => {
    expect(withSecondRun(first, run([]))).toEqual(first);
  });

  test("with errors of no file, or failures everywhere, is not tried again", () => {
    expect(filesToTryAgain(run(first.files, 1))).toEqual([]);
    expect(countsLine(run([file("a.test.ts", 2)], 3))).toBe("2 passed, 1 failed, 1 skipped");
    expect(filesToTryAgain(run(Array.from({ length: 9 }, (_, number) => file(`${number}.test.ts`, 0, "broken"))))).toEqual([]);
  });
});
