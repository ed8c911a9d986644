import { ConnectionError, type ApiError } from "./api-error.ts";
import { createClient, type ResolvedRequestOptions } from "./generated/client/index.ts";
import { ModyardApi } from "./generated/sdk.gen.ts";
import { apiError, isNoAnswerOfOurs } from "./read-answer.ts";

/** Which server, and as whom. */
export interface ServerAccess {
  /** e.g. `https://modyard.example`; in a page of the server itself: "". */
  readonly url: string;
  /** An API token; without one, the browser's session counts. */
  readonly token?: string;
  /** Replaces the global one. */
  readonly fetch?: typeof fetch;
  /** What is thrown in place of the client's errors, for a program that has errors of its own. */
  readonly toError?: (error: ApiError | ConnectionError) => Error;
}

/**
 * The API of one server: a method for each operation. Every answer is checked against the API's own description; an answer that
 * says no is thrown as ApiError, everything else that goes wrong as ConnectionError, an aborted request as the signal's reason.
 */
export function connect({ url, token, fetch: ownFetch, toError = (error) => error }: ServerAccess): ModyardApi {
  const client = createClient({
    baseUrl: url.replace(/\/+$/, ""),
    throwOnError: true,
    // A redirect would carry the token to who knows where.
    redirect: "error",
    // As a bearer only: the description has the session's cookie as the other way, and it is none.
    auth: ({ scheme }) => (scheme === "bearer" ? token : undefined),
    ...(ownFetch !== undefined && { fetch: ownFetch }),
  });
  client.interceptors.response.use(checkOtherThanJson);
  client.interceptors.error.use((error, response, request) => {
    if (response !== undefined && !response.ok && !(error instanceof Error)) return toError(apiError(response.status, error));
    if (request?.signal.aborted === true) return request.signal.reason as unknown;
    return toError(connectionError(url, error, request));
  });
  return new ModyardApi({ client });
}

/** The generated client checks JSON alone: a page of something else that listens there would pass for an answer. */
async function checkOtherThanJson(response: Response, _request: Request, { responseValidator, parseAs = "auto" }: ResolvedRequestOptions): Promise<Response> {
  const isJson = /^application\/(?:[\w.-]+\+)?json\b/.test(response.headers.get("content-type") ?? "") && response.headers.get("content-length") !== "0";
  if (response.ok && !isJson && parseAs === "auto") await responseValidator?.(await response.clone().text());
  return response;
}

function connectionError(server: string, error: unknown, request: Request | undefined): ConnectionError {
  if (!isNoAnswerOfOurs(error)) return new ConnectionError(`the server ${server} cannot be reached`, false, { cause: error });
  const asked = request === undefined ? "" : ` to ${request.method} ${new URL(request.url).pathname}`;
  return new ConnectionError(`${server} gave an answer that is not Modyard's${asked}`, true, { cause: error });
}
