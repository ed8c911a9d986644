import { InvalidArgumentError, type Command } from "commander";
import type { Anchor } from "../../journal/anchor.ts";
import type { ChainSource, Verification } from "../../journal/verify.ts";
import { readLinks } from "../client/chain.ts";
import { openSession, withServer, type ClientOptions, type Session } from "../client/session.ts";
import { action, printJson, type CliContext } from "../command.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { printProblems } from "../print-problems.ts";
import { problemJson } from "../problem-json.ts";

interface Options extends ClientOptions {
  readonly anchors?: string;
  readonly head?: readonly Anchor[];
  readonly local?: boolean;
  readonly data?: string;
}

/** A journal to be verified, and what was written down of it where it is. */
interface Opened {
  readonly source: ChainSource;
  readonly anchors: readonly Anchor[];
}

const linksAtOnce = 1_000;
const mostUnchained = 100;

export function journalVerifyCommand(journal: Command, context: CliContext): void {
  const command = journal
    .command("verify")
    .description("recompute the journal's chain here, and tell whether anybody tampered with it")
    .option("--anchors <file>", "a copy of a server's file of anchors, beside what the server tells")
    .option("--head <position:hash>", "what the chain's end once was; several may be given", addHead)
    .option("--local", "read the database itself (DATABASE_URL, or the data directory) instead of asking a server")
    .option("--data <dir>", "with --local: where everything is kept (MODYARD_DATA; default: .modyard)")
    .addHelpText("after", "\nThe exit code is 1 when anything does not fit. Keep the last line's head elsewhere: who rewrites the whole chain is found by it.");
  withServer(command).action(action(context, (options: Options) => verify(context, options)));
}

function addHead(text: string, before: readonly Anchor[] = []): readonly Anchor[] {
  const { position, hash } = /^(?<position>\d{1,15}):(?<hash>[0-9a-f]{64})$/.exec(text)?.groups ?? {};
  if (position === undefined || hash === undefined) throw new InvalidArgumentError("write POSITION:HASH, as an earlier verification or the server's log told it");
  return [...before, { position: Number(position), hash }];
}

async function verify(context: CliContext, options: Options): Promise<ExitCode> {
  const [{ verifyJournal }, { readAnchors }] = await Promise.all([import("../../journal/verify.ts"), import("../../journal/anchor.ts")]);
  const given = [...(options.head ?? []), ...(options.anchors === undefined ? [] : readAnchors(options.anchors).anchors)];
  const run = async ({ source, anchors }: Opened): Promise<ExitCode> => {
    const all = [...anchors, ...given].toSorted((one, other) => one.position - other.position);
    const found = await verifyJournal(source, all);
    if (options.json === true) printJson(context, json(found, all));
    else print(context, found, all);
    return found.problems.length === 0 ? exitCodes.ok : exitCodes.failed;
  };
  return options.local === true ? locally(context, options, run) : run(await remotely(await openSession(context, options)));
}

async function remotely({ api }: Session): Promise<Opened> {
  const { head, anchors, unchained } = await api.getJournalVerification();
  return {
    anchors,
    source: {
      head: () => Promise.resolve(head ?? undefined),
      links: async (after) => readLinks(await api.listJournalChain({ query: { after, limit: linksAtOnce } })),
      unchained: () => Promise.resolve(unchained),
    },
  };
}

/** Reads the operator's own database or the embedded one of a data directory, also beside a running server. */
async function locally(context: CliContext, { data }: Options, run: (opened: Opened) => Promise<ExitCode>): Promise<ExitCode> {
  const [{ readConfig }, { openServer }, { openDatabase }, chain, anchor, { pino }] = await Promise.all([import("../../config/config.ts"), import("../../database/open-server.ts"), import("../../database/connection.ts"), import("../../journal/chain.ts"), import("../../journal/anchor.ts"), import("pino")]);
  const config = readConfig(data === undefined ? {} : { data }, context.env);
  await using opened = new AsyncDisposableStack();
  const logger = pino({ level: "silent" });
  const handle = openDatabase(await openServer(config, logger, opened), logger);
  opened.defer(() => handle.close());
  const { db } = handle;
  return await run({
    anchors: anchor.readAnchors(anchor.anchorsFile(config.dataDirectory)).anchors,
    source: { head: () => chain.readChainHead(db), links: (after) => chain.readChain(db, { after, limit: linksAtOnce }), unchained: () => chain.findUnchained(db, mostUnchained) },
  });
}

function json({ checked, last, problems, more }: Verification, anchors: readonly Anchor[]): Record<string, unknown> {
  return { ok: problems.length === 0, checked, head: last, anchors: anchors.length, problems: problems.map((each) => ({ ...problemJson(each), details: each.details ?? {} })), more };
}

function print({ terminal: { out, err } }: CliContext, { checked, last, problems, more }: Verification, anchors: readonly Anchor[]): void {
  const count = checked.toLocaleString("en");
  const against = anchors.length === 0 ? "without an anchor" : `with ${anchors.length} ${anchors.length === 1 ? "anchor" : "anchors"}`;
  if (problems.length > 0) {
    printProblems(err, problems);
    out.line(out.colors.red(`The journal does not fit its chain: ${problems.length}${more ? " or more" : ""} found in ${count} entries, compared ${against}. The first one is where to look.`));
  } else {
    out.line(out.colors.green(`The journal is as it was written: ${count} entries, compared ${against}.`));
  }
  out.line(`head ${last.position}:${last.hash}`);
}
