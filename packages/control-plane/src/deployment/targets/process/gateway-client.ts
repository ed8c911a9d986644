import { request } from "node:http";
import type { z } from "zod";
import { catalogue, type ErrorCode } from "../../../errors/catalogue.ts";
import { fail, ModyardError, problem, type Problem } from "../../../errors/problem.ts";
import { refusalSchema } from "../../gateway/protocol.ts";

/** The gateway did not answer at all: it is not running, or ended while it was asked. Every request may be repeated. */
export class NoGateway extends Error {
  override readonly name = "NoGateway";
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

/**
 * Asks the gateway over its control socket. Throws NoGateway when none answers, the gateway's own problems when it refuses,
 * and gateway_unreachable when it is there but does not answer in time.
 */
export async function askGateway<T>(socketPath: string, name: string, body: unknown, schema: z.ZodType<T>, timeoutMs = 60_000): Promise<T> {
  const { status, text } = await post(socketPath, name, JSON.stringify(body), timeoutMs);
  const value: unknown = JSON.parse(text);
  if (status !== 200) throw new ModyardError(problemsOf(value));
  return schema.parse(value);
}

function post(socketPath: string, name: string, body: string, timeoutMs: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    const signal = AbortSignal.timeout(timeoutMs);
    const noAnswer = (error: Error): void => reject(signal.aborted ? notInTime(name, timeoutMs) : new NoGateway(error.message, { cause: error }));
    const sent = request({ socketPath, path: `/${name}`, method: "POST", headers, agent: false, signal }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.once("error", noAnswer);
      response.once("end", () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString("utf8") }));
    });
    sent.once("error", noAnswer);
    sent.end(body);
  });
}

function notInTime(name: string, timeoutMs: number): ModyardError {
  return new ModyardError(problem("gateway_unreachable", `the gateway did not answer "${name}" within ${timeoutMs / 1000} s`));
}

/** Problems that came over a socket: codes that this catalogue does not know become gateway_request_invalid. */
export function problemsOf(value: unknown): readonly Problem[] {
  const refusal = refusalSchema.safeParse(value);
  if (!refusal.success) fail("gateway_request_invalid", "the gateway refused without saying why");
  return refusal.data.problems.map(({ code, message, ...facts }) =>
    Object.hasOwn(catalogue, code) ? problem(code as ErrorCode, message, facts) : problem("gateway_request_invalid", message),
  );
}
