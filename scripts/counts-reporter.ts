import type { Reporter, TestModule } from "vitest/node";

/** Ends every run with one plain line: `N passed, N failed, N skipped`; before it, each test that passed only when tried again. */
export class CountsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const all = modules.flatMap((module) => [...module.children.allTests()]);
    const tests = all.map((test) => test.result().state);
    for (const test of all) {
      if (test.diagnostic()?.flaky === true) process.stdout.write(`passed only when tried again: ${test.module.relativeModuleId} > ${test.fullName}\n`);
    }
    const broken = modules.filter((module) => module.state() === "failed" && [...module.children.allTests()].length === 0).length;
    const count = (state: string): number => tests.filter((each) => each === state).length;
    const failed = count("failed") + broken + (errors.length > 0 ? 1 : 0);
    process.on("exit", () => process.stdout.write(`${count("passed")} passed, ${failed} failed, ${count("skipped")} skipped\n`));
  }
}
