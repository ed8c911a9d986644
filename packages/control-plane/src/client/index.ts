/** A typed client of Modyard's API, generated from its OpenAPI description. */
export { ApiError, ConnectionError } from "./api-error.ts";
export { connect, type ServerAccess } from "./connect.ts";
export { openEvents, type StreamOptions } from "./event-stream.ts";
export { ModyardApi } from "./generated/sdk.gen.ts";
export type * from "./generated/types.gen.ts";
export { readJournalEvent, readLogLine } from "./read-answer.ts";
export { endEvent, type ServerSentEvent } from "./server-events.ts";
