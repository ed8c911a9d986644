import type { Command } from "commander";
import type { Build, Environment } from "../../client/index.ts";
import { ago, deltaText, wrapped } from "../client/format.ts";
import { isOver } from "../client/follow.ts";
import { healthOf } from "../client/observed.ts";
import { clientAction, withServer, type ClientOptions, type Session } from "../client/session.ts";
import { printJson, type CliContext } from "../command.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";

export function statusCommand(program: Command, context: CliContext): void {
  withServer(program.command("status").description("what runs where, how it is, and what is being built")).action(clientAction<[], ClientOptions>(context, status));
}

async function status(session: Session): Promise<ExitCode> {
  const underWay = (state: "running" | "queued") => session.api.listBuilds({ query: { status: state } });
  const [{ environments }, running, queued] = await Promise.all([session.api.listEnvironments(), underWay("running"), underWay("queued")]);
  const builds = [...running.builds, ...queued.builds.toReversed()];
  if (session.json) printJson(session.context, { server: session.server.url, environments, builds });
  else print(session, environments, builds);
  return exitCodes.ok;
}

function print({ out }: Session, environments: readonly Environment[], builds: readonly Build[]): void {
  for (const environment of environments) {
    for (const line of environmentLines(out, environment)) out.line(line);
    out.line();
  }
  if (builds.length === 0) return out.line(out.colors.dim("Nothing is being built."));
  for (const build of builds) for (const line of buildLines(out, build)) out.line(line);
}

function environmentLines(out: Session["out"], environment: Environment): string[] {
  const { colors } = out;
  const { name, url, active_release: active, observed, deployment, waiting } = environment;
  const { word, isWell } = healthOf(active?.id, observed);
  const mark = active === null ? colors.dim("○") : (isWell ? colors.green : colors.red)("●");
  const head = `${mark} ${colors.bold(name)}  ${isWell ? word : colors.red(word)}${url === null ? "" : `  ${colors.cyan(url)}`}${environment.protected ? colors.dim("  protected") : ""}`;
  return [head, ...releaseFacts(out, active), ...deploymentFacts(out, deployment), ...waiting.flatMap((each) => waitingFacts(out, each))];
}

function releaseFacts(out: Session["out"], active: Environment["active_release"]): string[] {
  if (active === null) return [];
  const modules = wrapped(active.modules.map(({ slug, version }) => `${slug} ${version}`), (out.columns ?? 100) - 14);
  return [
    fact(out, "release", `${active.id}, ${ago(active.deployed_at)}`),
    fact(out, "build", active.build_id),
    ...modules.map((line, index) => fact(out, index === 0 ? "modules" : "", line)),
  ];
}

/** The newest deployment, while it runs or when it failed; a good one says nothing that the release does not. */
function deploymentFacts(out: Session["out"], deployment: Environment["deployment"]): string[] {
  if (deployment === null || deployment.status === "success") return [];
  const { status: state, kind, release_id: release, steps, error, finished_at: finished } = deployment;
  const what = `${kind.replaceAll("_", " ")} of ${release}`;
  if (!isOver(deployment)) return [fact(out, "coming", `${what}: ${steps.at(-1)?.name ?? state}`)];
  const because = error?.problems[0]?.message.split("\n")[0];
  return [fact(out, "last", `${what} ${state}${error === null ? "" : ` in ${error.step}`}, ${ago(finished)}`), ...(because === undefined ? [] : [fact(out, "", out.colors.red(because))])];
}

/** What a second person has to approve. */
function waitingFacts(out: Session["out"], { deployment_id: id, release_id: release, requested_by: by, created_at: at }: Environment["waiting"][number]): string[] {
  return [fact(out, "waits", `${release} for approval, asked by ${by}, ${ago(at)}`), fact(out, "", out.colors.yellow(`modyard approve ${id}`))];
}

function buildLines(out: Session["out"], build: Build): string[] {
  const { colors } = out;
  const mark = build.status === "running" ? colors.cyan("●") : colors.yellow("○");
  const where = build.status === "running" ? `${build.stage} ${build.progress} %` : "queued";
  return [
    `${mark} ${colors.bold(build.build_id)}  ${where}`,
    fact(out, "change", `${deltaText(build.modules_delta)}${build.deploy_to === null ? "" : ` → ${build.deploy_to}`}`),
    fact(out, "by", `${build.requested_by}, ${ago(build.created_at)}`),
    ...(build.holder === null ? [] : [fact(out, "worker", `${build.holder}${build.started_at === null ? "" : `, for ${ago(build.started_at).replace(" ago", "")}`}`)]),
  ];
}

function fact({ colors }: Session["out"], name: string, text: string): string {
  return `    ${colors.dim(name.padEnd(8))} ${text}`;
}
