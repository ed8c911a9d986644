import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const demo = join(import.meta.dirname, "..", "..", "scripts", "demo.ts");
let directory: string;
beforeAll(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), "modyard-demo-")));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

interface Run {
  readonly output: () => string;
  readonly ended: Promise<number | null>;
  kill(signal: NodeJS.Signals): void;
}

function start(...args: readonly string[]): Run {
  const child = spawn(process.execPath, [demo, "--directory", directory, ...args], { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, NO_COLOR: "1" } });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data: Buffer) => (output += data.toString()));
  return { output: () => output, ended: once(child, "exit").then(([code]) => code as number | null), kill: (signal) => child.kill(signal) };
}

async function until(run: Run, text: string): Promise<void> {
  let over = false;
  void run.ended.then(() => (over = true));
  while (!run.output().includes(text)) {
    if (over) throw new Error(`the demo ended before it said ${JSON.stringify(text)}:\n${run.output()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Processes that have the demo's directory in their command line or environment. */
function leftBehind(): string[] {
  return readdirSync("/proc").filter((pid) => /^\d+$/.test(pid) && Number(pid) !== process.pid).flatMap((pid) => {
    try {
      const facts = readFileSync(`/proc/${pid}/cmdline`, "utf8") + readFileSync(`/proc/${pid}/environ`, "utf8");
      return facts.includes(directory) ? [readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")] : [];
    } catch {
      return [];
    }
  });
}

test("once: installs, uninstalls, rolls back, loses nothing, prints the table, leaves nothing running", async () => {
  const run = start("--once");
  expect(await run.ended, run.output()).toBe(0);
  for (const line of ["install forum", "uninstall forum", "roll back", "GET /forum answers 200", "GET /forum answers 404"]) expect(run.output()).toContain(line);
  expect(run.output()).toMatch(/visitor meanwhile +\d{2,} requests, 0 lost/);
  expect(run.output()).toMatch(/token +mya_/);
  expect(leftBehind()).toEqual([]);
});

test("again: starts from what is there, stays up, and Ctrl-C stops everything that it started", async () => {
  const run = start();
  await until(run, "Everything stays up until Ctrl-C");
  const url = /platform +(http:\S+)/.exec(run.output())?.[1] ?? "";
  expect((await fetch(`${url}/forum`)).status).toBe(200);
  run.kill("SIGINT");
  expect(await run.ended, run.output()).toBe(0);
  await expect(fetch(url)).rejects.toThrow();
  expect(leftBehind()).toEqual([]);
});
