import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const binary = fileURLToPath(new URL("../../packages/control-plane/bin/modyard.js", import.meta.url));

/** One of the site's `modyard` processes. */
export interface ServiceOptions {
  readonly name: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly log: string;
}

/** Like systemd's RestartSec=100ms: what ends is started again, whatever it ended of. */
const restartMs = 100;
const stopMs = 10_000;

/** Keeps one process running, as a service manager does. */
export class Service {
  readonly name: string;
  readonly #options: ServiceOptions;
  #child: ChildProcess | undefined;
  #stopping = false;
  #killed = false;
  #unasked: string[] = [];

  constructor(options: ServiceOptions) {
    this.name = options.name;
    this.#options = options;
    this.#start();
  }

  /** Not a number while it is being started again. */
  get pid(): number {
    return this.#child?.pid ?? Number.NaN;
  }

  /** Ends that nobody asked for since the last time, each told in a few words. */
  takeUnaskedEnds(): readonly string[] {
    return this.#unasked.splice(0);
  }

  /** `kill -9`. */
  kill(): void {
    this.#killed = true;
    this.#child?.kill("SIGKILL");
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGCONT");
    child.kill("SIGTERM");
    await Promise.race([gone, delay(stopMs, undefined, { ref: false })]);
    child.kill("SIGKILL");
    await gone;
  }

  #start(): void {
    const { args, env, log } = this.#options;
    const file = openSync(log, "a");
    // A session of its own: Ctrl-C is for the drill, which then ends everything in order.
    const child = spawn(process.execPath, [binary, ...args], { stdio: ["ignore", file, file], env: { ...env, MODYARD_READS_PER_MINUTE: "0", MODYARD_WRITES_PER_MINUTE: "0" }, detached: true });
    closeSync(file);
    this.#child = child;
    child.once("exit", (code, signal) => void this.#ended(String(code ?? signal)));
  }

  async #ended(how: string): Promise<void> {
    this.#child = undefined;
    if (this.#stopping) return;
    if (!this.#killed) this.#unasked.push(`${this.name} ended by itself (${how})`);
    this.#killed = false;
    await delay(restartMs);
    if (!this.#stopping) this.#start();
  }
}
