import { Registry } from "prom-client";
import type { Logger } from "pino";
import type { DatabaseHandle } from "../../database/connection.ts";
import { httpMetrics, type HttpMetrics } from "./http-metrics.ts";
import { processMetrics } from "./process-metrics.ts";
import { stateMetrics } from "./state-metrics.ts";
import { webhookMetrics } from "./webhook-metrics.ts";
import { WorkObserver } from "./work-observer.ts";

/** The metrics of one server. */
export interface Metrics {
  readonly http: HttpMetrics;
  /** The type of what `show` gives. */
  readonly contentType: string;
  /** Everything as Prometheus reads it, as of now. */
  show(): Promise<string>;
  stop(): void;
}

export interface MetricsContext {
  readonly handle: DatabaseHandle;
  readonly logger: Logger;
  readonly dataDirectory: string;
  readonly version: string;
  /** How many streams of events are open. */
  readonly openStreams: () => number;
}

/** Read on so often even when nobody scrapes, so that the first scrape after a quiet week has little to read. */
const readOnMs = 30_000;

/** Opens a server's metrics; counters begin at zero, as Prometheus expects of a process that begins. */
export async function openMetrics({ handle, logger, dataDirectory, version, openStreams }: MetricsContext): Promise<Metrics> {
  const registry = new Registry();
  const observer = await WorkObserver.open(handle.db, registry);
  const states = [stateMetrics(handle.db, registry), webhookMetrics(handle.db, registry)];
  processMetrics(registry, { pool: () => handle.pool, dataDirectory, version });
  const readOn = (): void => void observer.readOn().catch((error: unknown) => logger.warn({ err: error }, "the journal could not be read for the metrics"));
  const timer = setInterval(readOn, readOnMs).unref();
  return {
    http: httpMetrics(registry, openStreams),
    contentType: registry.contentType,
    show: async () => {
      await observer.readOn();
      for (const state of states) await state.refresh();
      return registry.metrics();
    },
    stop: () => {
      clearInterval(timer);
      registry.clear();
    },
  };
}
