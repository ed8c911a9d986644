/** Errors of requests to the API. */
export const apiErrors = {
  UNAUTHENTICATED: { title: "No valid token", hint: "Send `Authorization: Bearer TOKEN`." },
  REQUEST_INVALID: { title: "The request is not valid", hint: "Correct the fields named." },
  BODY_TOO_LARGE: { title: "The body is too large", hint: "Send less; no request of this API needs more than 1 MB." },
  ROUTE_NOT_FOUND: { title: "No such address", hint: "See /openapi.json for what there is." },
  INTERNAL: { title: "Something went wrong inside Modyard", hint: "Look at the server's log under the request id given." },
} as const;
