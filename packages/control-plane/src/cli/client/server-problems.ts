import { z } from "zod";
import { problemDetailsView, type problemView } from "../../api/views/common.ts";
import { catalogue, type ErrorCode } from "../../errors/catalogue.ts";
import { ModyardError, problem, type Problem } from "../../errors/problem.ts";

type ProblemView = z.output<typeof problemView>;

const locationShape = z.object({ file: z.string(), line: z.number().optional(), column: z.number().optional() });

/** A problem as the API sends it, as the catalogue's own again. A code that only a newer server knows becomes internal. */
export function toProblem(view: ProblemView): Problem {
  const { line, column, file } = locationShape.safeParse(view["location"]).data ?? {};
  const location = file === undefined ? undefined : { file, ...(line !== undefined && { line }), ...(column !== undefined && { column }) };
  return {
    code: isKnown(view.code) ? view.code : "internal",
    message: view.message,
    hint: view.hint,
    ...(view.module !== undefined && { module: view.module }),
    ...(view.path !== undefined && { path: view.path }),
    ...(location !== undefined && { location }),
  };
}

function isKnown(code: string): code is ErrorCode {
  return Object.hasOwn(catalogue, code);
}

const tokenHint = "Set MODYARD_TOKEN, or MODYARD_TOKEN_FILE to a file that holds it. The first administrator's token is in the file admin-token of the server's data directory.";

/** The error that an answer of 400 and above stands for. */
export function errorOfAnswer(status: number, text: string, address: string): ModyardError {
  const details = problemDetailsView.safeParse(parseJson(text)).data;
  if (details === undefined) {
    // No word of Modyard's: a proxy in between whose server is away, or another program altogether.
    const code = status >= 502 && status <= 504 ? "server_unreachable" : "server_not_understood";
    return new ModyardError(problem(code, `${address} answered with status ${status}`));
  }
  const problems = details.problems.map(toProblem);
  return new ModyardError(status === 401 ? problems.map((each) => ({ ...each, hint: tokenHint })) : problems);
}

/** The text as JSON; undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Errors that may be gone in a moment: the server restarts, or its database does. */
export function mayPass(error: unknown): boolean {
  return error instanceof ModyardError && ["server_unreachable", "database_unreachable", "idempotency_in_progress"].includes(error.code);
}

/** The same for one who only looks: then a defect of the moment is worth a second look, too. */
export function mayPassForReaders(error: unknown): boolean {
  return mayPass(error) || (error instanceof ModyardError && error.code === "internal");
}
