import { statfs } from "node:fs/promises";
import type { Pool } from "pg";
import { collectDefaultMetrics, type Registry } from "prom-client";
import { gauge } from "./gauge.ts";

/** What concerns this process and its machine alone: memory, event loop, connections, the disk below the data directory. */
export function processMetrics(registry: Registry, { pool, dataDirectory, version }: { readonly pool: Pool; readonly dataDirectory: string; readonly version: string }): void {
  collectDefaultMetrics({ register: registry });
  gauge<"version">(registry, { name: "modyard_info", help: "Always 1; the version of this server", labelNames: ["version"] }, (info) => info.set({ version }, 1));
  gauge<"state">(registry, { name: "modyard_database_pool_connections", help: "Connections of this process to the database, and requests that wait for one", labelNames: ["state"] }, (connections) => {
    connections.set({ state: "idle" }, pool.idleCount);
    connections.set({ state: "busy" }, pool.totalCount - pool.idleCount);
    connections.set({ state: "awaited" }, pool.waitingCount);
  });
  gauge(registry, { name: "modyard_disk_free_bytes", help: "Free space on the disk of the data directory" }, async (free) => free.set(await diskBytes(dataDirectory, "bavail")));
  gauge(registry, { name: "modyard_disk_size_bytes", help: "Size of the disk of the data directory" }, async (size) => size.set(await diskBytes(dataDirectory, "blocks")));
}

async function diskBytes(directory: string, what: "bavail" | "blocks"): Promise<number> {
  const facts = await statfs(directory);
  return facts[what] * facts.bsize;
}
