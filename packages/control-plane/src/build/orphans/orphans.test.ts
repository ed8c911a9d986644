import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { eventually } from "../../../../../test/support/eventually.ts";
import { halfMadeName } from "../../processes/half-made.ts";
import { identifyProcess } from "../../processes/identity.ts";
import { tryLockFile } from "../../processes/lock-file.ts";
import { sandboxCapabilities } from "../sandbox/capabilities.ts";
import { createControlGroup, groupParents } from "../sandbox/control-group.ts";
import { openWorkspace } from "../workspace.ts";
import type { Orphan } from "./orphan.ts";
import { findOrphans, removeOrphans } from "./orphans.ts";

const source = join(import.meta.dirname, "..");
const real = await sandboxCapabilities();
const levels = [{ level: "plain", contained: false }, ...(real.ownFiles ? [{ level: "namespaces", contained: true }] : [])];

let data: string;
let workers: ChildProcess[];
beforeEach(() => {
  data = realpathSync(mkdtempSync(join(tmpdir(), "modyard-orphans-")));
  workers = [];
});
afterEach(async () => {
  for (const worker of workers) worker.kill("SIGKILL");
  await removeOrphans(data, silent);
  rmSync(data, { recursive: true, force: true });
});

const silent = { warn: () => undefined };

/** A process that holds a workspace, runs a command in it and makes a file: as a worker does. Resolves when the command runs. */
async function startWorker(contained: boolean): Promise<ChildProcess> {
  const script = join(data, `worker-${workers.length}.ts`);
  writeFileSync(script, `
    import { mkdirSync } from "node:fs";
    import { sandboxCapabilities } from ${JSON.stringify(join(source, "sandbox/capabilities.ts"))};
    import { createSandbox } from ${JSON.stringify(join(source, "sandbox/sandbox.ts"))};
    import { halfMadeName } from ${JSON.stringify(join(source, "../processes/half-made.ts"))};
    import { openWorkspace } from ${JSON.stringify(join(source, "workspace.ts"))};
    const data = ${JSON.stringify(data)};
    const { workspace } = openWorkspace(data);
    mkdirSync(workspace.directory);
    mkdirSync(data + "/artifacts/" + halfMadeName(), { recursive: true });
    const all = await sandboxCapabilities();
    const capabilities = ${contained} ? all : { ...all, diesWithWorker: false, ownProcesses: false, ownFiles: false, ownNetwork: false };
    const run = createSandbox({ workspace: workspace.directory, hiddenDirectories: [data], scratchDirectory: workspace.scratch, onLine: ({ text }) => console.log(text), signal: new AbortController().signal, limits: { memoryBytes: 5e8, processes: 500 }, capabilities });
    const child = "setInterval(() => {}, 1e6)";
    const script = 'const { spawn } = require("node:child_process"); spawn(process.execPath, ["-e", ' + JSON.stringify(child) + '], { detached: true, stdio: "ignore" }); spawn(process.execPath, ["-e", ' + JSON.stringify(child) + '], { detached: true, stdio: "ignore", env: {} }); console.log("ready"); setInterval(() => {}, 1e6)';
    await run({ argv: [process.execPath, "-e", script], cwd: workspace.directory, network: "none", timeoutSeconds: 600 });`);
  const worker = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit"] });
  workers.push(worker);
  await once(worker.stdout, "data");
  return worker;
}

async function kill(worker: ChildProcess): Promise<void> {
  const gone = once(worker, "exit");
  worker.kill("SIGKILL");
  await gone;
}

/** Control groups are the machine's: other tests may be killing workers of theirs just now. */
const isOurs = ({ kind, name }: Orphan): boolean => kind !== "control_group" || workers.some(({ pid }) => name.includes(`-${pid}.`));
const kinds = async (): Promise<readonly string[]> => (await findOrphans(data)).filter(isOurs).map(({ kind }) => kind).toSorted();

function read(file: string): string {
  try {
    return readFileSync(file, "latin1");
  } catch {
    return "";
  }
}

/** Living processes whose home is below the data directory. */
function buildProcesses(): readonly number[] {
  const pids = readdirSync("/proc").map(Number).filter(Number.isInteger);
  return pids.filter((pid) => identifyProcess(pid) !== undefined && read(`/proc/${pid}/environ`).includes(`HOME=${data}/`));
}

/** A control group is busy until its processes are gone, and those of another that are found with it may be busy meanwhile. */
const untilNothingIsLeft = (): Promise<void> =>
  eventually(async () => {
    await removeOrphans(data, silent);
    expect(await kinds()).toEqual([]);
  });

