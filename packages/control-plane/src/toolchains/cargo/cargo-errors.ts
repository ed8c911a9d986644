import { stripVTControlCharacters } from "node:util";
import { problem, type Problem } from "../../errors/problem.ts";
import { withoutPassword } from "../shared/without-password.ts";
import { manifestProblem } from "./cargo-manifest-errors.ts";
import { packageProblem } from "./cargo-package-errors.ts";
import { sourceProblem } from "./cargo-source-errors.ts";
import { type CargoFailure, type FailureContext, readFailure } from "./cargo-failure.ts";

/** Each looks for its own kinds of failures; the first that knows this one tells it. */
const readers: readonly ((failure: CargoFailure, context: FailureContext) => Problem | undefined)[] = [packageProblem, sourceProblem, manifestProblem];

/** What cargo printed about its failure to resolve or fetch, told as a problem of the catalogue with the module concerned. */
export function cargoProblem(output: readonly string[], context: FailureContext): Problem {
  const failure = readFailure(output.map((line) => withoutPassword(stripVTControlCharacters(line))));
  for (const read of readers) {
    const found = read(failure, context);
    if (found !== undefined) return found;
  }
  const said = failure.lines.filter((line) => line.trim() !== "" && line.trim() !== "Caused by:").slice(0, 4).map((line) => line.trim().replace(/^error: /, ""));
  return problem("step_failed", said.length === 0 ? "cargo failed without a word" : said.join("; "));
}
