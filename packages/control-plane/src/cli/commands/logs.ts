import type { Command } from "commander";
import type { LogLine } from "../../client/index.ts";
import { fail } from "../../errors/problem.ts";
import { foreignText } from "../client/foreign-text.ts";
import { Interrupted, watching } from "../client/interrupt.ts";
import { withPatience } from "../client/patience.ts";
import { clientAction, withServer, type ClientOptions, type Session } from "../client/session.ts";
import { readStream } from "../client/stream.ts";
import { printJson, type CliContext } from "../command.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";

interface Options extends ClientOptions {
  readonly follow?: boolean;
}

export function logsCommand(program: Command, context: CliContext): void {
  const command = program
    .command("logs")
    .description("print a build's log; with -f as it grows, ending as the build ends (1 when it failed)")
    .argument("[build]", "the build's id (default: the newest build)")
    .option("-f, --follow", "go on until the build is over");
  withServer(command).action(clientAction<[string | undefined], Options>(context, logs));
}

async function logs(session: Session, named: string | undefined, { follow }: Options): Promise<ExitCode> {
  const id = named ?? (await newestBuild(session));
  return follow === true ? followLog(session, id) : printLog(session, id);
}

async function newestBuild({ api }: Session): Promise<string> {
  const { builds } = await api.listBuilds({ query: { limit: 1 } });
  return builds[0]?.build_id ?? fail("build_not_found", "there are no builds yet", { hint: "`modyard build` makes the first." });
}

/** All lines that there are now. */
async function printLog(session: Session, id: string): Promise<ExitCode> {
  const lines: LogLine[] = [];
  for (let after = 0; ; ) {
    const page = await session.api.readBuildLog({ path: { id }, query: { after, limit: 1_000 } });
    if (session.json) lines.push(...page.lines);
    else for (const line of page.lines) print(session, line);
    if (page.lines.length === 0 || page.complete) {
      if (session.json) printJson(session.context, { build_id: id, lines, complete: page.complete });
      else if (after === 0 && page.lines.length === 0) session.err.line(`${id} has not written anything yet.`);
      return exitCodes.ok;
    }
    after = page.next_after;
  }
}

async function followLog(session: Session, id: string): Promise<ExitCode> {
  const { readLogLine } = await import("../../client/read-answer.ts");
  const lines: LogLine[] = [];
  try {
    const build = await watching(async (signal) => {
      await readStream(session, `/admin/builds/${encodeURIComponent(id)}/logs`, 0, signal, ({ data }) => {
        const line = readLogLine(data);
        if (session.json) lines.push(line);
        else print(session, line);
      });
      return withPatience(() => session.api.getBuild({ path: { id }, signal }), session.progress, signal);
    });
    if (session.json) printJson(session.context, { build_id: id, lines, complete: true, status: build.status });
    else session.err.line(`${build.status === "success" ? session.err.colors.green("✓") : session.err.colors.red("✗")} ${build.build_id} ${build.status}`);
    return build.status === "success" ? exitCodes.ok : exitCodes.failed;
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    if (session.json) printJson(session.context, { build_id: id, lines, complete: false });
    return exitCodes.interrupted;
  }
}

const stepWidth = 8;

function print({ out }: Session, { step, stream, text }: LogLine): void {
  const { colors } = out;
  const margin = stream === "stderr" ? colors.yellow("│") : colors.dim("│");
  const shown = foreignText(out, text);
  out.line(`${colors.dim(step.padEnd(stepWidth))} ${margin} ${stream === "modyard" ? colors.bold(shown) : shown}`.trimEnd());
}
