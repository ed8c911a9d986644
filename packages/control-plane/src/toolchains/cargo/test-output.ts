/** One test that failed, as Rust's test harness tells. */
export interface FailedRustTest {
  readonly name: string;
  /** As the panic names it; absent for a test that failed without one. */
  readonly file?: string;
  readonly line?: number;
  /** The panic's first line. */
  readonly words?: string;
}

const heading = /^---- (\S.*?) stdout ----$/;
const panic = /^thread '.*' (?:\(\d+\) )?panicked at (\S+?):(\d+):\d+:?$/;
const docTest = /^(\S+) - .*\(line (\d+)\)$/;

/** Finds the failed tests in the output (without colours) of `cargo test`. */
export function findFailedRustTests(lines: readonly string[]): FailedRustTest[] {
  return lines.flatMap((line, at) => {
    const name = heading.exec(line)?.[1];
    if (name === undefined) return [];
    const end = lines.findIndex((other, index) => index > at && (heading.test(other) || other === "failures:" || other.startsWith("test result: ")));
    return [failedTest(name, lines.slice(at + 1, end < 0 ? undefined : end))];
  });
}

/** Packages that cargo names in `to rerun pass -p NAME`. */
export function failedPackages(lines: readonly string[]): string[] {
  return [...new Set(lines.flatMap((line) => /^(?:error: .*to rerun pass `|\s+`)-p (\S+?)(?:[ `]|$)/.exec(line)?.[1] ?? []))];
}

function failedTest(name: string, output: readonly string[]): FailedRustTest {
  const at = output.findIndex((line) => panic.test(line));
  const [, file = docTest.exec(name)?.[1], line = docTest.exec(name)?.[2]] = panic.exec(output[at] ?? "") ?? [];
  const words = output[at + 1]?.trim();
  return { name, ...(file === undefined ? {} : { file }), ...(line === undefined ? {} : { line: Number(line) }), ...(at < 0 || words === undefined || words === "" ? {} : { words }) };
}
