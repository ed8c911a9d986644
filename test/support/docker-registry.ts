import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { freePort } from "./free-port.ts";
import { openDirectory } from "./directory.ts";
import type { Requirement } from "./requirement.ts";

export const dockerRegistry: Requirement = { program: "docker-registry", hint: "install Debian's package docker-registry" };

/** The only user of a registry with sign-in. */
export const registryUser = { user: "modyard", password: "s3cret-of-tests" };
/** bcrypt, the one form that the registry knows. */
const htpasswd = "modyard:$2a$05$ewAutdXJmsxFBz/KDIAHV.QY3NZbu/wXbAEmmCoQYKqKG3hhcH7DO\n";

/** An OCI registry of its own: Debian's `docker-registry` on a free port of this machine, its storage in a directory that goes with it. */
export interface TestRegistry {
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  readonly storage: string;
  /** Ends the process; the storage stays. */
  stop(signal?: "SIGTERM" | "SIGKILL"): Promise<void>;
  /** Starts it again on the same port and storage. */
  start(): Promise<void>;
  close(): Promise<void>;
}

export async function startDockerRegistry(options: { readonly signIn?: boolean } = {}): Promise<TestRegistry> {
  const directory = openDirectory("registry");
  const storage = join(directory, "storage");
  mkdirSync(storage);
  const host = `127.0.0.1:${await freePort()}`;
  writeFileSync(join(directory, "htpasswd"), htpasswd);
  writeFileSync(join(directory, "config.yml"), configuration(directory, host, options.signIn === true));
  let child: ChildProcess | undefined;
  const stop = async (signal: "SIGTERM" | "SIGKILL" = "SIGKILL"): Promise<void> => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill(signal);
    await gone;
  };
  const start = async (): Promise<void> => {
    const log = openSync(join(directory, "log"), "a");
    child = spawn("docker-registry", ["serve", join(directory, "config.yml")], { stdio: ["ignore", log, log] });
    await untilItAnswers(child, host, join(directory, "log"));
  };
  const close = async (): Promise<void> => {
    await stop();
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    await start();
  } catch (error) {
    await close();
    throw error;
  }
  return { host, storage, stop, start, close };
}

function configuration(directory: string, host: string, signIn: boolean): string {
  const auth = signIn ? `auth: { htpasswd: { realm: test, path: ${join(directory, "htpasswd")} } }\n` : "";
  return `version: 0.1
log: { level: warn, accesslog: { disabled: true } }
storage: { filesystem: { rootdirectory: ${join(directory, "storage")} }, delete: { enabled: true }, maintenance: { uploadpurging: { enabled: false } } }
http: { addr: "${host}", secret: tests }
${auth}`;
}

/** Any answer will do, a refused sign-in too. */
async function untilItAnswers(child: ChildProcess, host: string, log: string): Promise<void> {
  for (;;) {
    if (await fetch(`http://${host}/v2/`).then(() => true, () => false)) return;
    if (child.exitCode !== null) throw new Error(`docker-registry ended: ${readFileSync(log, "utf8").slice(-2_000)}`);
    await delay(20);
  }
}
