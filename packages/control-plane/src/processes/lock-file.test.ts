import { fork, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { commandLineOf, identifyProcess, isAlive } from "./identity.ts";
import { tryLockFile, withLockFile } from "./lock-file.ts";

let directory: string;
let path: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "modyard-lock-"));
  path = join(directory, "a.lock");
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

async function deadProcess(): Promise<{ pid: number; startedAt: string }> {
  const child = spawn("sleep", ["60"]);
  const identity = identifyProcess(child.pid ?? 0);
  child.kill("SIGKILL");
  await once(child, "exit");
  if (identity === undefined) throw new Error("the child did not start");
  return identity;
}

describe("process identity", () => {
  it("tells a living process from a dead one", async () => {
    const child = spawn("sleep", ["60"]);
    const identity = identifyProcess(child.pid ?? 0);
    expect(identity).toBeDefined();
    if (identity === undefined) return;
    expect(isAlive(identity)).toBe(true);
    expect(commandLineOf(identity.pid)).toBe("sleep 60");
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(isAlive(identity)).toBe(false);
    expect(commandLineOf(identity.pid)).toBeUndefined();
  });

  it("tells a process from an earlier one with its number", () => {
    const own = identifyProcess(process.pid);
    expect(own).toBeDefined();
    expect(isAlive({ pid: process.pid, startedAt: `${own?.startedAt}1` })).toBe(false);
  });
});

describe("withLockFile", () => {
  it("lets one in at a time, within a process and between processes", async () => {
    const script = join(directory, "count.mjs");
    const counter = join(directory, "counter");
    writeFileSync(counter, "0");
    writeFileSync(script, countingScript(path, counter));
    const children = [1, 2, 3].map(() => fork(script));
    await Promise.all(children.map((child) => once(child, "exit")));
    expect(children.map((child) => child.exitCode)).toEqual([0, 0, 0]);
    // Each child adds one 20 times by reading, waiting and writing: without the lock, additions get lost.
    expect(readFileSync(counter, "utf8")).toBe("60");
    expect(readdirSync(directory).filter((name) => name.includes(".lock"))).toEqual([]);
  });

  it("gives the lock back when the action fails", async () => {
    await expect(withLockFile(path, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(existsSync(path)).toBe(false);
  });

  it("takes over the lock of a dead process, also with many waiters at once", async () => {
    writeFileSync(path, JSON.stringify(await deadProcess()));
    let inside = 0;
    let most = 0;
    await Promise.all(
      [1, 2, 3, 4, 5].map(() =>
        withLockFile(path, async () => {
          inside += 1;
          most = Math.max(most, inside);
          await new Promise((resolve) => setImmediate(resolve));
          inside -= 1;
        }),
      ),
    );
    expect(most).toBe(1);
  });

  it("takes over a lock whose owner's number belongs to another process now", () => {
    writeFileSync(path, JSON.stringify({ pid: process.pid, startedAt: "1" }));
    expect(tryLockFile(path)).toBeTypeOf("function");
  });

  it("takes over a lock that a crashed machine left empty", () => {
    writeFileSync(path, "");
    expect(tryLockFile(path)).toBeTypeOf("function");
  });

  it("leaves a lock that another is just about to remove", async () => {
    const text = JSON.stringify(await deadProcess());
    writeFileSync(path, text);
    // What a second waiter sees while the first one is between its judgement and the removal.
    const release = tryLockFile(`${path}.${createHash("sha256").update(text).digest("hex").slice(0, 16)}`);
    expect(tryLockFile(path)).toBeUndefined();
    release?.();
    expect(tryLockFile(path)).toBeTypeOf("function");
  });

  it("respects the lock of a living process", () => {
    const child = spawn("sleep", ["60"]);
    writeFileSync(path, JSON.stringify(identifyProcess(child.pid ?? 0)));
    expect(tryLockFile(path)).toBeUndefined();
    child.kill("SIGKILL");
  });

  it("keeps the holder's lock when one that waits for it is killed or asked to end", async () => {
    const release = tryLockFile(path);
    const held = readFileSync(path, "utf8");
    const script = join(directory, "wait.mjs");
    writeFileSync(script, `import { withLockFile } from ${JSON.stringify(join(import.meta.dirname, "lock-file.ts"))};
process.send("waits");
await withLockFile(${JSON.stringify(path)}, () => undefined);
`);
    for (const signal of ["SIGKILL", "SIGTERM"] as const) {
      const waiter = fork(script);
      await once(waiter, "message");
      waiter.kill(signal);
      expect(await once(waiter, "exit")).toEqual([null, signal]);
      expect(readFileSync(path, "utf8")).toBe(held);
    }
    release?.();
    expect(existsSync(path)).toBe(false);
  });

  it("fails where no lock can be made, instead of waiting without end", async () => {
    await expect(withLockFile(join(directory, "not", "there.lock"), () => Promise.resolve())).rejects.toThrow("ENOENT");
  });
});

function countingScript(lock: string, counter: string): string {
  return `import { withLockFile } from ${JSON.stringify(join(import.meta.dirname, "lock-file.ts"))};
import { readFileSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
for (let turn = 0; turn < 20; turn += 1) {
  await withLockFile(${JSON.stringify(lock)}, async () => {
    const before = Number(readFileSync(${JSON.stringify(counter)}, "utf8"));
    await sleep(1);
    writeFileSync(${JSON.stringify(counter)}, String(before + 1));
  });
}
`;
}
