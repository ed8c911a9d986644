import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inspect, type Findings } from "../../scripts/drill/checks/inspect.ts";
import { phases } from "../../scripts/drill/phases.ts";
import { closeStage, openStage } from "../../scripts/drill/stage.ts";
import type { Stage } from "../../scripts/drill/round.ts";
import { freeze } from "../../scripts/drill/victims.ts";
import type { DrillReport } from "../../scripts/drill/tally.ts";
import { hostGit } from "../support/host-git.ts";
import { processesWith } from "../support/processes.ts";
import { until } from "../support/rest-client.ts";

const program = fileURLToPath(new URL("../../scripts/drill.ts", import.meta.url));
const minutes = 60_000;

/** A directory of temporary files for one drill alone: what it leaves behind is seen. */
const withOwnDirectory = async (act: (directory: string) => Promise<void>): Promise<void> => {
  const directory = await mkdtemp(join(tmpdir(), "modyard-dt-"));
  try {
    await promisify(execFile)("chmod", ["755", directory]);
    await act(directory);
  } finally {
    await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  }
};

describe("kill -9 at one step after the other", () => {
  test("loses nothing, leaves nothing behind, and ends in the same releases", { timeout: 15 * minutes }, async () => {
    await withOwnDirectory(async (directory) => {
      const { stdout } = await promisify(execFile)(process.execPath, [program, "--kills", "15", "--seed", "4", "--json"], { env: { ...process.env, TMPDIR: directory } }).catch((error: { stdout?: string; stderr?: string }) => {
        throw new Error(`the drill failed: ${error.stdout ?? ""}\n${error.stderr ?? ""}`, { cause: error });
      });
      const report = JSON.parse(stdout) as DrillReport;
      expect(report.problems).toEqual([]);
      expect(report).toMatchObject({ kills: 15, recovered: 15, stuck_locks: 0, orphans: 0, lost_acknowledgements: 0, application_requests_lost: 0, recovery_ms: { median: expect.any(Number), worst: expect.any(Number) } });
      expect(report.phases.length).toBe(15);
      expect(report.application_requests).toBeGreaterThan(100);
      expect((await readdir(directory)).filter((name) => name.startsWith("modyard-"))).toEqual([]);
      expect(await processesWith({ environment: directory })).toEqual([]);
    });
  });

  test("Ctrl-C ends it, and everything that it started", { timeout: 5 * minutes }, async () => {
    await withOwnDirectory(async (directory) => {
      const drill = spawn(process.execPath, [program, "--kills", "1"], { env: { ...process.env, TMPDIR: directory }, stdio: "ignore" });
      const ended = once(drill, "exit");
      await until("the database", () => processesWith({ commandLine: `${directory}/modyard-drill-` }), (pids) => pids.length > 2);
      drill.kill("SIGINT");
      expect(await ended).toEqual([130, null]);
      expect(await processesWith({ commandLine: directory })).toEqual([]);
      expect(await processesWith({ environment: `MODYARD_DRILL_SITE=${directory}` })).toEqual([]);
      expect((await readdir(directory)).filter((name) => name.startsWith("modyard-"))).toEqual([]);
    });
  });
});

/** A drill that sees nothing finds nothing: here everything is wrong on purpose. */
describe("what the drill looks for", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage(new AbortController().signal);
  }, 5 * minutes);
  afterAll(() => stage && closeStage(stage, false));

  /** The recovery would take away what is put there, and does: here it stands still. */
  const lookAfter = async (plant: () => Promise<void>): Promise<Findings> => {
    const { serve, worker } = stage.site;
    const thaw = await Promise.all([freeze(serve.pid), freeze(worker.pid)]);
    try {
      await plant();
      return await inspect(stage.site, stage.ledger, 500);
    } finally {
      for (const each of thaw) each();
    }
  };

  test("a site that is well has nothing of it", { timeout: 2 * minutes }, async () => {
    expect(await inspect(stage.site, stage.ledger)).toEqual({ stuckLocks: [], orphans: [], lostAcknowledgements: [], forbiddenStates: [], branchProblems: [], unaskedEnds: [] });
  });

  test("locks of dead processes, of git and of the database", { timeout: 2 * minutes }, async () => {
    const { places: { data, host }, gate } = stage.site;
    const ours = join(data, "workspaces", "7.lock");
    const git = join(host, ".git", "index.lock");
    const { stuckLocks } = await lookAfter(async () => {
      await mkdir(join(data, "workspaces"), { recursive: true });
      await writeFile(ours, JSON.stringify({ pid: 1, startedAt: "long ago" }));
      await writeFile(git, "");
      await gate.close(phases[0] ?? { name: "", work: "build", step: "" });
    });
    await gate.open();
    await Promise.all([ours, git].map((path) => rm(path, { force: true })));
    expect(stuckLocks).toEqual(expect.arrayContaining([ours, git, expect.stringMatching(/^advisory lock/)]));
  });

  test("processes and files that belong to nobody", { timeout: 2 * minutes }, async () => {
    const { places: { root, data, temporary } } = stage.site;
    const stray = spawn("sleep", ["600"], { env: { ...process.env, LEFT_BY: join(root, "workspaces") }, stdio: "ignore" });
    const [workspace, forgotten] = [join(data, "workspaces", "9"), join(temporary, "forgotten")];
    const { orphans } = await lookAfter(async () => {
      await mkdir(workspace, { recursive: true });
      await writeFile(forgotten, "");
    });
    stray.kill("SIGKILL");
    await Promise.all([workspace, forgotten].map((path) => rm(path, { recursive: true, force: true })));
    // What the recovery was just doing stands still too.
    expect(orphans).toEqual(expect.arrayContaining(["process: sleep 600", workspace, forgotten]));
  });

  test("requests that nobody remembers, rows that no machine allows, commits that no build made", { timeout: 2 * minutes }, async () => {
    const { database, places: { host } } = stage.site;
    await hostGit(host, "commit", "--quiet", "--allow-empty", "--message", "modules: smuggled\n\nModyard-Build: bld_01kaj0000000000000000000ab");
    await database.query("update releases set status = 'deploying' where status = 'superseded'");
    const { lostAcknowledgements, forbiddenStates, branchProblems } = await inspect(stage.site, [{ kind: "build", id: "bld_01kaj0000000000000000000ab", what: "install extra" }], 500);
    expect(lostAcknowledgements).toEqual(["install extra (bld_01kaj0000000000000000000ab): it is not in the database"]);
    expect(forbiddenStates.filter((each) => each.endsWith("is deploying")).length).toBeGreaterThan(0);
    expect(branchProblems).toEqual([expect.stringMatching(/landed, and no successful build/)]);
  });
});
