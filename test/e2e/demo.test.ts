import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type DemoRun, leftBehind, startDemo } from "../support/demo.ts";

let directory: string;
beforeAll(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), "modyard-demo-")));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

async function until(run: DemoRun, text: string): Promise<void> {
  let over = false;
  void run.ended.then(() => (over = true));
  while (!run.output().includes(text)) {
    if (over) throw new Error(`the demo ended before it said ${JSON.stringify(text)}:\n${run.output()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test("once: installs, uninstalls, rolls back, loses nothing, prints the table, leaves nothing running", async () => {
  const run = startDemo("node", directory, ["--once"]);
  expect(await run.ended, run.output()).toBe(0);
  for (const line of ["install forum", "uninstall forum", "roll back", "GET /forum answers 200", "GET /forum answers 404"]) expect(run.output()).toContain(line);
  expect(run.output()).toMatch(/visitor meanwhile +\d{2,} requests, 0 lost/);
  expect(run.output()).toMatch(/token +mya_/);
  expect(leftBehind(directory)).toEqual([]);
});

test("again: starts from what is there, stays up, and Ctrl-C stops everything that it started", async () => {
  const run = startDemo("node", directory, []);
  await until(run, "Everything stays up until Ctrl-C");
  const url = /platform +(http:\S+)/.exec(run.output())?.[1] ?? "";
  expect((await fetch(`${url}/forum`)).status).toBe(200);
  run.kill("SIGINT");
  expect(await run.ended, run.output()).toBe(0);
  await expect(fetch(url)).rejects.toThrow();
  expect(leftBehind(directory)).toEqual([]);
});
