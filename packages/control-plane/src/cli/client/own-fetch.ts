import { randomUUID } from "node:crypto";

/** A GET that takes longer has lost its server. Plans may have to ask registries. */
const getTimeoutMs = 30_000;
const changeTimeoutMs = 300_000;

const keyHeader = "idempotency-key";

/**
 * Sends a request of the client with what every request of the command line has: a limit of time, and where it is a POST an
 * Idempotency-Key of its own unless one is given: whatever repeats the very request on the way does it once. PATCH, PUT and DELETE
 * need none: what they set stays set when they are sent twice.
 */
export const ownFetch: typeof fetch = (input, init) => {
  const request = new Request(input, init);
  const headers = new Headers(request.headers);
  headers.set("accept", "application/json");
  if (request.method === "POST" && !headers.has(keyHeader)) headers.set(keyHeader, randomUUID());
  const timeout = AbortSignal.timeout(request.method === "GET" ? getTimeoutMs : changeTimeoutMs);
  return fetch(request, { headers, signal: AbortSignal.any([request.signal, timeout]) });
};
