import type { FastifyInstance } from "fastify";

const headers = "authorization, content-type, idempotency-key, last-event-id, traceparent, accept-language";
const exposed = "x-request-id, retry-after, idempotent-replayed, www-authenticate";
const methods = "GET, HEAD, POST, PUT, PATCH, DELETE";

/**
 * Lets pages of the origins named ask the API, and no others. With a token of their own only: browsers send them no cookies of ours,
 * since no answer allows credentials.
 */
export function openToOrigins(app: FastifyInstance, origins: readonly string[]): void {
  if (origins.length === 0) return;
  const known: ReadonlySet<string> = new Set(origins);
  app.addHook("onRequest", (request, reply, done) => {
    const { origin = "" } = request.headers;
    reply.raw.setHeader("vary", "Origin");
    if (!known.has(origin)) {
      done();
      return;
    }
    reply.raw.setHeader("access-control-allow-origin", origin);
    reply.raw.setHeader("access-control-expose-headers", exposed);
    if (request.method !== "OPTIONS" || request.headers["access-control-request-method"] === undefined) {
      done();
      return;
    }
    void reply.headers({ "access-control-allow-methods": methods, "access-control-allow-headers": headers, "access-control-max-age": "600" }).status(204).send();
  });
}
