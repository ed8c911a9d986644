import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Problem } from "../../errors/problem.ts";
import type { Sources } from "../print-problems.ts";

/** The texts that problems point into, as far as they can be read, so that the lines can be shown. */
export function sourcesOf(problems: readonly Problem[], cwd: string): Sources {
  const files = new Set(problems.flatMap((problem) => (problem.location?.line === undefined ? [] : [problem.location.file])));
  return new Map([...files].flatMap((file) => {
    try {
      return [[file, readFileSync(resolve(cwd, file), "utf8")] as const];
    } catch {
      return [];
    }
  }));
}
