import type { Command } from "commander";
import { z } from "zod";
import { deltaView } from "../../api/views/common.ts";
import { journalEntryView, journalView } from "../../api/views/journal.ts";
import { cut, deltaText, localTime } from "../client/format.ts";
import { foreignText, plain } from "../client/foreign-text.ts";
import { Interrupted, watching } from "../client/interrupt.ts";
import { withLimit } from "../client/paging.ts";
import { parseJson } from "../client/server-problems.ts";
import { clientAction, withServer, type ClientOptions, type Session } from "../client/session.ts";
import { readStream } from "../client/stream.ts";
import { printJson, type CliContext } from "../command.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import type { Colors } from "../terminal.ts";

type Entry = z.output<typeof journalEntryView>;

interface Options extends ClientOptions {
  readonly limit: number;
  readonly subject?: string;
  readonly follow?: boolean;
}

export function journalCommand(program: Command, context: CliContext): void {
  const command = withLimit(program.command("journal").description("who did what, when and why; the newest last"), 20)
    .option("--subject <id>", "only of this build, release, deployment, …")
    .option("-f, --follow", "go on with what happens from now on");
  withServer(command).action(clientAction<[], Options>(context, journal));
}

async function journal(session: Session, { limit, subject, follow }: Options): Promise<ExitCode> {
  const query = new URLSearchParams({ limit: String(limit), ...(subject !== undefined && { subject }) });
  const page = await session.client.get(`/admin/events?${query}`, journalView);
  if (session.json && follow !== true) printJson(session.context, page);
  if (!session.json) for (const entry of page.events.toReversed()) print(session, entry);
  return follow === true ? followJournal(session, page.events, subject) : exitCodes.ok;
}

/** Until Ctrl-C. As JSON, the one document comes at the end. */
async function followJournal(session: Session, before: readonly Entry[], subject: string | undefined): Promise<ExitCode> {
  const came: Entry[] = [];
  try {
    await watching((signal) => readStream(session, "/admin/events", before[0]?.id ?? 0, signal, ({ id, data }) => {
      // The progress of running builds is told beside the journal and is not in it.
      if (id === undefined) return;
      const entry = journalEntryView.parse(parseJson(data));
      if (subject !== undefined && entry.subject_id !== subject) return;
      if (session.json) came.unshift(entry);
      else print(session, entry);
    }));
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    if (session.json) printJson(session.context, { events: [...came, ...before], next_cursor: null });
    return exitCodes.interrupted;
  }
  return exitCodes.ok;
}

function print({ out }: Session, { at, action: what, actor, subject_id: subject, reason, details }: Entry): void {
  const { colors } = out;
  const facts = factsOf(details);
  const named = factsShape.safeParse(details).data?.requested_by;
  out.line(`${colors.dim(localTime(at))}  ${actionText(colors, what)} ${colors.dim(subject)}`);
  const said = reason === "" ? [] : [`“${foreignText(plain, reason)}”`];
  out.line(cut(`${" ".repeat(21)}by ${[foreignText(plain, named === undefined ? actor : `${actor} for ${named}`), ...facts, ...said].join(" · ")}`, out.columns));
}

function actionText(colors: Colors, what: string): string {
  const padded = what.padEnd(20);
  if (/\.(failed|cancelled|taken_over)$/.test(what)) return colors.red(padded);
  return /\.(succeeded|activated|landed)$/.test(what) ? colors.green(padded) : padded;
}

const factsShape = z.object({
  environment: z.string().optional().catch(undefined),
  release_id: z.string().optional().catch(undefined),
  delta: deltaView.optional().catch(undefined),
  step: z.string().optional().catch(undefined),
  requested_by: z.string().optional().catch(undefined),
});

/** The few facts of an entry that people look for; the rest is in the JSON. */
function factsOf(details: unknown): readonly string[] {
  const { environment, release_id: release, delta, step } = factsShape.safeParse(details).data ?? {};
  return [delta === undefined ? undefined : deltaText(delta), release, environment, step === undefined ? undefined : `in ${step}`].filter((fact) => fact !== undefined);
}
