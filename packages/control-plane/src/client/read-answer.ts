import { $ZodError } from "zod/v4/core";
import { ApiError, ConnectionError } from "./api-error.ts";
import { zJournalEvent, zLogLine, zProblemDetails } from "./generated/zod.gen.ts";
import type { JournalEvent, LogLine, ProblemDetails } from "./generated/types.gen.ts";

/** The error that an answer's body stands for. */
export function apiError(status: number, body: unknown): ApiError {
  return new ApiError(status, isProblemDetails(body) ? body : undefined);
}

/** Checked, not taken over: problems have facts beside those that all of them have, such as a place in a file. */
function isProblemDetails(body: unknown): body is ProblemDetails {
  return zProblemDetails.safeParse(body).success;
}

/** Whether an error says that an answer came which no server of Modyard's gives. */
export function isNoAnswerOfOurs(error: unknown): boolean {
  return error instanceof SyntaxError || error instanceof $ZodError;
}

/** The data of an event of `/admin/events` with an id: an entry of the journal. Throws ConnectionError when it is none. */
export function readJournalEvent(data: string): JournalEvent {
  return read(data, zJournalEvent);
}

/** The data of an event of a build's log. Throws ConnectionError when it is no line. */
export function readLogLine(data: string): LogLine {
  return read(data, zLogLine);
}

function read<T>(data: string, view: { parse(value: unknown): T }): T {
  try {
    return view.parse(JSON.parse(data));
  } catch (error) {
    throw new ConnectionError("the stream has an event that is not Modyard's", true, { cause: error });
  }
}
