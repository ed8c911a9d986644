/** Errors of requests to the API. */
export const apiErrors = {
  UNAUTHENTICATED: { title: "No valid token", hint: "Send `Authorization: Bearer TOKEN`. The first administrator's token is in the file admin-token of the data directory." },
  REQUEST_INVALID: { title: "The request is not valid", hint: "Correct the fields named." },
  BODY_TOO_LARGE: { title: "The body is too large", hint: "Send less; no request of this API needs more than 1 MB." },
  BODY_NOT_JSON: { title: "The body is not JSON", hint: "Send JSON with `Content-Type: application/json`." },
  IDEMPOTENCY_KEY_REUSED: { title: "The Idempotency-Key belongs to another request", hint: "Use a new key for a new request; repeat the same request to get its first answer again." },
  IDEMPOTENCY_IN_PROGRESS: { title: "The first request with this Idempotency-Key is still under way", hint: "Wait a moment and repeat the request." },
  ROUTE_NOT_FOUND: { title: "No such address", hint: "See /openapi.json for what there is." },
  INTERNAL: { title: "Something went wrong inside Modyard", hint: "Look at the server's log under the request id given." },
} as const;
