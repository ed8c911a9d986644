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
  /** Done so far, and now a second person has to approve the deployment. */
  waiting: 5,
  /** Ctrl-C: nobody watches any more; what was asked for goes on. */
  interrupted: 130,
  /** Whoever read the output closed it before the end, as other programs end by SIGPIPE: what was asked for goes on. */
  unread: 141,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Errors that mean something else than "it was tried and failed". */
const codes: Partial<Record<ErrorCode, ExitCode>> = {
  unauthenticated: exitCodes.refused,
  token_misspelt: exitCodes.refused,
  token_expired: exitCodes.refused,
  token_revoked: exitCodes.refused,
  token_suspended: exitCodes.refused,
  token_exceeds_maker: exitCodes.refused,
  forbidden: exitCodes.refused,
  last_owner: exitCodes.refused,
  person_disabled: exitCodes.refused,
  plan_blocked: exitCodes.refused,
  plan_stale: exitCodes.refused,
  build_transition_refused: exitCodes.refused,
  build_not_successful: exitCodes.refused,
  already_active: exitCodes.refused,
  rollback_refused: exitCodes.refused,
  rollback_no_target: exitCodes.refused,
  artifact_missing: exitCodes.refused,
  approval_own_request: exitCodes.refused,
  approval_not_requester: exitCodes.refused,
  approval_not_waiting: exitCodes.refused,
  approval_stale: exitCodes.refused,
  server_unreachable: exitCodes.unreachable,
  server_address_invalid: exitCodes.usage,
  environment_not_named: exitCodes.usage,
};

/** The exit code of a command that ends with this error. */
export function exitCodeOf(code: ErrorCode): ExitCode {
  return codes[code] ?? exitCodes.failed;
}
