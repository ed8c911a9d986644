import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { processTarget } from "../packages/control-plane/src/deployment/targets/process/process-target.ts";

/**
 * Requests per second through the gateway against the same application asked directly, in one run, in turns, as a ratio.
 * `node bench/gateway.ts [SECONDS_PER_TURN]`; the load comes from a thread of its own.
 */

const SECONDS = Number(process.argv[2] ?? 3);
const TURNS = 3;
const CONNECTIONS = 50;
const fixtures = fileURLToPath(new URL("../test/fixtures/apps", import.meta.url));

interface Load {
  readonly perSecond: number;
  readonly failed: number;
  readonly medianMs: number;
  readonly p99Ms: number;
}

/** Runs in the load thread: CONNECTIONS keep-alive clients without pauses. */
const loadProgram = `
const { workerData, parentPort } = require("node:worker_threads");
const { Pool } = require("undici");
const { url, path, seconds, connections } = workerData;
const pool = new Pool(url, { connections, pipelining: 1 });
const times = [];
let failed = 0;
const until = performance.now() + seconds * 1000;
const loop = async () => {
  while (performance.now() < until) {
    const began = performance.now();
    try {
      const { statusCode, body } = await pool.request({ path, method: "GET" });
      await body.dump();
      if (statusCode !== 200) failed++;
    } catch { failed++; }
    times.push(performance.now() - began);
  }
};
Promise.all(Array.from({ length: connections }, loop)).then(async () => {
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.floor(times.length * share)];
  parentPort.postMessage({ perSecond: times.length / seconds, failed, medianMs: at(0.5), p99Ms: at(0.99) });
  await pool.destroy();
});
`;

function load(url: string, path: string, seconds: number): Promise<Load> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(loadProgram, { eval: true, workerData: { url, path, seconds, connections: CONNECTIONS } });
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}

const directory = await mkdtemp(join(tmpdir(), "modyard-bench-"));
const target = processTarget({ environment: "bench", directory, listen: "127.0.0.1:0", unpack: (_digest, place) => cp(fixtures, place, { recursive: true }) });
try {
  const release = {
    releaseId: "rel_1",
    buildId: "bld_1",
    artifactDigest: "bench",
    command: [process.execPath, "app.mjs"] as const,
    directory: ".",
    env: { PATH: dirname(process.execPath), VERSION: "hello" },
    healthPath: "/health",
  };
  await target.prepare(release, 1);
  await target.start({ ...release, command: [process.execPath, "app.mjs"] }, 1);
  while ((await target.check("rel_1")).status !== "running") await delay(20);
  await target.switch("rel_1", 5, 1);
  const { url = "", releases } = await target.observe();
  const direct = releases[0]?.address ?? "";
  await Promise.all([load(direct, "/", 1), load(url, "/", 1)]); // warm both up
  const rows: { readonly way: string; readonly result: Load }[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    rows.push({ way: "direct", result: await load(direct, "/", SECONDS) }, { way: "gateway", result: await load(url, "/", SECONDS) });
  }
  const best = (way: string): Load => rows.filter((row) => row.way === way).map((row) => row.result).toSorted((a, b) => b.perSecond - a.perSecond)[0] ?? { perSecond: 0, failed: 0, medianMs: 0, p99Ms: 0 };
  for (const way of ["direct", "gateway"]) {
    const { perSecond, failed, medianMs, p99Ms } = best(way);
    console.log(`${way.padEnd(8)} ${perSecond.toFixed(0).padStart(7)} requests/s   median ${medianMs.toFixed(2)} ms   p99 ${p99Ms.toFixed(2)} ms   failed ${failed}`);
  }
  console.log(`ratio    ${(best("gateway").perSecond / best("direct").perSecond).toFixed(2)} of direct (best of ${TURNS} turns, ${CONNECTIONS} connections)`);
} finally {
  await target.stopGateway();
  await rm(directory, { recursive: true, force: true });
}
