import type { Build, Deployment, Failure } from "../../client/index.ts";
import type { Problem } from "../../errors/problem.ts";
import { placeOf, printProblems } from "../print-problems.ts";
import { visibleWidth } from "../table.ts";
import { wrapText } from "../wrap-text.ts";
import { deltaText, duration } from "./format.ts";
import { foreignText, plain } from "./foreign-text.ts";
import { restCommand } from "./rest-command.ts";
import { toProblem } from "./server-problems.ts";
import type { Session } from "./session.ts";

/** How a build ended; `ref` is the branch, where one was named. */
export function printBuild(session: Session, build: Build, wasThere: boolean, ref?: string): void {
  const { out, err } = session;
  if (build.status === "success") {
    if (build.verifies !== null) return out.line(`${out.colors.green("✓")} ${build.verifies} made again is the same, byte for byte ${out.colors.dim(build.artifact_digest ?? "")}`);
    const took = wasThere ? "was built already" : `built in ${spanOf(build)}`;
    return out.line(`${out.colors.green("✓")} ${build.build_id} ${took} ${out.colors.dim(`(${deltaText(build.modules_delta)})`)}`);
  }
  if (build.status === "cancelled") return err.line(`${err.colors.red("✗")} ${build.build_id} was cancelled by ${build.cancel_requested_by ?? "its worker"}`);
  const again = wasThere ? " before, and would again" : "";
  err.line(`${err.colors.red("✗")} ${err.colors.bold(`${build.verifies === null ? "The build" : "The verification"} failed${placeOfFailure(build.error)}`)}${again}`);
  err.line();
  if (build.error !== null) printFailure(session, build.error);
  err.line(`${err.colors.dim("its log:")} modyard logs ${build.build_id}`);
  if (wasThere) err.line(`${err.colors.dim("to build it all the same:")} --force`);
  const rest = restCommand(build, ref);
  if (rest !== undefined) err.line(`${err.colors.dim(`the rest without ${build.next?.rest?.without.join(", ") ?? ""}:`)} ${rest}`);
}

/** How a deployment ended; `url` is where the environment answers, `serving` the release that it has now. */
export function printDeployment(session: Session, deployment: Deployment, url: string | null, serving: string | undefined): void {
  const { out, err } = session;
  if (deployment.status === "success") {
    out.line(`${out.colors.green("✓")} ${deployment.environment} runs ${deployment.release_id}${url === null ? "" : `: ${out.colors.cyan(url)}`}`);
    return out.line(`  ${out.colors.dim(timeUntilLive(session, deployment))}`);
  }
  if (deployment.status === "cancelled") return err.line(`${err.colors.red("✗")} The deployment of ${deployment.release_id} was cancelled${deployment.error === null ? "" : `: ${foreignText(plain, deployment.error.problems[0]?.message ?? "")}`}`);
  err.line(`${err.colors.red("✗")} ${err.colors.bold(`The deployment failed${placeOfFailure(deployment.error)}`)}`);
  err.line();
  if (deployment.error !== null) printFailure(session, deployment.error);
  err.line(serving === undefined ? `${deployment.environment} has no release` : `${deployment.environment} runs ${serving}${url === null ? "" : `: ${err.colors.cyan(url)}`}`);
}

/** What has to happen before a deployment of a protected environment goes on. */
export function printWaiting({ out }: Session, { environment, deployment_id: id, release_id: release }: Deployment): void {
  out.line(`${out.colors.yellow("○")} ${release} waits for approval by a second person: ${environment} is protected`);
  out.line(`  ${out.colors.dim("somebody else:")} modyard approve ${id}`);
  out.line(`  ${out.colors.dim("take it back:")}  modyard cancel ${id}`);
}

/** When users had it, and how long it was watched after that. Counted back from now: the server's clock may go differently. */
function timeUntilLive({ startedAt }: Session, { steps, finished_at: finished }: Deployment): string {
  const all = Date.now() - startedAt;
  const switched = steps.find(({ name }) => name === "switch")?.finished_at;
  const watched = switched === undefined || finished === null ? 0 : Date.parse(finished) - Date.parse(switched);
  return `live after ${duration(Math.max(0, all - watched))}${watched < 1_000 ? "" : `, then watched for ${duration(watched)}`}`;
}

/** What went wrong: problems with their places and hints, then the lines that matter. */
function printFailure({ err }: Session, failure: Failure): void {
  const { colors, columns } = err;
  const width = columns === undefined ? undefined : columns - 4;
  printProblems(err, failure.problems.map(toProblem).map((problem) => ({ ...problem, message: foreignLines(problem) })));
  if (failure.excerpt.length === 0) return;
  for (const line of failure.excerpt) for (const part of wrapLine(foreignText(err, line), width)) err.line(`  ${colors.dim("│")} ${part}`);
  err.line();
}

/** A message may repeat what a compiler wrote: nothing in it may steer the terminal, and its place is told already. */
function foreignLines({ message, location }: Problem): string {
  const text = message.split("\n").map((line) => foreignText(plain, line)).join("\n");
  const place = location === undefined ? "" : `${placeOf(location)}: `;
  return place !== "" && text.startsWith(place) ? text.slice(place.length) : text;
}

/** Coloured lines are left to the terminal: to cut them would cut their colours. */
function wrapLine(line: string, width: number | undefined): string[] {
  return visibleWidth(line) === line.length ? wrapText(line, width) : [line];
}

/** In which step, and of which module where that is known. */
function placeOfFailure(error: Failure | null): string {
  if (error === null) return "";
  const [slug] = error.problems.flatMap(({ module }) => module ?? []);
  return ` in ${error.step}${slug === undefined ? "" : `, module ${slug}`}`;
}

function spanOf({ started_at: started, finished_at: finished }: Build): string {
  return started === null || finished === null ? "no time" : duration(Date.parse(finished) - Date.parse(started));
}
