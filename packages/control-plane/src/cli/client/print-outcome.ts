import type { z } from "zod";
import type { BuildView } from "../../api/views/build.ts";
import type { failureView } from "../../api/views/common.ts";
import type { DeploymentView } from "../../api/views/release.ts";
import { printProblems } from "../print-problems.ts";
import { duration, deltaText } from "./format.ts";
import { foreignText } from "./foreign-text.ts";
import { toProblem } from "./server-problems.ts";
import type { Session } from "./session.ts";

type FailureView = z.output<typeof failureView>;

/** How a build ended. */
export function printBuild(session: Session, build: BuildView, wasThere: boolean): void {
  const { out, err } = session;
  if (build.status === "success") {
    const took = wasThere ? "was built already" : `built in ${spanOf(build)}`;
    return out.line(`${out.colors.green("✓")} ${build.build_id} ${took} ${out.colors.dim(`(${deltaText(build.modules_delta)})`)}`);
  }
  if (build.status === "cancelled") return err.line(`${err.colors.red("✗")} ${build.build_id} was cancelled by ${build.cancel_requested_by ?? "its worker"}`);
  const again = wasThere ? " before, and would again; --force builds anyway" : "";
  err.line(`${err.colors.red("✗")} ${err.colors.bold(`The build failed${build.error === null ? "" : ` in ${build.error.step}`}`)}${again}`);
  err.line();
  if (build.error !== null) printFailure(session, build.error);
  err.line(`${err.colors.dim("everything:")} modyard logs ${build.build_id}`);
}

/** How a deployment ended; `url` is where the environment answers, `serving` the release that it has now. */
export function printDeployment(session: Session, deployment: DeploymentView, url: string | null, serving: string | undefined): void {
  const { out, err } = session;
  if (deployment.status === "success") {
    out.line(`${out.colors.green("✓")} ${deployment.environment} runs ${deployment.release_id}${url === null ? "" : `: ${out.colors.cyan(url)}`}`);
    return out.line(`  ${out.colors.dim(`${duration(Date.now() - session.startedAt)} in all`)}`);
  }
  if (deployment.status === "cancelled") return err.line(`${err.colors.red("✗")} The deployment of ${deployment.release_id} was cancelled`);
  err.line(`${err.colors.red("✗")} ${err.colors.bold(`The deployment failed${deployment.error === null ? "" : ` in ${deployment.error.step}`}`)}`);
  err.line();
  if (deployment.error !== null) printFailure(session, deployment.error);
  err.line(serving === undefined ? `${deployment.environment} has no release` : `${deployment.environment} runs ${serving}${url === null ? "" : `: ${err.colors.cyan(url)}`}`);
}

/** What went wrong: problems with their modules and hints, then the lines that matter. */
function printFailure({ err }: Session, failure: FailureView): void {
  const { colors } = err;
  printProblems(err, failure.problems.map(toProblem).map((problem) => ({ ...problem, message: foreignText(err, `${moduleOf(problem.module, problem.message)}${problem.message.split("\n")[0] ?? ""}`) + rest(problem.message) })), "error");
  if (failure.excerpt.length === 0) return;
  for (const line of failure.excerpt) err.line(`  ${colors.dim("│")} ${foreignText(err, line)}`);
  err.line();
}

/** The module's name, where the message does not say it anyway. */
function moduleOf(module: string | undefined, message: string): string {
  return module === undefined || message.includes(module) ? "" : `${module}: `;
}

function rest(message: string): string {
  const at = message.indexOf("\n");
  return at === -1 ? "" : message.slice(at);
}

function spanOf({ started_at: started, finished_at: finished }: BuildView): string {
  return started === null || finished === null ? "no time" : duration(Date.parse(finished) - Date.parse(started));
}
