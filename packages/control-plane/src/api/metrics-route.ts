import { z } from "zod";
import type { Metrics } from "../telemetry/metrics/metrics.ts";
import type { Api } from "./rest/app.ts";

/** Answers Prometheus, which asks with a token of its own. */
export function metricsRoute(api: Api, metrics: Metrics): void {
  const schema = {
    operationId: "getMetrics",
    tags: ["server"],
    summary: "What this server measures, as Prometheus reads it",
    response: { 200: { description: "Metrics in Prometheus' text format", content: { "text/plain": { schema: z.string() } } } },
  };
  api.get("/metrics", { config: { permission: "read" }, schema }, async (_request, reply) => reply.type(metrics.contentType).send(await metrics.show()));
}
