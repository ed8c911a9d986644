import { apiError, ConnectionError } from "./api-error.ts";
import { createClient } from "./generated/client/index.ts";
import { ModyardApi } from "./generated/sdk.gen.ts";

/** Which server, and as whom. */
export interface ServerAccess {
  /** e.g. `https://modyard.example`; in a page of the server itself: "". */
  readonly url: string;
  /** An API token; without one, the browser's session counts. */
  readonly token?: string;
  /** Replaces the global one. */
  readonly fetch?: typeof fetch;
}

/**
 * The API of one server: a method for each operation. Every answer is checked against the API's own description; an answer that
 * says no is thrown as ApiError, everything else that goes wrong as ConnectionError, an aborted request as the signal's reason.
 */
export function connect({ url, token, fetch: ownFetch }: ServerAccess): ModyardApi {
  const client = createClient({
    baseUrl: url.replace(/\/+$/, ""),
    throwOnError: true,
    // A redirect would carry the token to who knows where.
    redirect: "error",
    ...(token !== undefined && { auth: token }),
    ...(ownFetch !== undefined && { fetch: ownFetch }),
  });
  client.interceptors.error.use((error, response, request) => {
    if (response !== undefined && !response.ok) return apiError(response.status, error);
    if (request?.signal.aborted === true) return request.signal.reason as unknown;
    return new ConnectionError(`${url} cannot be reached or understood`, { cause: error });
  });
  return new ModyardApi({ client });
}
