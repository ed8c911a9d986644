import type { Command } from "commander";
import { action, withJson, type CliContext, type CommonOptions } from "../command.ts";
import type { ExitCode } from "../exit-codes.ts";
import type { Output } from "../terminal.ts";
import { findToken, serverAddress } from "./address.ts";
import { Client } from "./client.ts";
import { progressOn, quietProgress, type Progress } from "./progress.ts";

/** Options of every command that talks to a server. */
export interface ClientOptions extends CommonOptions {
  readonly server?: string;
}

/** What a client command works with. */
export interface Session {
  readonly context: CliContext;
  readonly client: Client;
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
  const client = new Client(address, await findToken(address, context.env, context.cwd));
  const { out, err } = context.terminal;
  return { context, client, json, out, err, progress: json ? quietProgress(err) : progressOn(err), startedAt: Date.now() };
}
