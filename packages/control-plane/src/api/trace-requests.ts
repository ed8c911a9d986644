import type { FastifyInstance } from "fastify";
import { openRequestSpan } from "../telemetry/tracing/spans.ts";

/** Routes that probes and scrapers ask all the time, and that lead nowhere. */
const untraced: ReadonlySet<string> = new Set(["/healthz", "/readyz", "/metrics"]);

/** Gives each request a span below its caller's `traceparent`; what it asks for goes on in the same trace. */
export function traceRequests(app: FastifyInstance): void {
  app.addHook("onRequest", (request, reply, done) => {
    const { method, headers } = request;
    const route = request.routeOptions.url;
    if (route !== undefined && untraced.has(route)) {
      done();
      return;
    }
    const attributes = { "http.request.method": method, "modyard.request.id": request.id, ...(route !== undefined && { "http.route": route }) };
    openRequestSpan({ name: route === undefined ? method : `${method} ${route}`, traceparent: headers["traceparent"], attributes }, (span) => {
      reply.raw.once("close", () => span.end(reply.raw.statusCode));
      done();
    });
  });
}
