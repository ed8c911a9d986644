import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { homedir, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { parse } from "smol-toml";
import { z } from "zod";
import { readTarball } from "../../packages/control-plane/src/toolchains/shared/tarball.ts";
import { type IndexEntry, indexEntry, indexPath } from "./cargo-index.ts";

const run = promisify(execFile);

/** The environment as it is before any test points cargo elsewhere. */
const machine = { ...process.env };

/**
 * A cargo registry on loopback (sparse protocol) for one test run. It knows only what was published to it or mirrored. The test's
 * own process serves it, so cargo must not be waited for synchronously.
 */
export interface CargoRegistry {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** A CARGO_HOME whose configuration puts this registry in the place of crates-io, as an operator with a mirror has it. */
  readonly cargoHome: string;
  /** `GET /index/po/ll/poll` and the like, in order. */
  readonly requests: readonly string[];
  /** Packages crates as `cargo publish` does and takes them in, in order; a version that is there already is replaced. */
  publish(...directories: string[]): Promise<void>;
  /** Keeps a version for those who have it locked, and hides it from everybody else. */
  yank(name: string, version: string): void;
  /**
   * Takes in every crate of a workspace's Cargo.lock, bytes and checksums as the registry has them that this machine's
   * cargo is set up for. Only for crates that the machine has not yet this needs a network.
   */
  mirror(workspace: string): Promise<void>;
  stop(): Promise<void>;
}

export interface CargoRegistryOptions {
  /** Without it the registry answers nobody; it is written into `cargoHome`'s credentials.toml. */
  readonly token?: string;
  /** An address that is the same in every run, so that what was compiled from it stays good; cargo gets there through a proxy, which is the registry. */
  readonly address?: string;
}

interface Held {
  readonly entry: IndexEntry;
  readonly bytes: Buffer;
  readonly description: string;
}

type Crates = Map<string, Map<string, Held>>;

/** Starts a registry; `stop` removes everything of it. */
export async function startCargoRegistry({ token, address }: CargoRegistryOptions = {}): Promise<CargoRegistry> {
  const crates: Crates = new Map();
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    answer(request, response, crates, address ?? url, token);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const scratch = await mkdtemp(join(tmpdir(), "modyard-cargo-registry-"));
  const cargoHome = await writeCargoHome(join(scratch, "home"), address ?? url, token);
  if (address !== undefined) await appendFile(join(cargoHome, "config.toml"), `\n[http]\nproxy = ${JSON.stringify(url)}\n`);
  return {
    url,
    cargoHome,
    requests,
    async publish(...directories) {
      for (const directory of directories) for (const file of await packageCrate(directory, cargoHome, scratch)) await take(crates, file);
    },
    yank(name, version) {
      const held = crates.get(indexPath(name))?.get(version);
      if (held === undefined) throw new Error(`${name} ${version} is not in the registry`);
      crates.get(indexPath(name))?.set(version, { ...held, entry: { ...held.entry, yanked: true } });
    },
    async mirror(workspace) {
      for (const file of await downloadLocked(workspace, scratch)) await take(crates, file);
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(scratch, { recursive: true, force: true });
    },
  };
}

async function writeCargoHome(directory: string, url: string, token: string | undefined): Promise<string> {
  await mkdir(directory);
  const provider = token === undefined ? "" : `credential-provider = "cargo:token"\n`;
  await writeFile(join(directory, "config.toml"), `[source.crates-io]\nreplace-with = "local"\n\n[registries.local]\nindex = "sparse+${url}/index/"\n${provider}`);
  if (token !== undefined) await writeFile(join(directory, "credentials.toml"), `[registries.local]\ntoken = ${JSON.stringify(token)}\n`, { mode: 0o600 });
  return directory;
}

function answer(request: IncomingMessage, response: ServerResponse, crates: Crates, url: string, token: string | undefined): void {
  const { pathname: path, searchParams } = new URL(request.url ?? "/", url);
  if (token !== undefined && request.headers.authorization !== token) return void response.writeHead(401, { "www-authenticate": "Cargo" }).end();
  const body = path === "/index/config.json" ? JSON.stringify({ dl: `${url}/crates`, api: url, ...(token === undefined ? {} : { "auth-required": true }) }) : (indexFile(path, crates) ?? crateFile(path, crates) ?? searchAnswer(path, searchParams, crates));
  if (body === undefined) return void response.writeHead(404).end();
  const etag = `"${sha256(body)}"`;
  if (request.headers["if-none-match"] === etag) return void response.writeHead(304, { etag }).end();
  response.writeHead(200, { etag }).end(body);
}

function indexFile(path: string, crates: Crates): string | undefined {
  const versions = path.startsWith("/index/") ? crates.get(path.slice("/index/".length)) : undefined;
  return versions === undefined ? undefined : [...versions.values()].map(({ entry }) => `${JSON.stringify(entry)}\n`).join("");
}

function crateFile(path: string, crates: Crates): Buffer | undefined {
  const [, name = "", version = ""] = /^\/crates\/([^/]+)\/([^/]+)\/download$/.exec(path) ?? [];
  return crates.get(indexPath(name))?.get(decodeURIComponent(version))?.bytes;
}

/** As `cargo search` asks: names and descriptions that hold the text. */
function searchAnswer(path: string, parameters: URLSearchParams, crates: Crates): string | undefined {
  if (path !== "/api/v1/crates") return undefined;
  const newest = [...crates.values()].flatMap((versions) => [...versions.values()].filter(({ entry }) => !entry.yanked).slice(-1));
  const text = parameters.get("q") ?? "";
  const found = newest.filter(({ entry, description }) => `${entry.name} ${description}`.includes(text));
  const shown = found.slice(0, Number(parameters.get("per_page") ?? 10)).map(({ entry, description }) => ({ name: entry.name, max_version: entry.vers, description }));
  return JSON.stringify({ crates: shown, meta: { total: found.length } });
}

/** Nothing of the crate is compiled or run, so that faulty ones can be published too. */
async function packageCrate(directory: string, cargoHome: string, scratch: string): Promise<string[]> {
  const target = await mkdtemp(join(scratch, "package-"));
  const args = ["package", "--quiet", "--no-verify", "--allow-dirty", "--target-dir", target];
  const options = { cwd: directory, env: { ...machine, CARGO_HOME: cargoHome } };
  // A crate whose dependencies are not published yet can be packaged without a lockfile; cargo before 1.87 always wants one.
  await run("cargo", [...args, "--exclude-lockfile"], options).catch((error: Error) => {
    if (!error.message.includes("unexpected argument")) throw error;
    return run("cargo", args, options);
  });
  return cratesIn(join(target, "package"));
}

const lockfile = z.object({ package: z.array(z.object({ name: z.string(), version: z.string(), checksum: z.string().optional() })).default([]) });

/** Lets the machine's own cargo download what a lockfile names, and finds the files. */
async function downloadLocked(workspace: string, scratch: string): Promise<string[]> {
  const home = machine["CARGO_HOME"] ?? join(homedir(), ".cargo");
  // Run elsewhere, so that no configuration of the workspace has a say in where crates come from.
  await run("cargo", ["fetch", "--quiet", "--locked", "--manifest-path", join(workspace, "Cargo.toml")], { cwd: scratch, env: { ...machine, CARGO_HOME: home } });
  const { package: packages } = lockfile.parse(parse(await readFile(join(workspace, "Cargo.lock"), "utf8")));
  const names = new Set(packages.filter(({ checksum }) => checksum !== undefined).map(({ name, version }) => `${name}-${version}.crate`));
  const cache = join(home, "registry", "cache");
  const files = (await Promise.all((await readdir(cache)).map((registry) => cratesIn(join(cache, registry))))).flat();
  return files.filter((file) => names.delete(basename(file)));
}

async function cratesIn(directory: string): Promise<string[]> {
  return (await readdir(directory)).filter((name) => name.endsWith(".crate")).map((name) => join(directory, name));
}

async function take(crates: Crates, file: string): Promise<void> {
  const [bytes, texts] = await Promise.all([readFile(file), readTarball(file, ["Cargo.toml"])]);
  const manifest = texts.get("Cargo.toml") ?? "";
  const entry = indexEntry(manifest, sha256(bytes));
  const description = z.object({ package: z.object({ description: z.string().default("") }) }).parse(parse(manifest)).package.description;
  const versions = crates.get(indexPath(entry.name)) ?? new Map<string, Held>();
  crates.set(indexPath(entry.name), versions.set(entry.vers, { entry, bytes, description }));
}

function sha256(bytes: string | Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
