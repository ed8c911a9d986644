import { execFile, spawn } from "node:child_process";
import { chmodSync, chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { Client, DatabaseError } from "pg";
import { fail } from "../../errors/problem.ts";
import { identifyProcess } from "../../processes/identity.ts";
import { withLockFile } from "../../processes/lock-file.ts";
import { provideBinaries } from "./binaries.ts";
import { findPlaces, makeFolder, type Places } from "./places.ts";
import { findPostmaster, removeLeftovers } from "./postmaster.ts";

const run = promisify(execFile);

export interface EmbeddedConnection {
  readonly host: string;
  readonly user: string;
  readonly database: string;
}

/** A running embedded server: how to reach it, and how to end it. */
export interface EmbeddedServer {
  /** Connection settings for `pg`: a unix socket, never a TCP port. */
  readonly connection: EmbeddedConnection;
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
  const connection = { host: places.sockets, user: "modyard", database: "postgres" };
  const lock = join(places.home, "start.lock");
  const { pid, guard } = await withLockFile(lock, async () => {
    const running = findPostmaster(places) ?? (await startServer(places));
    // Held until `stop`, and taken under the lock: nobody who stops the server can overlook us.
    return { pid: running, guard: await connectGuard(places, connection, running) };
  });
  return {
    connection,
    pid,
    stop: async () => {
      await guard.end().catch(() => undefined);
      await withLockFile(lock, () => stopServer(places, connection, pid));
    },
  };
}

async function startServer(places: Places): Promise<number> {
  const binaries = provideBinaries(places.home);
  if (!existsSync(join(places.data, "PG_VERSION"))) await initialise(binaries, places);
  removeLeftovers(places);
  return launch(binaries, places);
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
  child.on("error", () => undefined);
  child.unref();
  return child.pid ?? fail("database_unreachable", "the embedded PostgreSQL could not be started");
}

function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" };
}

/** A connection to the server as soon as it answers. */
async function connectGuard(places: Places, connection: EmbeddedConnection, pid: number): Promise<Client> {
  for (let attempt = 0; attempt < 1_200; attempt += 1) {
    const client = await connect(connection).catch(() => undefined);
    if (client !== undefined) return client;
    if (identifyProcess(pid) === undefined) break;
    await sleep(25);
  }
  const tail = readFileSync(places.log, "utf8").trimEnd().split("\n").slice(-8).join("\n");
  return fail("database_unreachable", `the embedded PostgreSQL did not start; its last lines:\n${tail}`);
}

async function connect(connection: EmbeddedConnection): Promise<Client> {
  const client = new Client({ ...connection, application_name: "modyard-guard" });
  // A server that is killed ends this connection too; whoever queries next will say so.
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

async function stopServer(places: Places, connection: EmbeddedConnection, pid: number): Promise<void> {
  if (findPostmaster(places) !== pid || (await isUsed(connection))) return;
  process.kill(pid, "SIGINT");
  for (let attempt = 0; attempt < 1_000 && identifyProcess(pid) !== undefined; attempt += 1) await sleep(20);
}

/** Whether others are connected. Our own connections, closed just now, may be listed for an instant longer. */
async function isUsed(connection: EmbeddedConnection): Promise<boolean> {
  const client = await connect(connection).catch((error: unknown) => error);
  // No connection left for us means that others have them all; a server that answers nobody may be stopped.
  if (!(client instanceof Client)) return client instanceof DatabaseError && client.code === tooManyConnections;
  try {
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const answer = await client.query<{ n: number }>(othersQuery);
      if (answer.rows[0]?.n === 0) return false;
      await sleep(25);
    }
    return true;
  } finally {
    await client.end().catch(() => undefined);
  }
}

const tooManyConnections = "53300";
const othersQuery = "select count(*)::int as n from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()";
