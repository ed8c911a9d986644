import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import { randomUUID } from "node:crypto";
import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { z } from "zod";
import { isDatabaseGone } from "../database/problems.ts";
import { catalogue, type ErrorCode } from "../errors/catalogue.ts";
import { ModyardError, problem, type Problem } from "../errors/problem.ts";
import { bareHeaders } from "./edge/security-headers.ts";
import { errorToStatus } from "./error-to-status.ts";
import type { MethodsAt } from "./other-methods.ts";
import { snakeCase } from "./snake-case.ts";

const retrySeconds = 2;

/** Answers any error as RFC 9457 problem details; what is not the caller's fault is logged and told without internals. */
export function answerError(error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): void {
  const problems = problemsOf(error);
  const [first] = problems;
  const status = errorToStatus(first.code);
  if (status >= 500) request.log.error({ err: error }, "a request failed");
  // The rest of the body is read and thrown away: closing the connection would cut off a client that still sends from its answer.
  if (first.code === "body_too_large") {
    reply.removeHeader("connection");
    request.raw.resume();
  }
  // What is away comes back by itself, mostly within a second or two.
  if (status === 503) reply.header("retry-after", String(retrySeconds));
  const seconds = first.details?.["retryAfterSeconds"];
  if (typeof seconds === "number") reply.header("retry-after", String(seconds));
  void reply.status(status).type("application/problem+json").send(problemDetails(problems, status, request));
}

/** The body of an error answer. */
function problemDetails(problems: readonly [Problem, ...Problem[]], status: number, request: FastifyRequest): Record<string, unknown> {
  const [first] = problems;
  return {
    type: typeOf(first.code),
    title: catalogue[first.code].title,
    status,
    detail: first.message,
    code: first.code,
    hint: first.hint,
    instance: request.url.split("?")[0],
    request_id: request.id,
    problems: problems.map((each) => snakeCase(each)),
  };
}

/** Names the problem; there is nothing at this address. */
function typeOf(code: ErrorCode): string {
  return `urn:modyard:problem:${code}`;
}

/** Answers a request to an address or with a method that is not there. */
export function answerNotFound(request: FastifyRequest, reply: FastifyReply, methodsAt: MethodsAt): FastifyReply {
  const path = request.url.split("?")[0] ?? "";
  const known = methodsAt(path);
  // A file that is not there is missing for the method that would have it, too.
  const methods = known.includes(request.method) ? [] : known;
  const missing =
    methods.length === 0
      ? problem("route_not_found", `there is nothing at ${path}`)
      : problem("method_not_allowed", `${path} does not know ${request.method}; it knows ${methods.join(", ")}`, { details: { methods } });
  const status = errorToStatus(missing.code);
  if (methods.length > 0) reply.header("allow", methods.join(", "));
  return reply.status(status).type("application/problem+json").send(problemDetails([missing], status, request));
}

const bare = Object.entries(bareHeaders).map(([name, value]) => `${name}: ${value}\r\n`).join("");

/** Answers what is not HTTP, or not in time: there is no request yet to answer. */
export function answerNotHttp(error: Error & { readonly code?: string }, socket: Pick<Socket, "writable" | "end">): void {
  if (error.code === "ECONNRESET" || !socket.writable) return;
  const { code, message, hint } = problemOfConnection(error);
  const status = errorToStatus(code);
  const requestId = randomUUID();
  const body = JSON.stringify({ type: typeOf(code), title: catalogue[code].title, status, detail: message, code, hint, request_id: requestId, problems: [{ code, message, hint }] });
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nX-Request-Id: ${requestId}\r\n${bare}Connection: close\r\n\r\n${body}`);
}

function problemOfConnection({ code }: { readonly code?: string }): Problem {
  if (code === "HPE_HEADER_OVERFLOW") return problem("headers_too_large", "the headers are larger than 16 kB");
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return problem("request_timeout", "the rest of the request did not come in time");
  return problem("request_invalid", "the request is not HTTP");
}

/** What the catalogue says of an error; of what is not the caller's fault it tells nothing. */
export function problemsOf(error: FastifyError | Error): readonly [Problem, ...Problem[]] {
  if (error instanceof ModyardError) return error.problems;
  if (hasZodFastifySchemaValidationErrors(error)) return validationProblems(error);
  const code = "code" in error ? error.code : undefined;
  if (isDatabaseGone(error)) return [problem("database_unreachable", "the database does not answer")];
  if (code === "FST_ERR_CTP_BODY_TOO_LARGE") return [problem("body_too_large", "the request's body is larger than this operation takes")];
  if (code === "FST_ERR_BAD_URL" || code === "FST_ERR_MAX_PARAM_LENGTH") return [problem("route_not_found", "there is nothing at this address")];
  const status = "statusCode" in error ? error.statusCode : undefined;
  // A file that is not there, or an address that leads out of where files are.
  if (status === 403 || status === 404) return [problem("route_not_found", "there is nothing at this address")];
  if (status !== undefined && status < 500) return [problem("body_not_json", error.message)];
  return [problem("internal", "the request could not be answered")];
}

const ruleHint = z.object({ params: z.object({ hint: z.string().optional() }).optional() });

function validationProblems(error: { readonly validation: readonly { readonly instancePath?: string; readonly message?: string; readonly params?: unknown }[] }): readonly [Problem, ...Problem[]] {
  const [first, ...rest] = error.validation.map((issue) => {
    const path = (issue.instancePath ?? "").split("/").filter(Boolean).join(".");
    const message = issue.message ?? "not valid";
    // What a kind of text must look like says its rule: the same words as for the files.
    const { hint } = ruleHint.safeParse(issue.params).data?.params ?? {};
    return problem("request_invalid", path === "" ? message : `${path}: ${message}`, { ...(path !== "" && { path }), ...(hint !== undefined && { hint }) });
  });
  return [first ?? problem("request_invalid", "the request is not valid"), ...rest];
}
