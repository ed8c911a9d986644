// Builds per minute of 1, 2 and 4 workers, on a host whose build does nothing: `node bench/queue.ts [builds]`. Every build has a
// branch of its own, since one branch is built by one worker at a time. What is measured is the queue, git, the sandbox and the rows.
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pino } from "pino";
import { requestBuild } from "../packages/control-plane/src/build/request.ts";
import { readConfig } from "../packages/control-plane/src/config/config.ts";
import { openControlPlane } from "../packages/control-plane/src/control-plane.ts";
import { startWorkerProcess } from "./support/server-process.ts";
import { addBranch, makeTinyHost } from "./support/tiny-host.ts";

const builds = Number(process.argv[2] ?? 60);
const directory = await mkdtemp(join(tmpdir(), "modyard-bench-"));
const [host, data] = [join(directory, "host"), join(directory, "data")];
await mkdir(data);
await makeTinyHost(host);
const plane = await openControlPlane(readConfig({ hostRepo: host, data }, {}), pino({ level: "silent" }));
const nothing = { install: [], uninstall: [], upgrade: [], cascade: false };

interface Run {
  readonly over: number;
  readonly failed: number;
  readonly seconds: number;
}

/** What came of the builds on these branches; the seconds are from the first start to the last end. */
async function look(prefix: string): Promise<Run> {
  const { rows } = await plane.handle.pool.query<Run>(
    `select count(finished_at)::int as over, count(*) filter (where status = 'failed')::int as failed, coalesce(extract(epoch from max(finished_at) - min(started_at)), 0)::float8 as seconds from builds where manifest_ref like $1`,
    [`${prefix}-%`],
  );
  return rows[0] ?? { over: 0, failed: 0, seconds: 0 };
}

async function measure(workers: number): Promise<Run> {
  const prefix = `with-${workers}`;
  for (let number = 1; number <= builds; number += 1) {
    const branch = `${prefix}-${number}`;
    await addBranch(host, branch);
    await requestBuild(plane, { branch, change: nothing, requestedBy: "bench", tokenName: "bench", requester: { kind: "token", id: "bench", name: "bench", hand: "token:bench" }, reason: "", force: false });
  }
  const running = await Promise.all(Array.from({ length: workers }, () => startWorkerProcess(host, data)));
  try {
    for (;;) {
      const run = await look(prefix);
      if (run.over === builds) return run;
      await sleep(200);
    }
  } finally {
    await Promise.all(running.map((worker) => worker.close()));
  }
}

try {
  console.log(`${builds} builds that do nothing, each on a branch of its own`);
  let first: number | undefined;
  for (const workers of [1, 2, 4]) {
    const { seconds, failed } = await measure(workers);
    const perMinute = (builds / seconds) * 60;
    first ??= perMinute;
    console.log(`  ${workers} ${workers === 1 ? "worker " : "workers"}  ${perMinute.toFixed(0).padStart(5)} builds per minute   ratio ${(perMinute / first).toFixed(2)}${failed > 0 ? `   ${failed} failed` : ""}`);
  }
} finally {
  await plane.close();
  await rm(directory, { recursive: true, force: true });
}
