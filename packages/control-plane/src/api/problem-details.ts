import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import { catalogue } from "../errors/catalogue.ts";
import { ModyardError, problem, type Problem } from "../errors/problem.ts";
import { errorToStatus } from "./error-to-status.ts";
import { snakeCase } from "./snake-case.ts";

/** Answers any error as RFC 9457 problem details; what is not the caller's fault is logged and told without internals. */
export function answerError(error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): void {
  const problems = problemsOf(error);
  const [first] = problems;
  const status = errorToStatus(first.code);
  if (status >= 500) request.log.error({ err: error }, "a request failed");
  void reply.status(status).type("application/problem+json").send(problemDetails(problems, status, request));
}

/** The body of an error answer. */
export function problemDetails(problems: readonly [Problem, ...Problem[]], status: number, request: FastifyRequest): Record<string, unknown> {
  const [first] = problems;
  return {
    type: `https://modyard.dev/problems/${first.code}`,
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

function problemsOf(error: FastifyError | Error): readonly [Problem, ...Problem[]] {
  if (error instanceof ModyardError) return error.problems;
  if (hasZodFastifySchemaValidationErrors(error)) return validationProblems(error);
  const code = "code" in error ? error.code : undefined;
  if (code === "FST_ERR_CTP_BODY_TOO_LARGE") return [problem("body_too_large", "the request's body is larger than 1 MB")];
  const status = "statusCode" in error ? error.statusCode : undefined;
  if (status !== undefined && status < 500) return [problem("body_not_json", error.message)];
  return [problem("internal", "the request could not be answered")];
}

function validationProblems(error: { readonly validation: readonly { readonly instancePath?: string; readonly message?: string }[] }): readonly [Problem, ...Problem[]] {
  const [first, ...rest] = error.validation.map((issue) => {
    const path = (issue.instancePath ?? "").split("/").filter(Boolean).join(".");
    const message = issue.message ?? "not valid";
    return problem("request_invalid", path === "" ? message : `${path}: ${message}`, path === "" ? {} : { path });
  });
  return [first ?? problem("request_invalid", "the request is not valid"), ...rest];
}
