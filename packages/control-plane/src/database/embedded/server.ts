import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client, DatabaseError } from "pg";
import type { Logger } from "pino";
import { fail } from "../../errors/problem.ts";
import { identifyProcess } from "../../processes/identity.ts";
import { withLockFile } from "../../processes/lock-file.ts";
import { startServer } from "./launch.ts";
import { connectionAt, findPlaces, type EmbeddedConnection, type Places } from "./places.ts";
import { findPostmaster } from "./postmaster.ts";

/** A running embedded server: how to reach it, and how to end it. */
export interface EmbeddedServer {
  /** Connection settings for `pg`: a unix socket, never a TCP port. */
  readonly connection: EmbeddedConnection;
  /** The present server's: another one after it was killed. */
  readonly pid: number;
  /** Stops the server unless other clients are connected to it; waits until it is gone. */
  readonly stop: () => Promise<void>;
}

interface Held {
  readonly pid: number;
  readonly guard: Client;
}

/** Grows with each failure in a row: a server that cannot start must not be tried a thousand times a minute. */
const restartDelaysMs = [0, 100, 500, 2_000, 5_000];

/**
 * The embedded PostgreSQL of a data directory: started when it does not run, adopted when it does, and started again when it is
 * killed while this process lives. Several processes may call this at once; they share one server. It outlives a killed
 * caller, and the next one adopts it.
 */
export async function startEmbeddedServer(directory: string, logger?: Logger): Promise<EmbeddedServer> {
  mkdirSync(directory, { recursive: true });
  const places = findPlaces(directory);
  const connection = connectionAt(places);
  const lock = join(places.home, "start.lock");
  const hold = (): Promise<Held> =>
    withLockFile(lock, async () => {
      const pid = findPostmaster(places) ?? (await startServer(places));
      // Held until `stop`, and taken under the lock: nobody who stops the server can overlook us.
      return { pid, guard: await connectGuard(places, connection, pid) };
    });
  const supervised = await supervise(hold, logger);
  return {
    connection,
    get pid() {
      return supervised.pid();
    },
    stop: async () => {
      const pid = await supervised.stop();
      await withLockFile(lock, () => stopServer(places, connection, pid));
    },
  };
}

interface Supervised {
  readonly pid: () => number;
  /** Ends the supervision; the number of the server that was held last. */
  readonly stop: () => Promise<number>;
}

/** Holds the server, and whenever the guarding connection is lost, holds it (or its successor) again. */
async function supervise(hold: () => Promise<Held>, logger: Logger | undefined): Promise<Supervised> {
  const stopping = new AbortController();
  let held = await hold();
  let again: Promise<void> = Promise.resolve();
  const watch = ({ guard }: Held): void => void guard.once("end", () => (again = holdAgain()));
  const holdAgain = async (): Promise<void> => {
    for (let failures = 0; !stopping.signal.aborted; failures += 1) {
      logger?.warn({ pid: held.pid }, "the embedded PostgreSQL ended; starting it again");
      await sleep(restartDelaysMs[Math.min(failures, restartDelaysMs.length - 1)], undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      try {
        held = await hold();
        logger?.info({ pid: held.pid }, "the embedded PostgreSQL is back");
        return watch(held);
      } catch (error) {
        logger?.error({ err: error }, "the embedded PostgreSQL could not be started; it is tried again");
      }
    }
  };
  watch(held);
  return {
    pid: () => held.pid,
    stop: async () => {
      stopping.abort();
      await again;
      await held.guard.end().catch(() => undefined);
      return held.pid;
    },
  };
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
