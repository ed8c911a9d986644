import { GraphQLError } from "graphql";
import type { Logger } from "pino";
import { catalogue } from "../../errors/catalogue.ts";
import { problem, type Problem } from "../../errors/problem.ts";
import { errorToStatus } from "../error-to-status.ts";
import { problemsOf } from "../problem-details.ts";
import { snakeCase } from "../snake-case.ts";

/** Any error as a client may see it: the catalogue's code, title and hint in `extensions`. What is not the caller's fault is logged and told without internals. */
export function showError(error: unknown, logger: Logger): GraphQLError {
  const cause = causeOf(error);
  const problems = cause instanceof GraphQLError ? invalid(cause) : problemsOf(cause);
  const [{ code, message, hint }] = problems;
  const status = errorToStatus(code);
  if (status >= 500) logger.error({ err: cause }, "a GraphQL request failed");
  const outer = error instanceof GraphQLError ? error : undefined;
  // Without a place in the answer it is about the request as a whole.
  const http = outer?.path === undefined ? { http: { status: statusOf(cause) ?? status } } : {};
  const extensions = { code, title: catalogue[code].title, hint, problems: problems.map((each) => snakeCase(each)), ...http };
  return new GraphQLError(message, { nodes: outer?.nodes ?? null, source: outer?.source ?? null, positions: outer?.positions ?? null, path: outer?.path ?? null, extensions });
}

/** What a library wrapped to say where it happened. */
function causeOf(error: unknown): Error {
  if (error instanceof GraphQLError && error.originalError !== undefined) return causeOf(error.originalError);
  return error instanceof Error ? error : new Error(String(error));
}

/** The document, its variables or the way in which they were sent. */
function invalid({ message }: GraphQLError): readonly [Problem, ...Problem[]] {
  return [problem("graphql_invalid", message)];
}

/** The same error, its status for every media type alike. */
export function withStatus(error: GraphQLError): GraphQLError {
  const { nodes = null, source = null, positions = null, path = null, message, extensions } = error;
  return new GraphQLError(message, { nodes, source, positions, path, extensions: { ...extensions, http: { status: statusOf(error) ?? 200 } } });
}

/** What the library answers where it knows better, such as 405. */
function statusOf(error: Error): number | undefined {
  const http: unknown = error instanceof GraphQLError ? error.extensions["http"] : undefined;
  return typeof http === "object" && http !== null && "status" in http ? Number(http.status) : undefined;
}
