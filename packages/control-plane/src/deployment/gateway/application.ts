import { spawn } from "node:child_process";
import { closeSync } from "node:fs";
import { delimiter, dirname } from "node:path";
import type { ApplicationLog } from "./application-log.ts";
import { marker, processIdentity } from "./process-identity.ts";
import type { RunnableRelease } from "./protocol.ts";

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
  /** Resolves when the process has ended; the rest of its group is killed then. */
  readonly exited: Promise<Exit>;
  /** Sends a signal to the whole group. */
  signal(name: "SIGTERM" | "SIGKILL"): void;
}

export interface SpawnFailure {
  readonly message: string;
}

export type ProcessRecord = Pick<Application, "pid" | "identity" | "port" | "startedAt">;

const POLL_MS = 100;

/** Starts a release in a process group of its own, its output going to its log. */
export async function spawnApplication(
  release: RunnableRelease,
  place: { readonly gatewayDirectory: string; readonly port: number; readonly log: ApplicationLog },
): Promise<Application | SpawnFailure> {
  const [command, ...args] = release.command;
  const output = place.log.openForAppend();
  try {
    const env = applicationEnvironment(release, place);
    const child = spawn(command, args, { cwd: release.directory, env, detached: true, stdio: ["ignore", output, output] });
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
    closeSync(output);
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
  // What the application started must not outlive it: it may hold the port or the data that the next one needs.
  const exited = ended.then((exit) => {
    killGroup(record.pid, "SIGKILL");
    return exit;
  });
  return { ...record, exited, signal: (name) => killGroup(record.pid, name) };
}

function applicationEnvironment(release: RunnableRelease, place: { readonly gatewayDirectory: string; readonly port: number }): NodeJS.ProcessEnv {
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
