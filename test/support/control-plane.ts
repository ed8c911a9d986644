import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { findPlaces } from "../../packages/control-plane/src/database/embedded/places.ts";
import { findPostmaster } from "../../packages/control-plane/src/database/embedded/postmaster.ts";
import { processTarget, type ProcessTarget } from "../../packages/control-plane/src/deployment/targets/process/process-target.ts";
import { identifyProcess } from "../../packages/control-plane/src/processes/identity.ts";
import { copyExample, type BrokenCrate, type BrokenModule } from "../../scripts/copy-example.ts";
import { freePort } from "./free-port.ts";
import { hostGit } from "./host-git.ts";
import { type KeptCache, openCache } from "./package-cache.ts";
import { processesWith, tryKill } from "./processes.ts";
import { RestClient } from "./rest-client.ts";

const binary = fileURLToPath(new URL("../../packages/control-plane/bin/modyard.js", import.meta.url));

/** Short times, so that what must fail by time-out fails soon; nothing that is well needs longer. */
const settings = { start_timeout_seconds: 5, drain_timeout_seconds: 5, observe_seconds: 1 };

export type ControlPlaneOptions = CommonOptions & (NodeHost | RustHost);

interface NodeHost {
  readonly example?: "node-platform";
  /** Broken modules in the host's catalog. */
  readonly modules?: readonly BrokenModule[];
}

interface RustHost {
  readonly example: "rust-platform";
  /** Broken crates in the host's catalog. */
  readonly modules?: readonly BrokenCrate[];
  /** In the place of the example's own profile: what says nothing about the program needs no optimised one. */
  readonly profile?: "debug";
}

interface CommonOptions {
  /** What of `[environments.prod]` differs from the short times that tests use. */
  readonly prod?: Readonly<Record<string, number>>;
  /** Added to the server's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Added to the server's command line. */
  readonly args?: readonly string[];
  /** Changes the copy of the host before the server starts. */
  readonly prepareHost?: (directory: string) => Promise<void>;
  /** The address that the server gets in place of the host's directory. */
  readonly hostAddress?: (directory: string) => string;
  /** Builds and deploys the host as it is, before the first test. */
  readonly deployed?: boolean;
  /** Begins with nothing downloaded, as on a new machine. */
  readonly cold?: boolean;
}

/** A compiler that has one core of a busy machine to itself takes minutes. */
const rustPatienceMs = 600_000;

/** Tests look far more often than people do. */
const anyRate = { MODYARD_READS_PER_MINUTE: "0", MODYARD_WRITES_PER_MINUTE: "0" };

const listeningSchema = z.object({ event: z.literal("listening"), url: z.string(), token_file: z.string(), pid: z.number() });

/** A real `modyard serve` with a host, a database and an application of its own. */
export class TestControlPlane {
  readonly root: string;
  /** The host's work tree. */
  readonly host: string;
  readonly data: string;
  /** Where users reach the application. */
  readonly applicationUrl: string;
  readonly api: RestClient;
  readonly target: ProcessTarget;
  readonly #args: readonly string[];
  #env: Readonly<Record<string, string>>;
  #child: ChildProcess | undefined;
  #url = "";
  #token = "";
  #output = "";

