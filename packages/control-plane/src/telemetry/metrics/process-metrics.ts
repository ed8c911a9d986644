import { statfs } from "node:fs/promises";
import type { Pool } from "pg";
import { collectDefaultMetrics, Registry } from "prom-client";
import { gauge } from "./gauge.ts";

/** What the metrics of a process are read from. */
export interface ProcessFacts {
  /** Its connections to the database; undefined: it has none yet. */
  readonly pool: () => Pool | undefined;
  readonly dataDirectory: string;
  readonly version: string;
}

/** The metrics of a process without the API. */
export interface ProcessMetrics {
  /** The type of what `show` gives. */
  readonly contentType: string;
  /** Everything as Prometheus reads it, as of now. */
  show(): Promise<string>;
  stop(): void;
}

/** Opens the metrics of this process alone. */
export function openProcessMetrics(facts: ProcessFacts): ProcessMetrics {
  const registry = new Registry();
  processMetrics(registry, facts);
  return { contentType: registry.contentType, show: () => registry.metrics(), stop: () => registry.clear() };
}

/** What concerns this process and its machine alone: memory, event loop, connections, the disk below the data directory. */
export function processMetrics(registry: Registry, { pool, dataDirectory, version }: ProcessFacts): void {
  collectDefaultMetrics({ register: registry });
  gauge<"version">(registry, { name: "modyard_info", help: "Always 1; the version of this server", labelNames: ["version"] }, (info) => info.set({ version }, 1));
  gauge<"state">(registry, { name: "modyard_database_pool_connections", help: "Connections of this process to the database, and requests that wait for one", labelNames: ["state"] }, (connections) => {
    const { totalCount = 0, idleCount = 0, waitingCount = 0 } = pool() ?? {};
    connections.set({ state: "idle" }, idleCount);
    connections.set({ state: "busy" }, totalCount - idleCount);
    connections.set({ state: "awaited" }, waitingCount);
  });
  gauge(registry, { name: "modyard_disk_free_bytes", help: "Free space on the disk of the data directory" }, async (free) => free.set(await diskBytes(dataDirectory, "bavail")));
  gauge(registry, { name: "modyard_disk_size_bytes", help: "Size of the disk of the data directory" }, async (size) => size.set(await diskBytes(dataDirectory, "blocks")));
}

async function diskBytes(directory: string, what: "bavail" | "blocks"): Promise<number> {
  const facts = await statfs(directory);
  return facts[what] * facts.bsize;
}
