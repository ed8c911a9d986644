import { chmodSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { z } from "zod";
import { ModyardError, problem, type Problem } from "../../errors/problem.ts";

/** One request of the control API: its body's shape, and what it does. */
export interface ControlRoute<Body extends z.ZodType = z.ZodType> {
  readonly body: Body;
  readonly run: (body: z.output<Body>) => Promise<unknown>;
}

/** Keeps body and handler of a route in step. */
export function controlRoute<Body extends z.ZodType>(body: Body, run: (body: z.output<Body>) => Promise<unknown>): ControlRoute {
  return { body, run: run as ControlRoute["run"] };
}

const LARGEST_BODY_BYTES = 4 * 1024 * 1024;

/** Serves `POST /name` with JSON on a unix socket that only this user can open. The caller holds the directory's lock. */
export async function serveControl(path: string, routes: Readonly<Record<string, ControlRoute>>): Promise<Server> {
  const server = createServer((request, response) => void answer(routes, request, response));
  rmSync(path, { force: true }); // Nobody listens there: this process holds the lock of the directory.
  const mask = process.umask(0o177);
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(path, resolve);
    });
  } finally {
    process.umask(mask);
  }
  chmodSync(path, 0o600);
  return server;
}

async function answer(routes: Readonly<Record<string, ControlRoute>>, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const name = (request.url ?? "").slice(1);
    const route = Object.hasOwn(routes, name) ? routes[name] : undefined;
    if (route === undefined || request.method !== "POST") throw refused("no such request");
    const body = route.body.safeParse(parseJson(await readBody(request)));
    if (!body.success) throw refused(z.prettifyError(body.error));
    send(response, 200, (await route.run(body.data)) ?? {});
  } catch (error) {
    send(response, 400, { problems: problemsOf(error) });
  }
}

function problemsOf(error: unknown): readonly Problem[] {
  if (error instanceof ModyardError) return error.problems;
  const { code, message } = error as NodeJS.ErrnoException;
  return [code === "ENOSPC" || code === "EDQUOT" ? problem("disk_full", message) : problem("internal", message)];
}

function refused(message: string): ModyardError {
  return new ModyardError(problem("gateway_request_invalid", message));
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > LARGEST_BODY_BYTES) throw refused("the body is too large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text === "" ? "{}" : text);
  } catch {
    throw refused("the body is not JSON");
  }
}

function send(response: ServerResponse, status: number, value: unknown): void {
  if (response.destroyed) return;
  const body = JSON.stringify(value);
  response.writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(body) }).end(body);
}
