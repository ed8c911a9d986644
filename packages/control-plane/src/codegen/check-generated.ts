import { problem, type Problem } from "../errors/problem.ts";
import type { SourceFile } from "./source-file.ts";

/** The text of a file of the host, undefined when it is not there. */
export type ReadText = (path: string) => string | undefined;

/** One problem for each generated file that is missing or differs from what would be generated now. */
export function checkGenerated(files: readonly SourceFile[], read: ReadText): Problem[] {
  return files.flatMap((file) => {
    const found = read(file.path);
    if (found === undefined) return [problem("generated_out_of_date", `${file.path} is missing`, { location: { file: file.path } })];
    const difference = firstDifference(found, file.text);
    return difference === undefined ? [] : [outOfDate(file.path, difference)];
  });
}

/** The first line at which two texts differ; undefined stands for the end of a text. */
interface Difference {
  readonly line: number;
  readonly found: string | undefined;
  readonly wanted: string | undefined;
}

/** Line ends do not count: git may have checked the file out with others. */
function firstDifference(found: string, wanted: string): Difference | undefined {
  const [left, right] = [found, wanted].map((text) => text.replaceAll("\r\n", "\n").split("\n")) as [string[], string[]];
  const length = Math.max(left.length, right.length);
  for (let index = 0; index < length; index++) {
    if (left[index] !== right[index]) return { line: index + 1, found: left[index], wanted: right[index] };
  }
  return undefined;
}

const shown = (text: string | undefined): string => (text === undefined ? "(the file ends)" : text);

function outOfDate(path: string, { line, found, wanted }: Difference): Problem {
  return problem("generated_out_of_date", `${path} is out of date from line ${line} on:\n- ${shown(found)}\n+ ${shown(wanted)}`, { location: { file: path, line, column: 1 } });
}
