import type { Command } from "commander";
import type { BuildRequested, Plan } from "../../client/index.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { act } from "./act.ts";
import { printPlan } from "../print-plan.ts";
import { confirmed } from "./confirm.ts";
import { reportJson } from "./report.ts";
import { toProblem } from "./server-problems.ts";
import { withServer, type ClientOptions, type Session } from "./session.ts";
import { watchBuild } from "./watch-work.ts";

/** Options of every command that builds. */
export interface BuildOptions extends ClientOptions {
  /** Absent: the host's environment, when it has just one. */
  readonly deploy?: string | false;
  readonly reason?: string;
  readonly ref?: string;
  readonly yes?: boolean;
  readonly force?: boolean;
  readonly detach?: boolean;
}

export function withBuildOptions(command: Command): Command {
  command
    .option("--deploy <environment>", "where to deploy when the build succeeded (default: the host's environment, when it has just one)")
    .option("--no-deploy", "build only")
    .option("--reason <text>", "why, for the journal and the commit")
    .option("--ref <branch>", "the host's branch (default: the server's)")
    .option("-y, --yes", "do not ask")
    .option("--force", "build again although the same build exists")
    .option("--detach", "do not watch; print the build's id")
    .option("--wait", "watch to the end (as it does anyway)");
  return withServer(command);
}

/** What is to change, in the API's words. */
export interface ChangeBody {
  readonly install?: string[];
  readonly uninstall?: string[];
  readonly upgrade?: string[];
  readonly cascade?: boolean;
}

/** Plans a change on the server; nothing is changed yet. */
export function planChange(session: Session, change: ChangeBody, { ref }: BuildOptions): Promise<Plan> {
  return session.api.planChange({ body: { ...change, ...(ref !== undefined && { manifest_ref: ref }) } });
}

/** Shows a plan and, when it may be built and is wanted, builds it, watches, and reports. */
export async function buildPlan(session: Session, change: ChangeBody, plan: Plan, given: BuildOptions): Promise<ExitCode> {
  const options = { ...given, deploy: plan.may_be_built ? await destination(session, given) : false };
  if (!session.json) showPlan(session, plan, isRebuild(change));
  if (!plan.may_be_built) return reportJson(session, { plan }, exitCodes.refused);
  if (isIdle(change, plan, options)) {
    if (!session.json) session.out.line("Nothing to do.");
    return reportJson(session, { plan }, exitCodes.ok);
  }
  if (!(await confirmed(session, options.yes === true))) {
    session.err.line("Nothing was changed.");
    return exitCodes.refused;
  }
  const requested = await requestBuild(session, change, plan, options);
  if (options.detach !== true) return watchBuild(session, { plan }, requested, goalOf(options));
  if (!session.json) session.out.line(requested.build_id);
  const build = session.json ? { build: await session.api.getBuild({ path: { id: requested.build_id } }) } : {};
  return reportJson(session, { plan, outcome: requested.outcome, detached: true, ...build }, requested.outcome === "failed" ? exitCodes.failed : exitCodes.ok);
}

function goalOf({ deploy, ref }: BuildOptions): Parameters<typeof watchBuild>[3] {
  return { ...(typeof deploy === "string" && { environment: deploy }), ...(ref !== undefined && { ref }) };
}

/** To install means to see it live: with one environment there is nothing to ask. With several, who asks must say which. */
async function destination({ api }: Session, { deploy }: BuildOptions): Promise<string | false> {
  if (deploy !== undefined) return deploy;
  const { environments } = await api.listEnvironments();
  const [only, other] = environments;
  return only !== undefined && other === undefined ? only.name : false;
}

/** A rebuild that nothing speaks against needs no plan to be read. */
function showPlan({ out }: Session, plan: Plan, rebuild: boolean): void {
  const shown = shownPlan(plan);
  if (!rebuild || plan.warnings.length + plan.blockers.length > 0) return printPlan(out, shown);
  out.line(`Building ${plan.order.length === 1 ? "1 module" : `${plan.order.length} modules`} as they are ${out.colors.dim(`plan ${plan.plan_hash.slice(0, 12)}`)}`);
}

function isRebuild({ install, uninstall, upgrade }: ChangeBody): boolean {
  return [install, uninstall, upgrade].every((list) => list === undefined);
}

/** A change that changes nothing needs no build; a rebuild, a deployment or force do. */
function isIdle(change: ChangeBody, plan: Plan, { deploy, force }: BuildOptions): boolean {
  return !isRebuild(change) && deploy === false && force !== true && plan.manifest_hash_before === plan.manifest_hash_after;
}

/** Asks for the build that the plan promised. A lost answer is asked for again under the same key: one build. */
function requestBuild(session: Session, change: ChangeBody, plan: Plan, { ref, reason, deploy, force }: BuildOptions): Promise<BuildRequested> {
  const body = {
    ...change,
    plan_hash: plan.plan_hash,
    ...(ref !== undefined && { manifest_ref: ref }),
    ...(reason !== undefined && { reason }),
    ...(deploy !== undefined && deploy !== false && { deploy_to: deploy }),
    ...(force === true && { force }),
  };
  return act(session, (headers) => session.api.requestBuild({ body, headers }));
}

function shownPlan(plan: Plan) {
  return {
    delta: { ...plan.delta, changed: plan.delta.changed.map(({ keys, ...change }) => ({ ...change, ...(keys !== undefined && { keys }) })) },
    alongInstalled: plan.along_installed,
    alongUninstalled: plan.along_uninstalled,
    blockers: plan.blockers.map(toProblem),
    warnings: plan.warnings.map(toProblem),
    unverified: plan.unverified,
    planHash: plan.plan_hash,
    order: plan.order,
  };
}
