import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { HttpMetrics } from "../telemetry/metrics/http-metrics.ts";

/** Routes that machines ask every few seconds: told at the level `debug` only. */
const quietRoutes: ReadonlySet<string> = new Set(["/healthz", "/readyz", "/metrics"]);

/** Counts every request and writes one line of log about it: never its body, its query or anything else that its sender wrote. */
export function observeRequests(app: FastifyInstance, metrics: HttpMetrics): void {
  app.addHook("onRequest", (request, reply, done) => {
    observeRequest(request, reply, metrics);
    done();
  });
}

/** When the answer has ended, or its reader has gone: streams end so. */
export function observeRequest(request: FastifyRequest, reply: FastifyReply, metrics: HttpMetrics): void {
  const began = performance.now();
  const { raw } = reply;
  let told = false;
  const tell = (left: boolean): void => {
    if (told) return;
    told = true;
    const seconds = (performance.now() - began) / 1000;
    const { method, principal } = request;
    const route = request.routeOptions?.url;
    const isStream = String(raw.getHeader("content-type") ?? "").startsWith("text/event-stream");
    metrics.answered({ method, route, status: raw.statusCode, seconds, isStream });
    const who = principal === undefined ? null : { kind: principal.kind, id: principal.id, name: principal.name };
    const line = { method, route: route ?? null, status: raw.statusCode, ms: Math.round(seconds * 1000), principal: who, ...(left && { left }) };
    if (quietRoutes.has(route ?? "")) request.log.debug(line, "request");
    else request.log.info(line, "request");
  };
  raw.once("finish", () => tell(false));
  // Before its end: whoever asked has gone.
  raw.once("close", () => tell(true));
}
