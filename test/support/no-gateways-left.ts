import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll } from "vitest";
import { tryKill } from "./processes.ts";

/** A gateway may still be ending; one that is there after this was forgotten. */
const patienceMs = 10_000;

// For every test file, after all of its own hooks: a gateway outlives its starter by design, and would run on until the machine ends.
afterAll(async () => {
  const until = Date.now() + patienceMs;
  while (startedHere().length > 0 && Date.now() < until) await delay(50);
  const left = startedHere();
  for (const { pid } of left) tryKill(pid, "SIGTERM");
  if (left.length > 0) throw new Error(`this file leaves gateways behind (test/support/gateways.ts ends them): ${left.map(({ settings }) => settings).join(", ")}`);
});

/** Gateways that this process started and that live. */
function startedHere(): readonly { readonly pid: number; readonly settings: string }[] {
  const children = read(`/proc/${process.pid}/task/${process.pid}/children`).split(" ").filter(Boolean).map(Number);
  return children.flatMap((pid) => {
    const [, program = "", settings = ""] = read(`/proc/${pid}/cmdline`).split("\0");
    return /\/deployment\/gateway\/main\.[jt]s$/.test(program) ? [{ pid, settings }] : [];
  });
}

/** Nothing where the system has no such file, or the process is gone. */
function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
