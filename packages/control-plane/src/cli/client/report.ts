import type { Build, Deployment, Plan } from "../../client/index.ts";
import { problem, type Problem } from "../../errors/problem.ts";
import { printJson } from "../command.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { problemJson } from "../problem-json.ts";
import { toProblem } from "./server-problems.ts";
import type { Session } from "./session.ts";

/** What a command that changes something found out: the API's answers, null where there was none. */
export interface Report {
  readonly plan?: Plan;
  /** Why there is no new build: it was `done`, `joined` or `failed` already. */
  readonly outcome?: string;
  readonly build?: Build;
  readonly deployment?: Deployment;
  /** Where the environment answers. */
  readonly url?: string | null;
  /** Nobody watches any more, or nobody was to: the work goes on. */
  readonly detached?: boolean;
}

/** Prints the one JSON document of a command that changes something, where JSON is wanted. */
export function reportJson({ json, context }: Session, report: Report, exitCode: ExitCode): ExitCode {
  if (!json) return exitCode;
  const { plan = null, outcome = null, build = null, deployment = null, url = null, detached = false } = report;
  const status = (deployment ?? build)?.status ?? null;
  const ids = { build_id: build?.build_id ?? deployment?.build_id ?? null, deployment_id: deployment?.deployment_id ?? null, release_id: deployment?.release_id ?? build?.release_id ?? null };
  printJson(context, { ok: exitCode === exitCodes.ok, status, ...ids, plan, outcome, build, deployment, url, detached, errors: problemsOf(report).map(problemJson) });
  return exitCode;
}

/** The exit code of work that is over, or that a second person has to approve. */
export function exitCodeOfReport({ build, deployment }: Report): ExitCode {
  if (deployment?.status === "waiting_approval") return exitCodes.waiting;
  return [build, deployment].some((work) => work !== undefined && work.status !== "success") ? exitCodes.failed : exitCodes.ok;
}

function problemsOf({ plan, build, deployment }: Report): readonly Problem[] {
  const failures = [...(plan?.blockers ?? []), ...(build?.error?.problems ?? []), ...(deployment?.error?.problems ?? [])].map(toProblem);
  return build?.status === "cancelled" ? [...failures, problem("build_cancelled", `build ${build.build_id} was cancelled`)] : failures;
}
