import type { ErrorCode } from "../../errors/catalogue.ts";
import { problem, type Problem, type Result } from "../../errors/problem.ts";
import type { TomlDocument } from "../toml/document.ts";
import { formatPath, type KeyPath } from "../toml/key-path.ts";
import { suggest } from "./suggest.ts";

/** About a second's worth of comparing words. */
const MAX_COMPARISONS = 200_000;

/** Collects everything that is wrong with one document. */
export interface Report {
  /** Adds a problem at a key or (by default) at a value. */
  add(code: ErrorCode, path: KeyPath, message: string, facts?: { readonly hint?: string; readonly at?: "key" | "value" }): void;
  /** What was most likely meant by a word that is none of the candidates. Gives up after many comparisons, so that no input makes it slow. */
  near(word: string, candidates: ReadonlySet<string> | readonly string[]): string | undefined;
  /** The value when nothing was reported, or all problems in the order of the file. */
  result<T>(make: () => T): Result<T>;
}

export function reportOn(document: TomlDocument): Report {
  const problems: Problem[] = [];
  let comparisons = 0;
  return {
    add(code, path, message, facts = {}) {
      const { line, column } = document.locate(path, facts.at ?? "value");
      const module = path[0] === "modules" && typeof path[1] === "string" ? { module: path[1] } : {};
      const hint = facts.hint === undefined ? {} : { hint: facts.hint };
      problems.push(problem(code, message, { location: { file: document.file, line, column }, path: formatPath(path), ...module, ...hint }));
    },
    near(word, candidates) {
      comparisons += "size" in candidates ? candidates.size : candidates.length;
      return comparisons > MAX_COMPARISONS ? undefined : suggest(word, candidates);
    },
    result: (make) => (problems.length === 0 ? { ok: true, value: make() } : { ok: false, problems: problems.toSorted(byPlace) }),
  };
}

function byPlace(a: Problem, b: Problem): number {
  return (a.location?.line ?? 0) - (b.location?.line ?? 0) || (a.location?.column ?? 0) - (b.location?.column ?? 0);
}
