import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { commonProblem, succeeded } from "../../toolchains/shared/command-failure.ts";
import type { Command, CommandOutcome } from "../../toolchains/toolchain.ts";
import { sandboxCapabilities, type SandboxCapabilities } from "./capabilities.ts";
import { groupParents } from "./control-group.ts";
import { createSandbox, type SandboxLimits, type SandboxOptions } from "./sandbox.ts";

const real = await sandboxCapabilities();
const plain: SandboxCapabilities = { ...real, ownProcesses: false, ownFiles: false, ownNetwork: false };
/** With and without namespaces, with limits that the kernel keeps and with watched ones. */
const levels = [
  { level: "plain, watched", capabilities: { ...plain, limits: false } },
  ...(real.limits ? [{ level: "plain, control groups", capabilities: plain }] : []),
  ...(real.ownFiles ? [{ level: "namespaces, watched", capabilities: { ...real, limits: false } }] : []),
  ...(real.ownFiles && real.limits ? [{ level: "namespaces, control groups", capabilities: real }] : []),
];
const megabyte = 2 ** 20;

let data: string;
let workspace: string;
beforeEach(() => {
  data = realpathSync(mkdtempSync(join(tmpdir(), "modyard-limits-")));
  workspace = join(data, "workspaces", "1", "host");
  mkdirSync(workspace, { recursive: true });
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

const text = ({ lines }: CommandOutcome): string => stripVTControlCharacters(lines.map((line) => line.text).join("\n"));

/** Eats as much as it is told in steps of 20 MB, slowly enough to be seen. */
const eat = (megabytes: number): string => `const kept = []; const timer = setInterval(() => { kept.push(Buffer.alloc(20 * ${megabyte}, 1)); if (kept.length * 20 >= ${megabytes}) clearInterval(timer); }, 20);`;
const inChild = (script: string): string => `require("node:child_process").spawnSync(process.execPath, ["-e", ${JSON.stringify(script)}]).status`;

const problemOf = (outcome: CommandOutcome) => commonProblem({ argv: ["eater"], cwd: "/", network: "none", timeoutSeconds: 30 }, outcome);

describe.runIf(process.platform === "linux").each(levels)("$level:", ({ capabilities }) => {
  function run(script: string, limits: SandboxLimits, more: Partial<SandboxOptions> = {}, program: readonly [string, ...string[]] = [process.execPath, "-e"]): Promise<CommandOutcome> {
    const command: Command = { argv: [...program, script], cwd: workspace, network: "none", timeoutSeconds: 30 };
    return createSandbox({ workspace, hiddenDirectories: [data], scratchDirectory: join(data, "workspaces", "1", "scratch"), onLine: () => undefined, signal: new AbortController().signal, capabilities, limits, ...more })(command);
  }

  test("what eats too much is ended, and it is told how much it had", async () => {
    const outcome = await run(eat(2_000), { memoryBytes: 250 * megabyte });
    expect(outcome).toMatchObject({ outOfMemory: true, timedOut: false, memory: { allowedBytes: 250 * megabyte } });
    expect(outcome.memory?.peakBytes).toBeGreaterThan(200 * megabyte);
    expect(problemOf(outcome)).toMatchObject({ code: "step_out_of_memory", message: expect.stringMatching(/^eater was ended for want of memory: it may use 250 MB, it used \d+ MB at most$/), details: { allowedBytes: 250 * megabyte } });
  });

  test("also a program inside that fails for another reason because its child was killed", async () => {
    const outcome = await run(`process.exit(${inChild(eat(2_000))} === 0 ? 0 : 1)`, { memoryBytes: 250 * megabyte });
    expect(outcome).toMatchObject({ exitCode: 1, outOfMemory: true });
  });

  test("what has enough is left alone; what fails for other reasons did not run out of memory", async () => {
    expect(await run(eat(100), { memoryBytes: 600 * megabyte })).toMatchObject({ exitCode: 0 });
    const failed = await run(`console.log("ENOMEM"); process.exit(1)`, { memoryBytes: 600 * megabyte });
    expect([failed.exitCode, failed.outOfMemory, problemOf(failed)]).toEqual([1, undefined, undefined]);
  });

  test("a fork bomb ends, and it is told why", async () => {
    const bomb = `const { spawn } = require("node:child_process"); let refused = 0; const bomb = () => { for (let i = 0; i < 20; i++) spawn("sleep", ["60"]).on("error", () => refused++); if (refused > 20) process.exit(1); setTimeout(bomb, 50); }; bomb();`;
    const outcome = await run(bomb, { processes: 120 });
    expect(succeeded(outcome)).toBe(false);
    expect(problemOf(outcome)).toMatchObject({ code: "step_over_limit", message: expect.stringContaining("120") });
  });

  // A shell, which is there at once: a busy machine may be silent for a second while Node.js starts.
  const shell = ["sh", "-c"] as const;

  test("a command that says nothing more is ended, with its last line", async () => {
    const outcome = await run("echo the last words; exec sleep 600", { silenceSeconds: 1 }, {}, shell);
    expect(outcome).toMatchObject({ timedOut: true, stopped: { reason: "silence", seconds: 1 } });
    expect(problemOf(outcome)).toMatchObject({ code: "step_silent", message: "eater printed nothing for 1 seconds; its last line: the last words" });
  });

  test("a command that goes on talking is ended by its time limit only, also when it draws over one line", async () => {
    for (const end of ["\\n", "\\r"]) {
      const outcome = await run(`while :; do printf 'tick${end}'; sleep 0.1; done`, { silenceSeconds: 1.5, seconds: 3 }, {}, shell);
      expect(outcome).toMatchObject({ timedOut: true, stopped: { reason: "time", seconds: 3 } });
      expect(problemOf(outcome)).toMatchObject({ code: "step_timed_out", message: "eater did not end within 3 seconds" });
    }
  });

  test("a command that fills the disk is ended before nothing is left", async () => {
    const disk = join(data, "disk");
    mkdirSync(disk);
    if (!mountSmallDisk(disk)) return;
    try {
      mkdirSync(join(disk, "host"));
      const script = `const fs = require("node:fs"); const file = fs.openSync("big", "w"); setInterval(() => { try { fs.writeSync(file, Buffer.alloc(${megabyte})); } catch {} }, 50)`;
      const sandbox = createSandbox({ workspace: join(disk, "host"), hiddenDirectories: [], scratchDirectory: join(data, "workspaces", "1", "scratch"), onLine: () => undefined, signal: new AbortController().signal, capabilities, limits: { disk: { directory: disk, freeBytes: 40 * megabyte } } });
      const outcome = await sandbox({ argv: [process.execPath, "-e", script], cwd: join(disk, "host"), network: "none", timeoutSeconds: 60 });
      expect(outcome).toMatchObject({ timedOut: false, stopped: { reason: "disk", neededBytes: 40 * megabyte } });
      expect(problemOf(outcome)).toMatchObject({ code: "disk_full", message: expect.stringMatching(/only \d+ MB were free on the disk; builds leave 40 MB/) });
    } finally {
      execFileSync("umount", ["--lazy", disk]);
    }
  });

  test("a file that is too large is refused, and it is told", async () => {
    const outcome = await run(`require("node:fs").writeFileSync("big", Buffer.alloc(3 * ${megabyte}))`, { fileBytes: 2 * megabyte });
    expect(problemOf(outcome)).toMatchObject({ code: "step_over_limit", message: "eater wanted to write a file larger than 2 MB" });
  });

  test.runIf(availableParallelism() > 1)("one processor is all that a sparing command sees", async () => {
    const script = `const os = require("node:os"); const { execSync } = require("node:child_process"); console.log(os.availableParallelism(), execSync("nproc").toString().trim(), process.env.CARGO_BUILD_JOBS, process.env.GOMAXPROCS, process.env.npm_config_jobs, process.env.NODE_OPTIONS, os.cpus().length)`;
    const [parallelism, processors, cargo, go, npm, node, cpus] = text(await run(script, { memoryBytes: 1_000 * megabyte }, { sparing: () => true })).split(" ");
    expect([parallelism, processors, cargo, go, npm, node]).toEqual(["1", "1", "1", "1", "1", "--max-old-space-size=750"]);
    if (capabilities.ownFiles) expect(cpus).toBe("1");
    expect(text(await run(script, {}))).toMatch(new RegExp(`^${availableParallelism()} ${availableParallelism()} undefined undefined undefined undefined`));
  });

  test("an aborted command rejects with the reason, whatever it had eaten", async () => {
    const controller = new AbortController();
    const outcome = run(`console.log("x"); ${eat(100)} setInterval(() => {}, 1e6)`, { memoryBytes: 500 * megabyte }, { signal: controller.signal, onLine: () => controller.abort(new Error("cancelled by test")) });
    await expect(outcome).rejects.toThrow("cancelled by test");
  });

  test.runIf(real.limits)("leaves no control group", async () => {
    await run(`process.exit()`, { memoryBytes: 500 * megabyte, processes: 100 });
    const left = (await groupParents()).flatMap((parent) => readdirSync(parent).filter((name) => name.includes(`-${process.pid}.`)));
    expect(left).toEqual([]);
  });
});

/** False where this user may not mount. */
function mountSmallDisk(directory: string): boolean {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=64m", "none", directory], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
