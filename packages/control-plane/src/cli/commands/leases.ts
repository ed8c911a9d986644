import type { Command } from "commander";
import type { Lease } from "../../client/index.ts";
import { act } from "../client/act.ts";
import { clientAction, withServer, type ClientOptions, type Session } from "../client/session.ts";
import { printJson, type CliContext } from "../command.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";

interface TakeOverOptions extends ClientOptions {
  readonly reason?: string;
}

export function leasesCommand(program: Command, context: CliContext): void {
  withServer(program.command("leases").description("what is under way: who holds it, which step, how long")).action(clientAction<[], ClientOptions>(context, list));
}

export function takeOverCommand(program: Command, context: CliContext): void {
  const command = program
    .command("take-over")
    .description("take a build or deployment away from the worker that holds it; the next worker goes on with it")
    .argument("<id>", "the build's or deployment's id")
    .option("--reason <text>", "why, for the journal");
  withServer(command).action(clientAction<[string], TakeOverOptions>(context, takeOver));
}

async function list(session: Session): Promise<ExitCode> {
  const { leases } = await session.api.listLeases();
  if (session.json) printJson(session.context, { leases });
  else if (leases.length === 0) session.out.line(session.out.colors.dim("Nothing is under way."));
  else for (const lease of leases) for (const line of describe(session, lease)) session.out.line(line);
  return exitCodes.ok;
}

function describe({ out: { colors } }: Session, { subject_id: id, kind, resource, holder, step, attempt, age_seconds: age, expired }: Lease): string[] {
  const who = holder === null ? colors.yellow("nobody: waits for a worker") : expired ? colors.red(`${holder} (no heartbeat: the next worker takes it)`) : holder;
  const often = attempt > 1 ? `, attempt ${attempt}` : "";
  return [`${expired ? colors.red("●") : colors.cyan("●")} ${colors.bold(id)}  ${kind === "build" ? "branch" : "environment"} ${resource}`, `    ${step ?? "beginning"} since ${Math.round(age)} s${often}`, `    ${colors.dim("holder")} ${who}`];
}

async function takeOver(session: Session, id: string, { reason }: TakeOverOptions): Promise<ExitCode> {
  const { leases } = await act(session, (headers) => session.api.takeOverLease({ path: { id }, body: reason === undefined ? {} : { reason }, headers }));
  if (session.json) printJson(session.context, { leases });
  else session.out.line(`${session.out.colors.green("✓")} ${id} was taken from its holder; the next worker goes on with it`);
  return exitCodes.ok;
}
