import { statfs } from "node:fs/promises";
import type { Pool } from "pg";
import { collectDefaultMetrics, Gauge, type Registry } from "prom-client";

/** What concerns this process and its machine alone: memory, event loop, connections, the disk below the data directory. */
export function processMetrics(registry: Registry, { pool, dataDirectory, version }: { readonly pool: Pool; readonly dataDirectory: string; readonly version: string }): void {
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  new Gauge({ name: "modyard_info", help: "Always 1; the version of this server", labelNames: ["version"], registers }).set({ version }, 1);
  new Gauge({
    name: "modyard_database_pool_connections",
    help: "Connections of this process to the database, and requests that wait for one",
    labelNames: ["state"],
    registers,
    collect() {
      this.set({ state: "idle" }, pool.idleCount);
      this.set({ state: "busy" }, pool.totalCount - pool.idleCount);
      this.set({ state: "awaited" }, pool.waitingCount);
    },
  });
  const disk = disks(dataDirectory);
  new Gauge({ name: "modyard_disk_free_bytes", help: "Free space on the disk of the data directory", registers, collect: disk("bavail") });
  new Gauge({ name: "modyard_disk_size_bytes", help: "Size of the disk of the data directory", registers, collect: disk("blocks") });
}

function disks(directory: string) {
  return (what: "bavail" | "blocks") =>
    async function (this: Gauge): Promise<void> {
      const facts = await statfs(directory);
      this.set(facts[what] * facts.bsize);
    };
}
