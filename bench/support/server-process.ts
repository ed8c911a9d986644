import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const binary = fileURLToPath(new URL("../../packages/control-plane/bin/modyard.js", import.meta.url));

/** A `modyard` process of its own, so that what it does costs the bench's own process nothing. */
export interface ServerProcess {
  readonly url: string;
  readonly token: string;
  close(): Promise<void>;
}

export async function startServerProcess(host: string, data: string): Promise<ServerProcess> {
  const child = start(["serve", "--host-repo", host, "--data", data, "--port", "0", "--log-level", "warn"]);
  const { url, token_file: tokenFile } = JSON.parse(await firstLine(child)) as { url: string; token_file: string };
  return { url, token: (await readFile(tokenFile, "utf8")).trim(), close: () => end(child) };
}

/** A worker that takes builds; resolves when it is ready. */
export async function startWorkerProcess(host: string, data: string): Promise<{ close(): Promise<void> }> {
  const child = start(["worker", "--host-repo", host, "--data", data, "--only", "builds", "--log-level", "warn"]);
  await firstLine(child);
  return { close: () => end(child) };
}

/** What is measured is how many there can be. */
const anyRate = { MODYARD_READS_PER_MINUTE: "0", MODYARD_WRITES_PER_MINUTE: "0" };

function start(args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [binary, ...args], { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, NODE_ENV: "production", ...anyRate } });
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error("the process has no output");
  const ended = once(child, "exit").then(([code]) => Promise.reject(new Error(`modyard ended with ${String(code)}`)));
  const [line] = (await Promise.race([once(createInterface(child.stdout), "line"), ended])) as [string];
  ended.catch(() => undefined);
  return line;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  await gone;
}
