import type { ErrorCode } from "../errors/catalogue.ts";

/** How `modyard` ends. Scripts rely on these numbers; docs/decisions/0203 and `modyard --help` repeat them. */
export const exitCodes = {
  /** Done, or everything asked about is well. */
  ok: 0,
  /** It was tried and failed: a file is not valid, a build or deployment failed. */
  failed: 1,
  /** The command line is wrong. */
  usage: 2,
  /** Not allowed as things are: the plan is blocked or stale, the permission is missing. Nothing was changed. */
  refused: 3,
  /** The server cannot be reached. */
  unreachable: 4,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Errors that mean a refusal; every other error is a failure. */
const refusals: readonly ErrorCode[] = ["PLAN_BLOCKED", "PLAN_STALE", "UNAUTHENTICATED"];

/** The exit code of a command that ends with this error. */
export function exitCodeOf(code: ErrorCode): ExitCode {
  return refusals.includes(code) ? exitCodes.refused : exitCodes.failed;
}