  private constructor(root: string, applicationPort: number, hostAddress: string, { env = {}, args = [], example }: ControlPlaneOptions) {
    this.root = root;
    this.host = join(root, "host");
    this.data = join(root, "data");
    const listen = `127.0.0.1:${applicationPort}`;
    this.applicationUrl = `http://${listen}`;
    this.#args = ["serve", "--host-repo", hostAddress, "--data", this.data, "--port", "0", "--environment", `prod=${listen}`, ...args];
    this.#env = env;
    this.api = new RestClient(() => ({ url: this.#url, token: this.#token }), example === "rust-platform" ? rustPatienceMs : undefined);
    this.target = processTarget({ environment: "prod", directory: join(this.data, "environments", "prod"), listen, unpack: () => Promise.reject(new Error("tests unpack nothing")), sandbox: { hidden: [this.data], shown: [] } });
  }

  /** Copies the host, starts the server, and with `deployed` brings the base composition live. */
  static async open(options: ControlPlaneOptions = {}): Promise<TestControlPlane> {
    const root = await mkdtemp(join(tmpdir(), "modyard-e2e-"));
    // PostgreSQL runs as another user where tests run as root.
    await chmod(root, 0o755);
    const host = join(root, "host");
    const plane = new TestControlPlane(root, await freePort(), options.hostAddress?.(host) ?? host, options);
    let kept: KeptCache | undefined;
    try {
      await copyHost(host, options);
      await shortenTimes(host, { ...settings, ...options.prod });
      await options.prepareHost?.(host);
      kept = await openCache(host, plane.data, options);
      await plane.start();
      if (options.deployed === true) await plane.deployBase();
      await kept.keep();
      return plane;
    } catch (error) {
      await plane.close();
      throw error;
    } finally {
      kept?.done();
    }
  }

  get url(): string {
    return this.#url;
  }

  get token(): string {
    return this.#token;
  }

  /** What the server wrote to stderr. */
  get output(): string {
    return this.#output;
  }

  get pid(): number {
    return this.#child?.pid ?? Number.NaN;
  }

  /** Starts the server (again), with what `env` adds from now on; resolves when it listens. */
  async start(env: Readonly<Record<string, string>> = {}): Promise<void> {
    this.#env = { ...this.#env, ...env };
    const child = spawn(process.execPath, [binary, ...this.#args], { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...anyRate, MODYARD_TEST_SERVER: this.root, ...this.#env } });
    this.#child = child;
    child.stderr.on("data", (chunk: Buffer) => (this.#output = (this.#output + chunk.toString()).slice(-200_000)));
    const ended = once(child, "exit").then(([code, signal]) => {
      throw new Error(`modyard serve ended (${String(code ?? signal)}): ${this.#output.slice(-3_000)}`);
    });
    ended.catch(() => undefined);
    const [line] = (await Promise.race([once(createInterface(child.stdout), "line"), ended])) as [string];
    const listening = listeningSchema.parse(JSON.parse(line));
    this.#url = listening.url;
    this.#token = (await readFile(listening.token_file, "utf8")).trim();
  }

  /** Ends the server and what it runs in by a signal, and waits until it is gone. */
  async end(signal: "SIGKILL" | "SIGTERM"): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    // The command that users start may start the program proper as its child: a killed machine takes both.
    if (signal === "SIGKILL") for (const pid of await serverProcesses(this.root)) tryKill(pid, signal);
    else child.kill(signal);
    await gone;
  }

  /** The process id of the embedded database that serves a data directory; undefined when none does. */
  databaseOf(data: string): number | undefined {
    return findPostmaster(findPlaces(data));
  }

  /** Kills the embedded database as a machine without power would. */
  killDatabase(): Promise<void> {
    return stopDatabase(this.data, "SIGKILL");
  }

  /** Waits until the server ended without being asked to. */
  async ended(): Promise<void> {
    const child = this.#child;
    if (child !== undefined && child.exitCode === null && child.signalCode === null) await once(child, "exit");
  }

  /** Builds the host as it is and deploys it. */
  async deployBase(): Promise<void> {
    const { build_id: id } = await this.api.requestBuild({ requested_by: "operator", reason: "first deployment", deploy_to: "prod" });
    const { build, deployment } = await this.api.waitForLive(id);
    if (deployment?.status !== "success") throw new Error(`the base did not go live: ${JSON.stringify(build.error ?? deployment)}\n${this.output.slice(-3_000)}`);
  }

  /** Asks the application itself. */
  async application(path: string): Promise<{ readonly status: number; readonly body: unknown }> {
    const response = await fetch(`${this.applicationUrl}${path}`);
    const text = await response.text();
    return { status: response.status, body: response.headers.get("content-type")?.includes("json") ? JSON.parse(text) : text };
  }

  git(...args: readonly string[]): Promise<string> {
    return hostGit(this.host, ...args);
  }

  /** Ends everything that this server and its environments started, and removes its files. */
  async close(): Promise<void> {
    const problems: unknown[] = [];
    for (const step of [() => this.end("SIGTERM"), () => this.end("SIGKILL"), () => this.target.stopGateway(), () => stopDatabase(this.data), () => rm(this.root, { recursive: true, force: true, maxRetries: 5 })]) {
      await step().catch((error: unknown) => problems.push(error));
    }
    if (problems.length > 0) throw new AggregateError(problems, "the control plane of a test left something behind");
  }
}

async function copyHost(to: string, options: ControlPlaneOptions): Promise<void> {
  if (options.example !== "rust-platform") return void (await copyExample({ to, modules: options.modules ?? [] }));
  await copyExample({ to, example: options.example, modules: options.modules ?? [] });
  if (options.profile === undefined) return;
  const file = join(to, "modules.toml");
  await writeFile(file, (await readFile(file, "utf8")).replace('profile = "release"', `profile = "${options.profile}"`));
}

async function shortenTimes(host: string, times: Readonly<Record<string, number>>): Promise<void> {
  const file = join(host, "modyard.toml");
  const kept = (await readFile(file, "utf8")).split("\n").filter((line) => !Object.keys(times).some((key) => line.startsWith(`${key} =`)));
  const lines = Object.entries(times).map(([key, value]) => `${key} = ${value}\n`);
  // [environments.prod] is the file's last table.
  await writeFile(file, `${kept.join("\n").trimEnd()}\n${lines.join("")}`);
  await hostGit(host, "commit", "--quiet", "--all", "--message", "Short times for tests");
}

/** Ends the embedded database, which outlives a killed server by design. */
async function stopDatabase(data: string, signal: "SIGQUIT" | "SIGKILL" = "SIGQUIT"): Promise<void> {
  const pid = findPostmaster(findPlaces(data));
  if (pid === undefined) return;
  process.kill(pid, signal);
  while (identifyProcess(pid) !== undefined) await delay(20);
}

function serverProcesses(root: string): Promise<readonly number[]> {
  return processesWith({ environment: `MODYARD_TEST_SERVER=${root}`, commandLine: "serve" });
}
