// How fast lists, filters and searches answer after a long life, against a young one: `node bench/scale.ts [builds] [journal entries]`.
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { readConfig } from "../packages/control-plane/src/config/config.ts";
import { openControlPlane } from "../packages/control-plane/src/control-plane.ts";
import { toPublicId } from "../packages/control-plane/src/database/identifiers.ts";
import { addHistory } from "./support/history.ts";
import { load, percentile } from "./support/load.ts";
import { startServerProcess } from "./support/server-process.ts";
import { makeTinyHost } from "./support/tiny-host.ts";

/** Its pages are full but for the filtered ones of builds: those answer with fewer rows than later. */
const young = { builds: 100, entries: 5_000 };
const old = { builds: Number(process.argv[2] ?? 100_000), entries: Number(process.argv[3] ?? 1_000_000) };
const asked = 200;

/** What people look at; `BUILD` and `ENTRY` stand for one in the middle. */
const questions: readonly (readonly [string, string])[] = [
  ["builds", "/builds"],
  ["builds, a page in the middle", "/builds?cursor=BUILD"],
  ["builds that failed", "/builds?status=failed"],
  ["builds that run (none)", "/builds?status=running"],
  ["builds of a branch", "/builds?manifest_ref=next"],
  ["builds for an environment", "/builds?deploy_to=prod&cursor=BUILD"],
  ["one build", "/builds/BUILD"],
  ["releases of an environment", "/releases?environment=prod"],
  ["deployments of an environment", "/deployments?environment=prod"],
  ["deployments of a build", "/deployments?build_id=BUILD"],
  ["journal", "/events"],
  ["journal, a page in the middle", "/events?cursor=ENTRY"],
  ["journal of a subject", "/events?subject=SUBJECT"],
  ["journal of a person", "/events?actor=user7"],
  ["journal of an environment", "/events?environment=prod&cursor=ENTRY"],
  ["journal of an hour", "/events?since=2026-01-01T00:00:00Z&until=2026-01-01T01:00:00Z"],
  ["journal by a word", "/events?q=4711"],
  ["journal by words that are everywhere", "/events?q=main+prod"],
  ["journal's chain", "/journal/chain?after=ENTRY&limit=100"],
  ["journal of an action", "/events?action=composition.landed&cursor=ENTRY"],
];

const directory = await mkdtemp(join(tmpdir(), "modyard-bench-"));
const [host, data] = [join(directory, "host"), join(directory, "data")];
await mkdir(data);
await makeTinyHost(host);
const plane = await openControlPlane(readConfig({ hostRepo: host, data, port: "0" }, {}), pino({ level: "silent" }));
const server = await startServerProcess(host, data);

async function measure(size: { readonly builds: number; readonly entries: number }): Promise<readonly (readonly number[])[]> {
  const middle = Math.floor(size.builds / 2);
  const build = toPublicId("bld", `01900000-0000-7000-8000-${middle.toString(16).padStart(12, "0")}`);
  const all: (readonly number[])[] = [];
  for (const [, path] of questions) {
    const url = `${server.url}/admin${path.replace("BUILD", build).replace("ENTRY", String(Math.floor(size.entries / 2))).replace("SUBJECT", `bld_${String(Math.floor(size.entries / 20)).padStart(26, "0")}`)}`;
    await load(url, server.token, { connections: 1, count: 20 });
    all.push((await load(url, server.token, { connections: 1, count: asked })).times);
  }
  return all;
}

try {
  const { pool } = plane.handle;
  await addHistory(pool, { from: 1, ...young });
  const before = await measure(young);
  const started = performance.now();
  await addHistory(pool, { from: young.builds + 1, builds: old.builds - young.builds, entries: old.entries - young.entries });
  console.log(`${old.builds} builds and ${old.entries} journal entries made in ${((performance.now() - started) / 1000).toFixed(0)} s; ${asked} answers each, by HTTP`);
  const after = await measure(old);
  console.log(`  ${"".padEnd(32)} ${`${young.builds} builds`.padEnd(18)} ${`${old.builds} builds`.padEnd(18)} ratio`);
  console.log(`  ${"milliseconds".padEnd(32)} ${"p50".padStart(8)}${"p99".padStart(8)}   ${"p50".padStart(8)}${"p99".padStart(8)}   p50`);
  for (const [index, [name]] of questions.entries()) {
    const [small, large] = [before[index] ?? [], after[index] ?? []];
    const numbers = [percentile(small, 50), percentile(small, 99), percentile(large, 50), percentile(large, 99)].map((value) => value.toFixed(1).padStart(8));
    console.log(`  ${name.padEnd(32)} ${numbers[0]}${numbers[1]}   ${numbers[2]}${numbers[3]}   ${(percentile(large, 50) / percentile(small, 50)).toFixed(2)}`);
  }
} finally {
  await server.close();
  await plane.close();
  await rm(directory, { recursive: true, force: true });
}
