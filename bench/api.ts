// Requests per second of one build, and a log of 100,000 lines: how fast it is stored, and how long a line takes from the
// moment in which it is written to a reader's screen: `node bench/api.ts [requests] [lines] [lines per second]`.
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pino } from "pino";
import { openBuildLog } from "../packages/control-plane/src/build/log.ts";
import { findBuild } from "../packages/control-plane/src/build/store.ts";
import { readServerEvents } from "../packages/control-plane/src/client/server-events.ts";
import { readConfig } from "../packages/control-plane/src/config/config.ts";
import { openControlPlane } from "../packages/control-plane/src/control-plane.ts";
import { toPublicId } from "../packages/control-plane/src/database/identifiers.ts";
import { load, percentile } from "./support/load.ts";
import { addHistory } from "./support/history.ts";
import { startServerProcess } from "./support/server-process.ts";
import { makeTinyHost } from "./support/tiny-host.ts";

const [requests, lines, perSecond] = [Number(process.argv[2] ?? 5_000), Number(process.argv[3] ?? 100_000), Number(process.argv[4] ?? 5_000)];
const directory = await mkdtemp(join(tmpdir(), "modyard-bench-"));
const [host, data] = [join(directory, "host"), join(directory, "data")];
await mkdir(data);
await makeTinyHost(host);
const plane = await openControlPlane(readConfig({ hostRepo: host, data }, {}), pino({ level: "silent" }));
const server = await startServerProcess(host, data);
const { db, pool } = plane.handle;

const uuid = (number: number): string => `01900000-0000-7000-8000-${number.toString(16).padStart(12, "0")}`;
const text = (at: number): string => `${at} ${"compiling something with a name of usual length ".repeat(2)}`;

/** A build that runs, as far as the rows say: its holder is this process, for longer than the bench takes. */
async function begin(number: number) {
  await pool.query("update builds set status = 'running', finished_at = null, lease_token = 1, lease_expires_at = now() + interval '1 hour', manifest_ref = 'branch' || $2 where id = $1", [uuid(number), number]);
  const build = await findBuild(db, uuid(number));
  if (build === undefined) throw new Error("there is no such build");
  return openBuildLog(db, build.id, ["a-secret-that-is-never-written"], build);
}

async function end(number: number): Promise<void> {
  await pool.query("update builds set status = 'success', finished_at = now() where id = $1", [uuid(number)]);
}

async function benchRequests(): Promise<void> {
  const url = `${server.url}/admin/builds/${toPublicId("bld", uuid(50))}`;
  await load(url, server.token, { connections: 8, count: 200 });
  for (const connections of [1, 16]) {
    const { times, perSecond: rate } = await load(url, server.token, { connections, count: requests });
    console.log(`  GET /admin/builds/{id}, ${String(connections).padStart(2)} at once   ${rate.toFixed(0).padStart(6)} per second   p50 ${percentile(times, 50).toFixed(1)} ms   p99 ${percentile(times, 99).toFixed(1)} ms`);
  }
}

async function benchAppend(): Promise<void> {
  const log = await begin(10);
  const started = performance.now();
  for (let line = 1; line <= lines; line += 1) {
    log.write("compile", "stdout", text(line));
    // As a build does at the end of each step; also, what was not stored yet is in memory.
    if (line % 5_000 === 0) await log.flush();
  }
  await log.flush();
  const seconds = (performance.now() - started) / 1000;
  await end(10);
  console.log(`  log, ${lines} lines as fast as they come   ${(lines / seconds).toFixed(0)} lines stored per second`);
  const reading = performance.now();
  const read = await follow(10, () => undefined);
  console.log(`  log, the same read as a stream           ${(read / ((performance.now() - reading) / 1000)).toFixed(0)} lines per second`);
}

/** Reads the stream to its end; how many lines it had. */
async function follow(number: number, seen: (text: string) => void): Promise<number> {
  const response = await fetch(`${server.url}/admin/builds/${toPublicId("bld", uuid(number))}/logs`, { headers: { authorization: `Bearer ${server.token}`, accept: "text/event-stream" } });
  if (response.body === null) throw new Error("the stream has no body");
  let count = 0;
  for await (const { event, data: line } of readServerEvents(response.body)) {
    if (event !== "line") continue;
    count += 1;
    seen((JSON.parse(line) as { text: string }).text);
  }
  return count;
}

async function benchDelay(): Promise<void> {
  const log = await begin(20);
  const delays: number[] = [];
  const reading = follow(20, (line) => delays.push(performance.now() - Number.parseFloat(line)));
  await sleep(300);
  const started = performance.now();
  for (let written = 0; written < lines; ) {
    const due = Math.min(lines, Math.floor(((performance.now() - started) / 1000) * perSecond));
    for (; written < due; written += 1) log.write("compile", "stdout", text(performance.now()));
    await sleep(5);
  }
  await log.flush();
  await end(20);
  const count = await reading;
  console.log(`  log, ${perSecond} lines a second, from write to a reader   p50 ${percentile(delays, 50).toFixed(0)} ms   p99 ${percentile(delays, 99).toFixed(0)} ms   worst ${percentile(delays, 100).toFixed(0)} ms   ${count} of ${lines} lines`);
}

try {
  await addHistory(pool, { from: 1, builds: 100, entries: 1_000 });
  await benchRequests();
  await benchAppend();
  await benchDelay();
} finally {
  await server.close();
  await plane.close();
  await rm(directory, { recursive: true, force: true });
}
