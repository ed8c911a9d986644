import { writeFileSync } from "node:fs";
import type { Reporter, TestModule } from "vitest/node";
import { countsLine, type Counts, type RunReport } from "./test-report.ts";

/** Where `npm test` wants a run's report, by the environment: it prints the counts then, over all its runs. */
export const reportVariable = "MODYARD_TEST_REPORT";

/** Ends every run with one plain line: `N passed, N failed, N skipped`; or leaves it to whoever asked for a report. */
export class CountsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const report: RunReport = { files: modules.map((module) => ({ path: module.relativeModuleId, ...count(module) })), errors: errors.length };
    const path = process.env[reportVariable];
    if (path === undefined) process.on("exit", () => process.stdout.write(`${countsLine(report)}\n`));
    else writeFileSync(path, JSON.stringify(report));
  }
}

function count(module: TestModule): Counts {
  const tests = [...module.children.allTests()];
  const inState = (state: string): number => tests.filter((test) => test.result().state === state).length;
  const failures = tests.filter((test) => test.result().state === "failed").map((test) => test.fullName);
  // A file that cannot be loaded, and one whose hooks fail after the last test, have no test that failed.
  if (failures.length === 0 && module.state() === "failed") failures.push("the file itself, or a hook of it");
  return { passed: inState("passed"), skipped: inState("skipped"), failures };
}
