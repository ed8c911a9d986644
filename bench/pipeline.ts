// Install a module until it answers, by Modyard and by hand, in turn: `node bench/pipeline.ts [rounds]`.
// By hand means: npm install of the module, regenerate, build, stop and start the server; without artifact, proof, or a
// way back; once without tests, and once with `npm test` before the restart, which Modyard always does.
// A visitor asks every 10 ms and counts what it lost.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { copyExample } from "../scripts/copy-example.ts";
import { visit } from "../scripts/demo/visit.ts";
import { installByHand, npm, startServer, type ServerProcess } from "../test/example/by-hand.ts";
import { median, spread, timed } from "./support/measure.ts";
import { openModyard, untilStatus, type Modyard } from "./support/modyard.ts";

const rounds = Number(process.argv[2] ?? 3);
const platformPort = 28_080;
const handPort = "28081";

interface Round {
  readonly milliseconds: number;
  readonly lost: number;
}

async function byModyard(modyard: Modyard): Promise<Round> {
  const visitor = visit(`${modyard.platformUrl}/content`, 10);
  const { milliseconds, value: buildId } = await timed(async () => {
    const { build_id } = await modyard.post("/builds", { install: ["forum"], deploy_to: "prod", reason: "bench" });
    await untilStatus(`${modyard.platformUrl}/forum`, 200);
    return String(build_id);
  });
  await modyard.whenLive(buildId);
  const { lost } = await visitor.leave();
  const { build_id } = await modyard.post("/builds", { uninstall: ["forum"], deploy_to: "prod", reason: "bench" });
  await modyard.whenLive(String(build_id));
  return { milliseconds, lost };
}

async function byHand(withTests: boolean): Promise<Round> {
  const directory = await mkdtemp(join(tmpdir(), "modyard-by-hand-"));
  await copyExample({ to: directory });
  await npm(directory, "ci", "--ignore-scripts");
  await npm(directory, "run", "build");
  let server: ServerProcess = startServer(directory, { PORT: handPort });
  await server.url;
  const visitor = visit(`http://127.0.0.1:${handPort}/content`, 10);
  const { milliseconds } = await timed(async () => {
    await installByHand(directory, "forum");
    const built = await npm(directory, "run", "build");
    const tested = withTests ? await npm(directory, "test") : built;
    if (built.code !== 0 || tested.code !== 0) throw new Error(built.output + tested.output);
    server.process.kill("SIGTERM");
    await server.ended;
    server = startServer(directory, { PORT: handPort });
    await untilStatus(`http://127.0.0.1:${handPort}/forum`, 200);
  });
  const { lost } = await visitor.leave();
  server.process.kill("SIGTERM");
  await server.ended;
  await rm(directory, { recursive: true, force: true });
  return { milliseconds, lost };
}

const modyard = await openModyard(platformPort);
try {
  const { build_id } = await modyard.post("/builds", { deploy_to: "prod", reason: "bench" });
  await modyard.whenLive(String(build_id));
  await byModyard(modyard);
  const ours: Round[] = [];
  const theirs: Round[] = [];
  const tested: Round[] = [];
  for (let round = 0; round < rounds; round += 1) {
    ours.push(await byModyard(modyard));
    theirs.push(await byHand(false));
    tested.push(await byHand(true));
  }
  const times = (list: readonly Round[]): number[] => list.map((each) => each.milliseconds);
  const lost = (list: readonly Round[]): number => list.reduce((sum, each) => sum + each.lost, 0);
  console.log(`install until live, warm, ${rounds} rounds in turn`);
  const rows = [["Modyard", ours], ["by hand", theirs], ["by hand, with tests", tested]] as const;
  for (const [name, list] of rows) {
    const ratio = (median(times(ours)) / median(times(list))).toFixed(2);
    console.log(`  ${name.padEnd(20)} ${spread(times(list)).padEnd(22)} ${String(lost(list)).padStart(4)} requests lost   ratio ${ratio}`);
  }
} finally {
  await modyard.close();
}
