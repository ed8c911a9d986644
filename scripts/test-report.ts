/** How the tests of a file ended. */
export interface Counts {
  readonly passed: number;
  readonly skipped: number;
  /** Full names of the tests that failed. */
  readonly failures: readonly string[];
}

/** How a run ended. */
export interface RunReport {
  readonly files: readonly (Counts & {
    /** Below the repository's root. */
    readonly path: string;
  })[];
  /** Errors that no test caught: they belong to no file. */
  readonly errors: number;
}

/** More files than this do not fail together by chance: running them again would only hide what they say. */
const mostFilesAgain = 8;

/** Files worth another run, each as a whole: tests of one file build on each other. None where something is broken for certain. */
export function filesToTryAgain({ files, errors }: RunReport): readonly string[] {
  const failed = files.filter(({ failures }) => failures.length > 0).map(({ path }) => path);
  return errors > 0 || failed.length > mostFilesAgain ? [] : failed;
}

/** Both runs as one: of a file that ran again, the second run counts. */
export function withSecondRun(first: RunReport, again: RunReport): RunReport {
  const second = new Map(again.files.map((file) => [file.path, file]));
  return { files: first.files.map((file) => second.get(file.path) ?? file), errors: first.errors + again.errors };
}

/** What failed in the first run and is not failed in the end: a line for each. */
export function passedOnlyAgain(first: RunReport, merged: RunReport): readonly string[] {
  const failed = new Set(merged.files.flatMap(({ path, failures }) => failures.map((name) => `${path} > ${name}`)));
  return first.files.flatMap(({ path, failures }) => failures.map((name) => `${path} > ${name}`)).filter((name) => !failed.has(name)).map((name) => `passed only when its file ran again: ${name}`);
}

/** The plain line that ends a run. */
export function countsLine({ files, errors }: RunReport): string {
  const sum = (of: (counts: Counts) => number): number => files.reduce((total, file) => total + of(file), 0);
  return `${sum(({ passed }) => passed)} passed, ${sum(({ failures }) => failures.length) + Math.min(1, errors)} failed, ${sum(({ skipped }) => skipped)} skipped`;
}
