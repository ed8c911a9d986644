/** Errors of requests to the API. */
export const apiErrors = {
  unauthenticated: { title: "No valid token", hint: "Send `Authorization: Bearer TOKEN`. The first administrator's token is in the file admin-token of the data directory." },
  forbidden: { title: "Not allowed", hint: "Ask an owner of this installation for a role that may do it." },
  request_invalid: { title: "The request is not valid", hint: "Correct the fields named." },
  body_too_large: { title: "The body is too large", hint: "Send less; no request of this API needs more than 1 MB." },
  headers_too_large: { title: "The headers are too large", hint: "Send fewer or smaller ones; cookies and the address count, too." },
  request_timeout: { title: "The request did not come in time", hint: "Send it again, in one go." },
  body_not_json: { title: "The body is not JSON", hint: "Send JSON with `Content-Type: application/json`." },
  idempotency_key_reused: { title: "The Idempotency-Key belongs to another request", hint: "Use a new key for a new request; repeat the same request to get its first answer again." },
  idempotency_in_progress: { title: "The first request with this Idempotency-Key is still under way", hint: "Wait a moment and repeat the request." },
  rate_limited: { title: "Too many requests", hint: "Wait as long as Retry-After says; instead of asking again and again, follow a stream of events." },
  route_not_found: { title: "No such address", hint: "See /openapi.json for what there is." },
  method_not_allowed: { title: "The address does not know that method", hint: "Use one of the methods named, or see /openapi.json for what there is." },
  internal: { title: "Something went wrong inside Modyard", hint: "Look at the server's log under the request id given." },
} as const;
