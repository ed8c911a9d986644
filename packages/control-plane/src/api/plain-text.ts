import type { FastifyRequest } from "fastify";
import { ModyardError, problem, type Problem } from "../errors/problem.ts";

/**
 * Refuses control characters and broken Unicode anywhere in a request. No field of this API means anything by them,
 * and they end in commits, logs, command lines and a database that cannot store all of them.
 */
export function refuseControlCharacters(request: FastifyRequest): Promise<void> {
  const problems = [...findBadText(request.params, []), ...findBadText(request.query, []), ...findBadText(request.body, [])];
  return problems.length === 0 ? Promise.resolve() : Promise.reject(new ModyardError(problems.slice(0, mostProblems)));
}

const mostProblems = 20;
/** No request means anything below this, and what looks at it next may run out of stack. */
const deepest = 20;

/** Everything in a value that is no plain text, with its place. */
export function* findBadText(value: unknown, path: readonly string[]): Generator<Problem> {
  if (path.length > deepest) {
    yield problem("request_invalid", `${path.slice(0, 3).join(".")}: nested too deeply`);
  } else if (typeof value === "string") {
    if (isBad(value)) yield problem("request_invalid", `${path.join(".")}: no control characters`, { path: path.join(".") });
  } else if (typeof value === "object" && value !== null) {
    for (const [key, each] of Object.entries(value)) {
      if (isBad(key)) yield problem("request_invalid", `${[...path, JSON.stringify(key)].join(".")}: no control characters in names`);
      else yield* findBadText(each, [...path, key]);
    }
  }
}

function isBad(text: string): boolean {
  return /\p{Cc}/u.test(text) || !text.isWellFormed();
}
