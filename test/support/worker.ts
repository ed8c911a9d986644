import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const binary = fileURLToPath(new URL("../../packages/control-plane/bin/modyard.js", import.meta.url));
const readySchema = z.object({ event: z.literal("ready"), holder: z.string(), pid: z.number(), builds: z.boolean(), deployments: z.boolean(), metrics: z.string().optional() });

/** A real `modyard worker`. */
export interface TestWorker {
  /** What it said on stdout when it was ready. */
  readonly ready: z.output<typeof readySchema>;
  /** What it wrote to stderr so far. */
  output(): string;
  signal(name: NodeJS.Signals): void;
  /** Resolves when it is gone: its exit code, or null after a signal. */
  readonly ended: Promise<number | null>;
}

/** Starts a worker without waiting for it. */
export function spawnWorker(args: readonly string[], env: Readonly<Record<string, string>> = {}): { readonly child: ChildProcess; readonly ready: Promise<TestWorker>; readonly ended: Promise<number | null>; output(): string } {
  const child = spawn(process.execPath, [binary, "worker", ...args], { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env } });
  let output = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (output = (output + text).slice(-200_000)));
  const ended = once(child, "exit").then(([code]) => code as number | null);
  const line = Promise.race([
    once(createInterface(child.stdout), "line").then(([text]) => String(text)),
    ended.then((code) => Promise.reject(new Error(`modyard worker ended (${code}): ${output.slice(-3_000)}`))),
  ]);
  const ready = line.then((text) => ({ ready: readySchema.parse(JSON.parse(text)), output: () => output, signal: (name: NodeJS.Signals) => void child.kill(name), ended }));
  ready.catch(() => undefined);
  return { child, ready, ended, output: () => output };
}

/** Starts a worker and waits until it takes work. */
export function startTestWorker(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<TestWorker> {
  return spawnWorker(args, env).ready;
}
