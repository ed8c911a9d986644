import type { Command } from "commander";
import { buildPlan, planChange, withBuildOptions, type BuildOptions, type ChangeBody } from "../client/run-change.ts";
import { reportJson } from "../client/report.ts";
import { clientAction, type Session } from "../client/session.ts";
import type { CliContext } from "../command.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";

export function upgradeCommand(program: Command, context: CliContext): void {
  const command = program.command("upgrade").description("upgrade modules, all that have something newer when none is named").argument("[slug[@version]...]", "modules of the manifest; for a git module, @revision");
  withBuildOptions(command).action(clientAction<[string[]], BuildOptions>(context, upgrade));
}

async function upgrade(session: Session, slugs: string[], options: BuildOptions): Promise<ExitCode> {
  if (slugs.length > 0) return upgradeThese(session, { upgrade: slugs }, options);
  const all = await installedSlugs(session, options);
  const plan = await planChange(session, { upgrade: all }, options);
  const newest = new Set([...plan.blockers, ...plan.warnings].filter(({ code, module }) => nothingNewer.has(code) && !plan.unverified.includes(module ?? "")).map(({ module }) => module));
  const older = all.filter((slug) => !newest.has(slug));
  if (older.length > 0) return upgradeThese(session, { upgrade: older }, options);
  if (!session.json) session.out.line("Nothing to do: nothing newer is offered.");
  return reportJson(session, { plan: await planChange(session, {}, options) }, exitCodes.ok);
}

/** Nobody named these modules: that nothing newer is known of them is no problem then, unless their source could not be asked. */
const nothingNewer: ReadonlySet<string> = new Set(["upgrade_unknown", "module_up_to_date"]);

async function upgradeThese(session: Session, change: ChangeBody, options: BuildOptions): Promise<ExitCode> {
  return buildPlan(session, change, await planChange(session, change, options), options);
}

async function installedSlugs({ api }: Session, { ref }: BuildOptions): Promise<string[]> {
  const { modules } = await api.getManifest({ query: ref === undefined ? {} : { manifest_ref: ref } });
  return Object.keys(modules);
}
