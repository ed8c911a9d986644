import { catalogue, type ErrorCode } from "./catalogue.ts";

/** Where in a file a problem stands. Lines and columns count from 1. */
export interface Location {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/**
 * One thing that is wrong, told completely: a stable code, what is wrong, and what to do about it.
 * Plain data, so it can be stored with a build, sent by the API and printed by the CLI unchanged.
 */
export interface Problem {
  readonly code: ErrorCode;
  /** What is wrong, with the names of the things concerned. */
  readonly message: string;
  /** What to do or write instead. */
  readonly hint: string;
  readonly location?: Location;
  /** The key's path in a TOML or JSON document, e.g. `modules.forum.version`. */
  readonly path?: string;
  /** The slug of the module concerned, where it is known. */
  readonly module?: string;
  /** Further facts, such as the holder of a lock or the limits that were passed. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** What a caller may add to the catalogue's words. */
export type ProblemFacts = Omit<Problem, "code" | "message" | "hint"> & { readonly hint?: string };

/** Makes a problem from the catalogue: `message` tells this case, the hint is the catalogue's unless given. */
export function problem(code: ErrorCode, message: string, facts: ProblemFacts = {}): Problem {
  return { hint: catalogue[code].hint, ...facts, code, message };
}

/** The one error class of the control plane. It carries one or more problems and knows no HTTP. */
export class ModyardError extends Error {
  override readonly name = "ModyardError";
  readonly problems: readonly [Problem, ...Problem[]];

  constructor(problems: Problem | readonly Problem[], options?: ErrorOptions) {
    const list = Array.isArray(problems) ? (problems as readonly Problem[]) : [problems as Problem];
    const [first, ...rest] = list;
    if (first === undefined) throw new TypeError("a ModyardError needs at least one problem");
    super(first.message, options);
    this.problems = [first, ...rest];
  }

  /** The first problem's code: what callers branch on. */
  get code(): ErrorCode {
    return this.problems[0].code;
  }
}

/** Throws the catalogue's error; reads as a sentence at the place of failure. */
export function fail(code: ErrorCode, message: string, facts: ProblemFacts = {}, cause?: unknown): never {
  throw new ModyardError(problem(code, message, facts), cause === undefined ? undefined : { cause });
}

/** An expected outcome: a value, or everything that is wrong with the input. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly Problem[] };

/** The value of a result, or its problems thrown as one error. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new ModyardError(result.problems);
}
