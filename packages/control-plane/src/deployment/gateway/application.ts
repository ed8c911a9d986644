import { spawn } from "node:child_process";
import { closeSync } from "node:fs";
import { delimiter, dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { ApplicationLog } from "./application-log.ts";
import { groupLives, processIdentity } from "../../processes/identity.ts";
import { marker } from "./marked-processes.ts";
import type { RunnableRelease } from "./protocol.ts";
import type { ApplicationStarter } from "./sandbox/starter.ts";

/** How an application ended. Both are null for an adopted one: only a parent is told. */
export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
}

/** One operating-system process of a release, with the process group that it leads. */
export interface Application {
  readonly pid: number;
  readonly identity: string;
  readonly port: number;
  readonly startedAt: string;
  /** Resolves when the process and the rest of its group have ended. */
  readonly exited: Promise<Exit>;
  /** Sends a signal to the whole group. */
  signal(name: "SIGTERM" | "SIGKILL"): void;
}

export interface SpawnFailure {
  readonly message: string;
}

export type ProcessRecord = Pick<Application, "pid" | "identity" | "port" | "startedAt">;

const POLL_MS = 100;
const REST_GRACE_MS = 5_000;
const LOOK_MS = 20;

/** Starts a release in a process group of its own, its output going to its log. */
export async function spawnApplication(
  release: RunnableRelease,
  place: { readonly gatewayDirectory: string; readonly port: number; readonly starter: ApplicationStarter; readonly log: ApplicationLog },
): Promise<Application | SpawnFailure> {
  let output: number | undefined;
  let launch: number | undefined;
  try {
    const start = await place.starter.startOf(release, applicationEnvironment(release, place));
    launch = start.launch;
    if (start.unprotected !== undefined) place.log.note(`not in a sandbox: ${start.unprotected}`);
    output = place.log.openForAppend();
    const [command, ...args] = start.argv;
    const child = spawn(command, args, { cwd: release.directory, env: start.env, detached: true, stdio: ["ignore", output, output, ...(launch === undefined ? [] : [launch])] });
    const exited = new Promise<Exit>((resolve) => child.once("exit", (code, signal) => resolve({ code, signal })));
    const failure = await new Promise<Error | undefined>((resolve) => {
      child.once("spawn", () => resolve(undefined));
      child.once("error", resolve);
    });
    if (failure !== undefined || child.pid === undefined) return { message: failure?.message ?? "no process id" };
    child.on("error", () => undefined); // A signal that could not be sent; `exited` tells what became of the process.
    return application({ pid: child.pid, identity: processIdentity(child.pid) ?? "", port: place.port, startedAt: new Date().toISOString() }, exited);
  } catch (error) {
    return { message: (error as Error).message };
  } finally {
    for (const descriptor of [output, launch]) if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** Takes over a process that an earlier gateway started, by watching it: only its parent would be told of its end. */
export function adoptApplication(record: ProcessRecord): Application {
  const exited = new Promise<Exit>((resolve) => {
    const timer = setInterval(() => {
      if (processIdentity(record.pid) === record.identity) return;
      clearInterval(timer);
      resolve({ code: null, signal: null });
    }, POLL_MS);
  });
  return application(record, exited);
}

/** Kills a process group, gone or not. */
export function killGroup(pid: number, signal: "SIGTERM" | "SIGKILL"): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody is left in the group.
  }
}

function application(record: ProcessRecord, ended: Promise<Exit>): Application {
  const exited = ended.then(async (exit) => {
    await endRestOfGroup(record.pid);
    return exit;
  });
  return { ...record, exited, signal: (name) => killGroup(record.pid, name) };
}

/**
 * What the application started must not outlive it: it may hold the port or the data that the next one needs. But the process
 * started first may be a mere wrapper (a shell, npm), so the others get a moment to end in order.
 */
async function endRestOfGroup(pid: number): Promise<void> {
  if (!groupLives(pid)) return;
  killGroup(pid, "SIGTERM");
  const deadline = Date.now() + REST_GRACE_MS;
  while (groupLives(pid) && Date.now() < deadline) await delay(LOOK_MS);
  killGroup(pid, "SIGKILL");
}

function applicationEnvironment(release: RunnableRelease, place: { readonly gatewayDirectory: string; readonly port: number }): Record<string, string> {
  const path = [dirname(process.execPath), process.env["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"].join(delimiter);
  return {
    PATH: path,
    ...release.env,
    HOST: "127.0.0.1",
    PORT: String(place.port),
    [marker.gateway]: place.gatewayDirectory,
    [marker.release]: release.releaseId,
  };
}
