import { Counter, Histogram, type Registry } from "prom-client";
import { gauge } from "./gauge.ts";

/** An answered request. `route` is its template, never its address: addresses are as many as builds. */
export interface AnsweredRequest {
  readonly method: string;
  readonly route: string | undefined;
  readonly status: number;
  readonly seconds: number;
  /** A stream lasts as long as its reader likes. */
  readonly isStream: boolean;
}

export interface HttpMetrics {
  answered(request: AnsweredRequest): void;
}

const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const methods: ReadonlySet<string> = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** Requests to this server. */
export function httpMetrics(registry: Registry, openStreams: () => number): HttpMetrics {
  const registers = [registry];
  const requests = new Counter({ name: "modyard_http_requests_total", help: "Answered requests, by method, route and status", labelNames: ["method", "route", "status"], registers });
  const durations = new Histogram({ name: "modyard_http_request_duration_seconds", help: "From a request to the end of its answer, by method and route; streams are not in it", labelNames: ["method", "route"], buckets: seconds, registers });
  gauge(registry, { name: "modyard_event_streams", help: "Open streams of events" }, (streams) => streams.set(openStreams()));
  return {
    answered: ({ method: asked, route = "unmatched", status, seconds: taken, isStream }) => {
      const method = methods.has(asked) ? asked : "other";
      requests.inc({ method, route, status: String(status) });
      if (!isStream) durations.observe({ method, route }, taken);
    },
  };
}
