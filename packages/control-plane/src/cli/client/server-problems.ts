import { z } from "zod";
import { ApiError, type ConnectionError } from "../../client/api-error.ts";
import type { Problem as SentProblem } from "../../client/index.ts";
import { catalogue, type ErrorCode } from "../../errors/catalogue.ts";
import { ModyardError, problem, type Problem } from "../../errors/problem.ts";

const locationShape = z.object({ file: z.string(), line: z.number().optional(), column: z.number().optional() });

/** A problem as the API sends it, as the catalogue's own again. A code that only a newer server knows becomes internal. */
export function toProblem(sent: SentProblem): Problem {
  const { line, column, file } = locationShape.safeParse(sent["location"]).data ?? {};
  const location = file === undefined ? undefined : { file, ...(line !== undefined && { line }), ...(column !== undefined && { column }) };
  return {
    code: isKnown(sent.code) ? sent.code : "internal",
    message: sent.message,
    hint: sent.hint,
    ...(sent.module !== undefined && { module: sent.module }),
    ...(sent.path !== undefined && { path: sent.path }),
    ...(location !== undefined && { location }),
  };
}

function isKnown(code: string): code is ErrorCode {
  return Object.hasOwn(catalogue, code);
}

const tokenHint = "Set MODYARD_TOKEN, or MODYARD_TOKEN_FILE to a file that holds it. The first administrator's token is in the file admin-token of the server's data directory.";

/** What the client throws, as an error of the catalogue. */
export function toModyardError(error: ApiError | ConnectionError, address: string): ModyardError {
  if (error instanceof ApiError) return errorOfAnswer(error, address);
  if (error.answered) return new ModyardError(problem("server_not_understood", error.message), { cause: error.cause });
  return new ModyardError(problem("server_unreachable", `${error.message}${error.cause === undefined ? "" : `: ${reasonOf(error.cause)}`}`), { cause: error.cause });
}

function errorOfAnswer({ status, details }: ApiError, address: string): ModyardError {
  if (details === undefined) {
    // No word of Modyard's: a proxy in between whose server is away, or another program altogether.
    const code = status >= 502 && status <= 504 ? "server_unreachable" : "server_not_understood";
    return new ModyardError(problem(code, `${address} answered with status ${status}`));
  }
  const problems = details.problems.map(toProblem);
  return new ModyardError(status === 401 ? problems.map((each) => ({ ...each, hint: tokenHint })) : problems);
}

/** Node says "fetch failed" and keeps the reason in the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return "it does not answer";
  const cause: unknown = error.cause;
  if (cause instanceof AggregateError && cause.errors.length > 0) return reasonOf(cause.errors[0]);
  return cause instanceof Error ? cause.message : error.message;
}

/** Errors that may be gone in a moment: the server restarts, or its database does. */
export function mayPass(error: unknown): boolean {
  return error instanceof ModyardError && ["server_unreachable", "database_unreachable", "idempotency_in_progress"].includes(error.code);
}

/** The same for one who only looks: then a defect of the moment is worth a second look, too. */
export function mayPassForReaders(error: unknown): boolean {
  return mayPass(error) || (error instanceof ModyardError && error.code === "internal");
}