describe.runIf(process.platform === "linux").each(levels)("a worker ($level)", ({ contained }) => {
  test("that lives loses nothing; of one that was killed nothing is left", async () => {
    const [first, second] = [await startWorker(contained), await startWorker(contained)];
    expect(await kinds()).toEqual([]);
    const before = buildProcesses().length;
    expect(before).toBeGreaterThanOrEqual(4);
    await kill(first);
    const found = await findOrphans(data);
    expect(found.map(({ kind, name }) => [kind, name])).toEqual(expect.arrayContaining([["workspace", join(data, "workspaces", "1")], ["half_made", expect.stringContaining(join(data, "artifacts"))]]));
    // The kernel ends what is in a namespace; elsewhere it is found, also what threw its environment away.
    if (!contained) expect(found.filter(({ kind }) => kind === "process")).toHaveLength(3);
    const told: string[] = [];
    const removed = await removeOrphans(data, { warn: (_facts: unknown, text?: string) => void told.push(text ?? "") });
    expect(told).toHaveLength(removed.length);
    await eventually(() => expect(buildProcesses().length).toBeLessThanOrEqual(before / 2));
    await untilNothingIsLeft();
    expect(readdirSync(join(data, "workspaces")).toSorted()).toEqual(["2", "2.lock"]);
    expect(readdirSync(join(data, "artifacts"))).toHaveLength(1);
    expect(buildProcesses().length).toBeGreaterThanOrEqual(2);
    await kill(second);
    await untilNothingIsLeft();
    await eventually(() => expect(buildProcesses()).toEqual([]));
    expect([readdirSync(join(data, "workspaces")), readdirSync(join(data, "artifacts"))]).toEqual([[], []]);
  });
});

test("a workspace that is open is left alone, one that was never closed is removed with its lock", async () => {
  const { close } = openWorkspace(data);
  mkdirSync(join(data, "workspaces", "7", "host"), { recursive: true });
  writeFileSync(join(data, "workspaces", "7.lock"), JSON.stringify({ pid: 4_194_305, startedAt: "long ago" }));
  expect((await removeOrphans(data, silent)).filter(isOurs).map(({ name }) => name)).toEqual([join(data, "workspaces", "7")]);
  expect(readdirSync(join(data, "workspaces")).toSorted()).toEqual(["1", "1.lock"]);
  close();
});

test("half-made files and locks of the dead are removed, those of the living and whole files are not", async () => {
  const dead = `.making-4194305.${"0".repeat(12)}-abcdef`;
  const places = ["artifacts", "trees", "cache/npm/trees", "cache/npm/packing", "environments/prod/prepared"].map((place) => join(data, place));
  for (const place of places) {
    for (const name of [dead, halfMadeName(), "whole"]) mkdirSync(join(place, name), { recursive: true });
    writeFileSync(join(place, `${dead}.index`), "");
  }
  const owner = JSON.stringify({ pid: 4_194_305, startedAt: "long ago" });
  for (const name of ["host.git.lock", "host.git.lock.4194305.abc", "host.git.lock.0123456789abcdef", "admin-token.4194305.partial", "someone-elses.lock"]) writeFileSync(join(data, name), name.startsWith("someone") ? "12345\n" : owner);
  const release = tryLockFile(join(data, "mine.lock"));
  await removeOrphans(data, silent);
  for (const place of places) expect(readdirSync(place).toSorted()).toEqual([expect.stringMatching(/^\.making-/), "whole"]);
  expect(readdirSync(data).filter((name) => /lock|partial/.test(name)).toSorted()).toEqual(["mine.lock", "someone-elses.lock"]);
  expect(await kinds()).toEqual([]);
  release?.();
});

test("temporary files of other programs go when they were untouched for hours", async () => {
  const directory = join(data, "cache", "npm", "downloads", "_cacache", "tmp");
  const pack = join(data, "host.git", "objects", "pack");
  for (const each of [directory, pack]) mkdirSync(each, { recursive: true });
  for (const file of [join(directory, "young"), join(directory, "old"), join(pack, "tmp_pack_old"), join(pack, "pack-1.pack")]) writeFileSync(file, "");
  const before = new Date(Date.now() - 5 * 60 * 60 * 1000);
  for (const file of [join(directory, "old"), join(pack, "tmp_pack_old"), join(pack, "pack-1.pack")]) utimesSync(file, before, before);
  expect((await removeOrphans(data, silent)).filter(isOurs).map(({ name }) => name).toSorted()).toEqual([join(directory, "old"), join(pack, "tmp_pack_old")].toSorted());
});

test.runIf(real.limits)("control groups of the dead are removed, those of the living are not", async () => {
  const group = await createControlGroup({ memoryBytes: 1e8, processes: 10 });
  const [mine = ""] = group?.joins ?? [];
  const [parent = ""] = await groupParents();
  const name = mine.split("/").at(-2) ?? "";
  const dead = join(parent, name.replace(`-${process.pid}.`, "-4194305."));
  mkdirSync(dead);
  await removeOrphans(data, silent);
  expect([existsSync(dead), existsSync(mine)]).toEqual([false, true]);
  await group?.stop();
  expect(existsSync(mine)).toBe(false);
});
