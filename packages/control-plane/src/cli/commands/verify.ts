import type { Command } from "commander";
import { act } from "../client/act.ts";
import { reportJson } from "../client/report.ts";
import { clientAction, withServer, type ClientOptions, type Session } from "../client/session.ts";
import { watchBuild } from "../client/watch-work.ts";
import type { CliContext } from "../command.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";

interface Options extends ClientOptions {
  readonly reason?: string;
  readonly detach?: boolean;
}

export function verifyCommand(program: Command, context: CliContext): void {
  const command = program
    .command("verify")
    .description("make a build again from its commit, with nothing cached, and compare the artifacts byte for byte")
    .argument("<build>", "a successful build's id")
    .option("--reason <text>", "why, for the journal")
    .option("--detach", "do not watch; print the id of the build that compares");
  withServer(command).action(clientAction<[string], Options>(context, verify));
}

async function verify(session: Session, id: string, { reason, detach }: Options): Promise<ExitCode> {
  const requested = await act(session, (headers) => session.api.verifyBuild({ path: { id }, body: reason === undefined ? {} : { reason }, headers }));
  if (detach !== true) return watchBuild(session, {}, requested, {});
  if (!session.json) session.out.line(requested.build_id);
  return reportJson(session, { outcome: requested.outcome, detached: true, build: await session.api.getBuild({ path: { id: requested.build_id } }) }, exitCodes.ok);
}
