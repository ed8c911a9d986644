import { execFile, spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { findNpm, npmCommand } from "../../packages/control-plane/src/toolchains/npm/npm-cli.ts";
import { freePort } from "./free-port.ts";

const run = promisify(execFile);

/** A local npm registry for one test run. */
export interface Registry {
  readonly url: string;
  /** Text of an npmrc that makes npm use this registry. */
  readonly npmrc: string;
  /** What whoever reads or writes has to show, where the registry is private. */
  readonly token: string;
  /** Packs and publishes package directories, in order. */
  publish(...directories: string[]): Promise<void>;
  stop(): Promise<void>;
}

/** Where packages come from that were not published here. */
export interface RegistryOptions {
  /** `none`: unknown packages do not exist. `machine`: the registry that this machine's npm is set up for. */
  readonly uplink?: "none" | "machine";
  /** Shows its packages to nobody without `Registry.token`. */
  readonly isPrivate?: boolean;
}

/** Starts verdaccio on loopback with storage of its own; `stop` removes both. */
export async function startRegistry({ uplink = "none", isPrivate = false }: RegistryOptions = {}): Promise<Registry> {
  const directory = await mkdtemp(join(tmpdir(), "modyard-registry-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  await writeFile(join(directory, "config.yaml"), await configuration(directory, uplink, isPrivate));
  const verdaccio = join(dirname(createRequire(import.meta.url).resolve("verdaccio/package.json")), "bin", "verdaccio");
  const child = spawn(process.execPath, [verdaccio, "--config", join(directory, "config.yaml"), "--listen", `127.0.0.1:${port}`], { cwd: directory, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output = (output + chunk.toString()).slice(-10_000)));
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  await untilAnswers(`${url}-/ping`, () => {
    if (child.exitCode !== null) throw new Error(`verdaccio ended: ${output}`);
  });
  const token = isPrivate ? await signUp(url) : "anyone";
  const npmrc = `registry=${url}\n//127.0.0.1:${port}/:_authToken=${token}\nfund=false\naudit=false\nupdate-notifier=false\n`;
  await writeFile(join(directory, "npmrc"), npmrc);
  return {
    url,
    npmrc,
    token,
    async publish(...directories) {
      for (const each of directories) await publish(each, join(directory, "npmrc"), directory);
    },
    async stop() {
      child.kill("SIGKILL");
      await exited;
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** As `npm adduser` does; the token of the new user. */
async function signUp(url: string): Promise<string> {
  const user = { name: "ada", password: "a password for tests", email: "ada@example.org", type: "user", roles: [] };
  const answer = await fetch(`${url}-/user/org.couchdb.user:${user.name}`, { method: "PUT", headers: { "content-type": "application/json" }, body: JSON.stringify(user) });
  return ((await answer.json()) as { readonly token: string }).token;
}

async function publish(packageDirectory: string, npmrc: string, directory: string): Promise<void> {
  const npm = await findNpm();
  const [program, ...args] = npmCommand(npm, ["publish", "--ignore-scripts", "--userconfig", npmrc, "--globalconfig", join(directory, "none"), "--cache", join(directory, "cache"), packageDirectory]);
  await run(program, args, { cwd: directory, env: { PATH: `${dirname(process.execPath)}:${process.env["PATH"]}`, HOME: directory } });
}

/** Nobody else is asked for packages of these scopes. */
const localScopes = ["@acme", "@platform", "@modyard"];

const open = { access: "$all", publish: "$all", unpublish: "$all" };
const closed = { access: "$authenticated", publish: "$authenticated", unpublish: "$authenticated" };

async function configuration(directory: string, uplink: RegistryOptions["uplink"], isPrivate: boolean): Promise<string> {
  const rights = isPrivate ? closed : open;
  const machine = uplink === "machine" ? await machineRegistry(directory) : undefined;
  return JSON.stringify({
    storage: join(directory, "storage"),
    auth: { htpasswd: { file: join(directory, "htpasswd"), max_users: isPrivate ? 1 : -1 } },
    uplinks: machine === undefined ? {} : { machine: { url: machine.url, maxage: "60m", timeout: "60s", ...(machine.ca === undefined ? {} : { ca: machine.ca }) } },
    packages: { ...Object.fromEntries(localScopes.map((scope) => [`${scope}/*`, rights])), "**": { ...rights, ...(machine === undefined ? {} : { proxy: "machine" }) } },
    publish: { allow_offline: true },
    server: { keepAliveTimeout: 60 },
    middlewares: { audit: { enabled: false } },
    web: { enable: false },
    log: { type: "stdout", format: "pretty", level: "warn" },
  });
}

async function machineRegistry(directory: string): Promise<{ readonly url: string; readonly ca: string | undefined }> {
  const npm = await findNpm();
  const [program, ...args] = npmCommand(npm, ["config", "get", "registry", "cafile", "--json", "--globalconfig", npm.globalConfig]);
  const { stdout } = await run(program, args, { cwd: directory });
  const text = stdout.trim();
  const values = Object.fromEntries(text.split("\n").map((line) => line.split("=").map((part) => part.trim()) as [string, string]));
  const parsed = (text.startsWith("{") ? JSON.parse(text) : values) as { readonly registry?: string; readonly cafile?: string };
  // Verdaccio's client heeds neither npm's settings nor Node's variable of its own accord.
  const ca = [parsed.cafile, process.env["NODE_EXTRA_CA_CERTS"]].find((file) => file !== undefined && file !== "" && file !== "null");
  return { url: parsed.registry ?? "", ca: ca === undefined ? undefined : await readFile(ca, "utf8") };
}

/** For as long as `check` does not throw: how long a busy machine takes nobody knows. */
async function untilAnswers(url: string, check: () => void): Promise<void> {
  for (;;) {
    check();
    if (await fetch(url).then((response) => response.ok, () => false)) return;
    await sleep(50);
  }
}
