import { tmpdir } from "node:os";
import { pino } from "pino";
import { afterEach, expect, it } from "vitest";
import { readPrometheus, valueOf } from "../../../../test/support/prometheus.ts";
import { openDatabase, type DatabaseHandle } from "../database/connection.ts";
import { openWorkerAddress, type WorkerAddress } from "./worker-address.ts";

const logger = pino({ level: "silent" });
const nowhere = { host: "127.0.0.1", port: 0 };

let opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of opened.toReversed()) await each.close();
  opened = [];
});

async function open(database: () => DatabaseHandle | undefined = () => undefined, at = nowhere): Promise<WorkerAddress> {
  const address = await openWorkerAddress(at, { logger, dataDirectory: tmpdir(), version: "1.2.3", database });
  opened.push({ close: () => address.stop() });
  return address;
}

it("lives, but is not ready, while its database is waited for or does not answer", async () => {
  const gone = openDatabase({ connectionString: "postgres://nobody@127.0.0.1:1/none" }, logger);
  opened.push(gone);
  for (const database of [undefined, gone]) {
    const { url } = await open(() => database);
    expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: "ok" });
    const refused = await fetch(`${url}/readyz`);
    expect([refused.status, await refused.json()]).toMatchObject([503, { code: "database_unreachable" }]);
  }
});

it("measures itself and its machine before there is a database, and nothing of the host's", async () => {
  const { url } = await open();
  const response = await fetch(`${url}/metrics`);
  expect([response.status, response.headers.get("content-type"), response.headers.get("cache-control")]).toEqual([200, "text/plain; version=0.0.4; charset=utf-8", "no-store"]);
  const found = readPrometheus(await response.text());
  expect(valueOf(found, "modyard_info", { version: "1.2.3" })).toBe(1);
  expect(valueOf(found, "modyard_database_pool_connections", { state: "busy" })).toBe(0);
  expect(valueOf(found, "process_resident_memory_bytes")).toBeGreaterThan(1_000_000);
  expect([...found.keys()].filter((name) => name.startsWith("modyard_")).toSorted()).toEqual(["modyard_database_pool_connections", "modyard_disk_free_bytes", "modyard_disk_size_bytes", "modyard_info"]);
});

it("has nothing else, and changes nothing", async () => {
  const { url } = await open();
  for (const [method, path, status] of [["GET", "/admin/builds", 404], ["GET", "/", 404], ["POST", "/metrics", 405]] as const) expect([path, (await fetch(url + path, { method })).status]).toEqual([path, status]);
});

it("says how to give another port where that one is taken, and leaves nothing open", async () => {
  const { url } = await open();
  const taken = open(undefined, { host: "127.0.0.1", port: Number(new URL(url).port) });
  await expect(taken).rejects.toMatchObject({ code: "port_in_use", problems: [{ hint: expect.stringContaining("--metrics") as string }] });
});
