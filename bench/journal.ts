// What the journal's chain costs: appends per second with and without it, in one run, in turns: `node bench/journal.ts [appends]`.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { openDatabase } from "../packages/control-plane/src/database/connection.ts";
import { startEmbeddedServer } from "../packages/control-plane/src/database/embedded/server.ts";
import { migrate } from "../packages/control-plane/src/database/migrate.ts";
import { appendJournal } from "../packages/control-plane/src/journal/journal.ts";

const count = Number(process.argv[2] ?? 2_000);
const rounds = 3;
const quiet = pino({ level: "silent" });
const directory = await mkdtemp(join(tmpdir(), "modyard-bench-"));
const server = await startEmbeddedServer(join(directory, "data"));
const handle = openDatabase({ ...server.connection, max: 8 }, quiet);

/** So many transactions with one entry each, from so many writers. */
async function appends(writers: number): Promise<number> {
  let left = count;
  const one = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await handle.db.transaction().execute((trx) => appendJournal(trx, { actor: "ada", action: "build.requested", subjectType: "build", subjectId: `bld_${left}`, reason: "a reason", details: { branch: "main", environment: "prod" } }));
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: writers }, one));
  return count / ((performance.now() - started) / 1_000);
}

const median = (values: readonly number[]): number => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;

try {
  await migrate(handle.db);
  console.log(`  ${"appends per second".padEnd(20)} ${"chained".padStart(10)} ${"without".padStart(10)}   ratio`);
  for (const writers of [1, 8]) {
    const [chained, without]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round += 1) {
      await handle.pool.query("alter table journal enable trigger journal_chained");
      chained.push(await appends(writers));
      await handle.pool.query("alter table journal disable trigger journal_chained");
      without.push(await appends(writers));
    }
    console.log(`  ${`${writers} ${writers === 1 ? "writer" : "writers"}`.padEnd(20)} ${median(chained).toFixed(0).padStart(10)} ${median(without).toFixed(0).padStart(10)}   ${(median(chained) / median(without)).toFixed(2)}`);
  }
} finally {
  await handle.close();
  await server.stop();
  await rm(directory, { recursive: true, force: true });
}
