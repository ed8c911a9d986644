/** A typed client of Modyard's API, generated from its OpenAPI description. */
export { ApiError, ConnectionError, type ProblemDetails } from "./api-error.ts";
export { connect, type ServerAccess } from "./connect.ts";
export { openEvents, type StreamOptions } from "./event-stream.ts";
export { ModyardApi } from "./generated/sdk.gen.ts";
export type * from "./generated/types.gen.ts";
export { endEvent, type ServerSentEvent } from "./server-events.ts";
