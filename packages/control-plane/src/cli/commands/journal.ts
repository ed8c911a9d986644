import { InvalidArgumentError, Option, type Command } from "commander";
import { z } from "zod";
import type { JournalEvent } from "../../client/index.ts";
import { cut, deltaText, localTime } from "../client/format.ts";
import { foreignText, plain } from "../client/foreign-text.ts";
import { Interrupted, watching } from "../client/interrupt.ts";
import { withLimit } from "../client/paging.ts";
import { clientAction, withServer, type ClientOptions, type Session } from "../client/session.ts";
import { readStream } from "../client/stream.ts";
import { printJson, type CliContext } from "../command.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import type { Colors } from "../terminal.ts";
import { journalVerifyCommand } from "./journal-verify.ts";

interface Options extends ClientOptions {
  readonly limit: number;
  readonly subject?: string;
  readonly actor?: string;
  readonly action?: string;
  readonly environment?: string;
  readonly since?: string;
  readonly until?: string;
  readonly search?: string;
  readonly request?: string;
  readonly follow?: boolean;
}

export function journalCommand(program: Command, context: CliContext): void {
  const command = withLimit(program.command("journal").description("who did what, when and why; the newest last"), 20)
    .option("--subject <id>", "only of this build, release, deployment, …")
    .option("--actor <name>", "only what this person or token did")
    .option("--action <action>", "only this, e.g. build.failed, or all of a subject: 'build.*'")
    .option("--environment <name>", "only what is about this environment")
    .option("--since <time>", "from this time on: 2026-11-22, 2026-11-22T14:00Z, or 90m, 2h, 3d ago", timeOf)
    .option("--until <time>", "before this time", timeOf)
    .option("--search <words>", "only with these words, or words that begin so, in the reason or the details")
    .option("--request <id>", "only what this HTTP request did and caused")
    .addOption(new Option("-f, --follow", "go on with what happens from now on").conflicts(["actor", "action", "environment", "since", "until", "search", "request"]))
    .enablePositionalOptions();
  journalVerifyCommand(command, context);
  withServer(command).action(clientAction<[], Options>(context, journal));
}

const unitSeconds = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 } as const;

/** A time as people write it, as the API wants it. */
function timeOf(text: string): string {
  const { count, unit } = /^(?<count>\d{1,6})(?<unit>[smhdw])$/.exec(text)?.groups ?? {};
  const at = unit === undefined ? new Date(text) : new Date(Date.now() - Number(count) * unitSeconds[unit as keyof typeof unitSeconds] * 1_000);
  if (Number.isNaN(at.getTime())) throw new InvalidArgumentError("write a date, a date with a time, or how long ago: 90m, 2h, 3d");
  return at.toISOString();
}

async function journal(session: Session, { limit, follow, search, request, subject, actor, action, environment, since, until }: Options): Promise<ExitCode> {
  const filters = { subject, actor, action, environment, since, until, q: search, request_id: request };
  const page = await session.api.listEvents({ query: { limit, ...given(filters) } });
  if (session.json && follow !== true) printJson(session.context, page);
  if (!session.json) for (const entry of page.events.toReversed()) print(session, entry);
  return follow === true ? followJournal(session, page.events, subject) : exitCodes.ok;
}

/** What was given on the command line. */
function given<T extends object>(filters: T): { [Name in keyof T]?: Exclude<T[Name], undefined> } {
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined)) as { [Name in keyof T]?: Exclude<T[Name], undefined> };
}

/**
 * Until Ctrl-C. As JSON, the one document comes at the end. The stream goes by the order of the commits: after the greatest number
 * there may come, once more, an entry of a smaller one whose transaction ended late.
 */
async function followJournal(session: Session, before: readonly JournalEvent[], subject: string | undefined): Promise<ExitCode> {
  const { readJournalEvent } = await import("../../client/read-answer.ts");
  const came: JournalEvent[] = [];
  const told = new Set(before.map(({ id }) => id));
  const path = subject === undefined ? "/admin/events" : `/admin/events?${new URLSearchParams({ subject }).toString()}`;
  try {
    await watching((signal) => readStream(session, path, Math.max(0, ...told), signal, ({ id, data }) => {
      // The progress of running builds is told beside the journal and is not in it.
      if (id === undefined) return;
      const entry = readJournalEvent(data);
      if (told.has(entry.id)) return;
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

function print({ out }: Session, { at, action: what, actor, subject_id: subject, reason, details }: JournalEvent): void {
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

const slugs = z.array(z.object({ slug: z.string() }));
const factsShape = z.object({
  environment: z.string().optional().catch(undefined),
  release_id: z.string().optional().catch(undefined),
  delta: z.object({ added: slugs, removed: slugs, changed: slugs }).optional().catch(undefined),
  step: z.string().optional().catch(undefined),
  requested_by: z.string().optional().catch(undefined),
});

/** The few facts of an entry that people look for; the rest is in the JSON. */
function factsOf(details: unknown): readonly string[] {
  const { environment, release_id: release, delta, step } = factsShape.safeParse(details).data ?? {};
  return [delta === undefined ? undefined : deltaText(delta), release, environment, step === undefined ? undefined : `in ${step}`].filter((fact) => fact !== undefined);
}
