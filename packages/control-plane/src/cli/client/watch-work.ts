import type { Build, BuildRequested, Deployment, EnvironmentDetails } from "../../client/index.ts";
import { ModyardError } from "../../errors/problem.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { deploymentOf, followBuild, followDeployment, isOver, isWaiting } from "./follow.ts";
import { Interrupted, watching } from "./interrupt.ts";
import { withPatience } from "./patience.ts";
import { printBuild, printDeployment, printWaiting } from "./print-outcome.ts";
import { exitCodeOfReport, reportJson, type Report } from "./report.ts";
import type { Session } from "./session.ts";

/** Watches work that was asked for to its end and reports it; Ctrl-C stops the watching only. */
async function watchAndReport(session: Session, known: Report, goOn: readonly string[], watch: (note: (more: Report) => void, signal: AbortSignal) => Promise<void>): Promise<ExitCode> {
  let report = known;
  try {
    await watching((signal) => watch((more) => (report = { ...report, ...more }), signal));
    return reportJson(session, report, exitCodeOfReport(report));
  } catch (error) {
    if (error instanceof Interrupted) return leave(session, report, goOn);
    if (error instanceof ModyardError && error.code === "server_unreachable") throw new ModyardError({ ...error.problems[0], hint: `What was asked for goes on when the server is back. Watch it with \`${goOn[0] ?? ""}\`.` }, { cause: error });
    throw error;
  }
}

function leave(session: Session, report: Report, goOn: readonly string[]): ExitCode {
  const { err } = session;
  err.line();
  err.line("Not watching any more; the work goes on.");
  const [watch, cancel] = goOn;
  if (watch !== undefined) err.line(`  ${err.colors.dim("watch it ")} ${watch}`);
  if (cancel !== undefined) err.line(`  ${err.colors.dim("cancel it")} ${cancel}`);
  return reportJson(session, { ...report, detached: true }, exitCodes.interrupted);
}

/** Where a build is to end: the environment, and the branch where one was named. */
interface Goal {
  readonly environment?: string;
  readonly ref?: string;
}

/** Watches a build that was asked for, and then its deployment where one is wanted. */
export function watchBuild(session: Session, known: Report, requested: BuildRequested, { environment, ref }: Goal): Promise<ExitCode> {
  const { build_id: id, outcome } = requested;
  const goOn = [`modyard logs -f ${id}`, `modyard cancel ${id}`];
  if (!session.json) announce(session, requested);
  return watchAndReport(session, { ...known, outcome }, goOn, async (note, signal) => {
    const wasThere = outcome === "done" || outcome === "failed";
    const build = wasThere ? await session.api.getBuild({ path: { id }, signal }) : await followBuild(session, id, signal);
    note({ build });
    if (!session.json) printBuild(session, build, wasThere, ref);
    if (build.status !== "success" || build.verifies !== null) return;
    if (environment === undefined) return adviseDeployment(session, build);
    const deployment = wasThere ? requested.deployment_id : (await deploymentOf(session, build, environment, signal))?.deployment_id;
    if (deployment === undefined) return sayActive(session, note, environment, signal);
    note(await watchDeploymentTo(session, deployment, signal));
  });
}

/** Watches a deployment or rollback that was asked for. */
export function watchDeployment(session: Session, id: string): Promise<ExitCode> {
  return watchAndReport(session, {}, ["modyard journal -f"], async (note, signal) => note(await watchDeploymentTo(session, id, signal)));
}

async function watchDeploymentTo(session: Session, id: string, signal: AbortSignal): Promise<Report> {
  const deployment = await followDeployment(session, id, signal);
  if (isWaiting(deployment)) {
    if (!session.json) printWaiting(session, deployment);
    return { deployment };
  }
  const { url, active_release: active, deployment: newest } = await readEnvironment(session, deployment.environment, signal);
  // A release that became unwell after the switch is taken back by a deployment of its own.
  if (deployment.status === "failed" && newest?.kind === "auto_rollback" && !isOver(newest)) await followReturn(session, newest, signal);
  const serving = deployment.status === "success" ? undefined : ((await readEnvironment(session, deployment.environment, signal)).active_release ?? active)?.id;
  if (!session.json) printDeployment(session, deployment, url, serving);
  return { deployment, url };
}

async function followReturn(session: Session, { deployment_id: id, release_id: release }: Deployment, signal: AbortSignal): Promise<void> {
  session.progress.note(`going back to ${release}`);
  await followDeployment(session, id, signal);
}

async function sayActive(session: Session, note: (more: Report) => void, environment: string, signal: AbortSignal): Promise<void> {
  const { url, active_release: active } = await readEnvironment(session, environment, signal);
  note({ url });
  const { out } = session;
  if (!session.json) out.line(`${out.colors.green("✓")} ${environment} runs it already${active === null ? "" : ` as ${active.id}`}${url === null ? "" : `: ${out.colors.cyan(url)}`}`);
}

function readEnvironment(session: Session, name: string, signal: AbortSignal): Promise<EnvironmentDetails> {
  return withPatience(() => session.api.getEnvironment({ path: { name }, signal }), session.progress, signal);
}

function announce({ err }: Session, { build_id: id, outcome }: BuildRequested): void {
  if (outcome === "joined") err.line(`${err.colors.bold(id)} is under way with the same inputs: watching it`);
  else if (outcome === "folded") err.line(`${err.colors.bold(id)} waits for the same branch: your change became a part of it`);
  else if (outcome === "queued") err.line(err.colors.bold(id));
}

function adviseDeployment({ json, out }: Session, build: Build): void {
  if (!json) out.line(`  ${out.colors.dim("bring it to users:")} modyard deploy ${build.build_id} ENVIRONMENT`);
}
