import type { Command } from "commander";
import type { ModyardApi, ServerAccess } from "../../client/index.ts";
import { action, withJson, type CliContext, type CommonOptions } from "../command.ts";
import type { ExitCode } from "../exit-codes.ts";
import type { Output } from "../terminal.ts";
import { findToken, serverAddress } from "./address.ts";
import { ownFetch } from "./own-fetch.ts";
import { progressOn, quietProgress, type Progress } from "./progress.ts";
import { toModyardError } from "./server-problems.ts";

/** Options of every command that talks to a server. */
export interface ClientOptions extends CommonOptions {
  readonly server?: string;
}

/** What a client command works with. */
export interface Session {
  readonly context: CliContext;
  /** The server's API; what it throws are errors of the catalogue. */
  readonly api: ModyardApi;
  /** Where the server is, and as whom it is asked: for streams. */
  readonly server: ServerAccess;
  /** Standard output is one JSON document. */
  readonly json: boolean;
  readonly out: Output;
  readonly err: Output;
  readonly progress: Progress;
  /** When the command began, for the total at its end. */
  readonly startedAt: number;
}

/** Gives a command what every client command has. */
export function withServer(command: Command): Command {
  return withJson(command.option("--server <url>", "the server (MODYARD_URL; default: http://127.0.0.1:4600)"));
}

/** A commander action with a connection to the server; its last argument is the options. */
export function clientAction<Arguments extends readonly unknown[], Options extends ClientOptions>(
  context: CliContext,
  run: (session: Session, ...args: readonly [...Arguments, Options]) => Promise<ExitCode>,
): (...args: [...Arguments, Options, Command]) => Promise<void> {
  return action(context, async (...args: readonly [...Arguments, Options]) => run(await openSession(context, args.at(-1) as Options), ...args));
}

/** Opens the way to the server; asks nothing yet. */
export async function openSession(context: CliContext, { server, json = false }: ClientOptions): Promise<Session> {
  const address = serverAddress(server, context.env);
  const access = accessTo(address, await findToken(address, context.env, context.cwd));
  // The client checks every answer: what it knows of them is more than other commands need at their start.
  const { connect } = await import("../../client/connect.ts");
  const { out, err } = context.terminal;
  return { context, api: connect({ ...access, fetch: ownFetch }), server: access, json, out, err, progress: json ? quietProgress(err) : progressOn(err), startedAt: Date.now() };
}

function accessTo(address: URL, token: string | undefined): ServerAccess {
  const url = address.href.replace(/\/+$/, "");
  return { url, toError: (error) => toModyardError(error, url), ...(token !== undefined && { token }) };
}
