import type { Problem } from "../errors/problem.ts";
import { hintWithCommand } from "./command-hints.ts";

/** A problem as every `--json` output has it. */
export interface ProblemJson {
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly path: string | null;
  readonly module: string | null;
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

export function problemJson({ code, message, hint, location, path, module }: Problem): ProblemJson {
  return {
    file: location?.file ?? null,
    line: location?.line ?? null,
    column: location?.column ?? null,
    path: path ?? null,
    module: module ?? null,
    code: code,
    message,
    hint: hintWithCommand({ code, hint }),
  };
}
