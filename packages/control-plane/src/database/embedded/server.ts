import { execFile, spawn } from "node:child_process";
import { chmodSync, chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { Client } from "pg";
import { fail } from "../../errors/problem.ts";
import { identifyProcess } from "../../processes/identity.ts";
import { withLockFile } from "../../processes/lock-file.ts";
import { provideBinaries } from "./binaries.ts";
import { findPlaces, makeFolder, type Places } from "./places.ts";
import { findPostmaster, removeLeftovers } from "./postmaster.ts";

const run = promisify(execFile);

/** A running embedded server: how to reach it, and how to end it. */
export interface EmbeddedServer {
  /** Connection settings for `pg`: a unix socket, never a TCP port. */
  readonly connection: { readonly host: string; readonly user: string; readonly database: string };
  readonly pid: number;
  /** Stops the server unless other clients are connected to it; waits until it is gone. */
  readonly stop: () => Promise<void>;
}

/**
 * The embedded PostgreSQL of a data directory: started when it does not run, adopted when it does.
 * Several processes may call this at once; they share one server. It outlives a killed caller, and the next one adopts it.
 */
export async function startEmbeddedServer(directory: string): Promise<EmbeddedServer> {
  mkdirSync(directory, { recursive: true });
  const places = findPlaces(directory);
  const pid = await withLockFile(join(places.home, "start.lock"), async () => {
    const running = findPostmaster(places);
    if (running !== undefined) return running;
    const binaries = provideBinaries(places.home);
    if (!existsSync(join(places.data, "PG_VERSION"))) await initialise(binaries, places);
    removeLeftovers(places);
    return launch(binaries, places);
  });
  await waitUntilReady(places, pid);
  const connection = connectionOf(places);
  return { connection, pid, stop: () => stopServer(places, pid) };
}

function connectionOf(places: Places): EmbeddedServer["connection"] {
  return { host: places.sockets, user: "modyard", database: "postgres" };
}

async function initialise(binaries: string, places: Places): Promise<void> {
  // Made beside and renamed: a first start that is killed leaves no half-made cluster.
  const partial = `${places.data}.partial`;
  rmSync(partial, { recursive: true, force: true });
  makeFolder(partial, 0o700, places.user);
  const options = ["--username=modyard", "--auth=trust", "--encoding=UTF8", "--locale=C", "--data-checksums", "-D", partial];
  await run(join(binaries, "bin", "initdb"), options, { ...places.user, env: serverEnvironment(), cwd: "/" });
  renameSync(partial, places.data);
}

function launch(binaries: string, places: Places): number {
  const log = openSync(places.log, "a", 0o600);
  chmodSync(places.log, 0o600);
  if (places.user) chownSync(places.log, places.user.uid, places.user.gid);
  const settings = { listen_addresses: "", unix_socket_directories: places.sockets, max_connections: "100", shared_buffers: "64MB" };
  const flags = Object.entries(settings).flatMap(([key, value]) => ["-c", `${key}=${value}`]);
  // Detached: the database must not die of a signal to the control plane's process group.
  const child = spawn(join(binaries, "bin", "postgres"), ["-D", places.data, ...flags], {
    ...places.user,
    cwd: "/",
    detached: true,
    env: serverEnvironment(),
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  child.unref();
  return child.pid ?? fail("database_unreachable", "the embedded PostgreSQL could not be started");
}

function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" };
}

async function waitUntilReady(places: Places, pid: number): Promise<void> {
  for (let attempt = 0; attempt < 1_200; attempt += 1) {
    if (await answers(places)) return;
    if (identifyProcess(pid) === undefined) break;
    await sleep(25);
  }
  const tail = readFileSync(places.log, "utf8").trimEnd().split("\n").slice(-8).join("\n");
  fail("database_unreachable", `the embedded PostgreSQL did not start; its last lines:\n${tail}`);
}

async function answers(places: Places): Promise<boolean> {
  const client = new Client(connectionOf(places));
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("select 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function stopServer(places: Places, pid: number): Promise<void> {
  await withLockFile(join(places.home, "start.lock"), async () => {
    if (findPostmaster(places) !== pid || (await hasClients(places))) return;
    process.kill(pid, "SIGINT");
    while (identifyProcess(pid) !== undefined) await sleep(20);
  });
}

async function hasClients(places: Places): Promise<boolean> {
  const client = new Client(connectionOf(places));
  client.on("error", () => undefined);
  try {
    await client.connect();
    const answer = await client.query<{ n: number }>(
      "select count(*)::int as n from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()",
    );
    return (answer.rows[0]?.n ?? 0) > 0;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
