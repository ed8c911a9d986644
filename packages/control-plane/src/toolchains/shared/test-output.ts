/** One failed test, as a runner printed it. */
export interface FailedTest {
  /** As printed: absolute, or relative to where the runner ran. */
  readonly file: string;
  readonly line?: number;
  readonly name?: string;
  /** Index of its line in the output. */
  readonly at: number;
}

const path = String.raw`((?:file:\/\/)?[^\s:()'">]+\.[cm]?[jt]sx?)`;
/** node:test's spec reporter: `test at modules/a/a.test.ts:5:1`, then `✖ name (1.2ms)`. */
const nodeSpec = new RegExp(String.raw`^\s*test at ${path}:(\d+):\d+$`);
/** TAP: `not ok 1 - name`, then `location: '/abs/a.test.ts:5:1'`. */
const tapLocation = new RegExp(String.raw`^\s*location: ['"]${path}:(\d+):\d+['"]$`);
/** Vitest and Jest: `FAIL  modules/a/a.test.ts > name`. */
const failLine = new RegExp(String.raw`^\s*(?:FAIL|❌)\s+(?:\|[^|]*\|\s+)?${path}(?: > (.*?))?(?:\s+\(?[\d.]+ ?m?s\)?)?(?:\s+\[.*\])?\s*$`);
/** Node: a test file that could not even be loaded. */
const nodeFile = new RegExp(String.raw`^\s*(?:✖|not ok \d+ -) ${path}(?: \([\d.]+ms\))?$`);

/** Finds the failed tests in the output (without colours) of node:test, TAP, Vitest and Jest. */
export function findFailedTests(lines: readonly string[]): FailedTest[] {
  return lines.flatMap((line, at) => fromNodeSpec(lines, line, at) ?? fromTap(lines, line, at) ?? fromFail(line, at) ?? []);
}

function fromNodeSpec(lines: readonly string[], line: string, at: number): FailedTest | undefined {
  const match = nodeSpec.exec(line);
  if (match !== null) return failedTest(match[1], match[2], /^\s*✖ (.*?)(?: \([\d.]+ms\))?$/.exec(lines[at + 1] ?? "")?.[1], at);
  const file = nodeFile.exec(line);
  return file === null ? undefined : failedTest(file[1], undefined, undefined, at);
}

function fromTap(lines: readonly string[], line: string, at: number): FailedTest | undefined {
  const match = tapLocation.exec(line);
  if (match === null) return undefined;
  const verdict = lines.slice(Math.max(0, at - 6), at).findLast((above) => /^\s*(not )?ok \d+/.test(above));
  const name = verdict === undefined ? undefined : /^\s*not ok \d+ - (.*)$/.exec(verdict)?.[1];
  return name === undefined ? undefined : failedTest(match[1], match[2], name, at);
}

function fromFail(line: string, at: number): FailedTest | undefined {
  const match = failLine.exec(line);
  return match === null ? undefined : failedTest(match[1], undefined, match[2], at);
}

function failedTest(file: string | undefined, line: string | undefined, name: string | undefined, at: number): FailedTest | undefined {
  if (file === undefined) return undefined;
  return { file, ...(line === undefined ? {} : { line: Number(line) }), ...(name === undefined ? {} : { name }), at };
}
