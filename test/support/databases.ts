import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import type { ClientConfig } from "pg";
import { Client } from "pg";
import { pino } from "pino";
import { openDatabase, type DatabaseHandle } from "../../packages/control-plane/src/database/connection.ts";
import { startEmbeddedServer } from "../../packages/control-plane/src/database/embedded/server.ts";
import { migrate } from "../../packages/control-plane/src/database/migrate.ts";
import { openDirectory } from "./directory.ts";
import { findPostgresPrograms, startPostgresServer } from "./postgres-server.ts";

/** A logger that says nothing. */
export const quiet = pino({ level: "silent" });

/** A server that tests of one file have to themselves, or a corner of one. */
export interface DatabaseServer {
  /** Makes an empty database and says how to reach it. */
  createDatabase(): Promise<ClientConfig>;
  close(): Promise<void>;
}

/** One of the two kinds of server that Modyard runs on. */
export interface DatabaseKind {
  readonly name: string;
  start(): Promise<DatabaseServer>;
}

const embedded: DatabaseKind = {
  name: "the embedded server",
  start: async () => {
    const directory = openDirectory("embedded");
    const server = await startEmbeddedServer(directory);
    return {
      ...databasesOn(server.connection),
      close: async () => {
        await server.stop();
        rmSync(directory, { recursive: true, force: true });
      },
    };
  },
};

const installed: DatabaseKind = {
  name: "the machine's PostgreSQL",
  start: async () => {
    const server = await startPostgresServer();
    return { ...databasesOn({ connectionString: server.url() }), close: () => server.stop() };
  },
};

function external(url: string): DatabaseKind {
  return { name: "the server of TEST_DATABASE_URL", start: () => Promise.resolve(databasesOn({ connectionString: url }, true)) };
}

/**
 * What every test of the database runs on: `describe.each(databases)("on $name", …)`. Without a second server the embedded one is
 * alone, and said to be so; where all must be tested (CI=true) that is an error.
 */
export const databases: readonly DatabaseKind[] = [embedded, ...secondServer()];

function secondServer(): readonly DatabaseKind[] {
  const url = process.env["TEST_DATABASE_URL"];
  if (url !== undefined && url !== "") return [external(url)];
  if (findPostgresPrograms() !== undefined) return [installed];
  const message = "no second PostgreSQL to test with: install Debian's package postgresql, or set TEST_DATABASE_URL";
  if (process.env["CI"] === "true") throw new Error(message);
  process.stderr.write(`${message}; testing on the embedded server only\n`);
  return [];
}

/** A migrated database, for the tests of one file. */
export interface TestDatabase {
  readonly connection: ClientConfig;
  readonly handle: DatabaseHandle;
  /** An empty one beside it. */
  createDatabase(): Promise<ClientConfig>;
  close(): Promise<void>;
}

/** Starts a server of this kind and opens a migrated database on it. */
export async function openTestDatabase(kind: DatabaseKind = embedded): Promise<TestDatabase> {
  const server = await kind.start();
  const connection = await server.createDatabase();
  const handle = openDatabase(connection, quiet);
  const close = async (): Promise<void> => {
    await handle.close();
    await server.close();
  };
  try {
    await migrate(handle.db);
  } catch (error) {
    await close();
    throw error;
  }
  return { connection, handle, createDatabase: () => server.createDatabase(), close };
}

/** Databases by random names. A server that is not ours is left as it was found. */
function databasesOn(admin: ClientConfig, isForeign = false): Pick<DatabaseServer, "createDatabase" | "close"> {
  const made: string[] = [];
  return {
    createDatabase: async () => {
      const name = `modyard_${randomUUID().replaceAll("-", "")}`;
      await query(admin, `create database ${name}`);
      made.push(name);
      return databaseNamed(admin, name);
    },
    close: async () => {
      if (isForeign) for (const name of made) await query(admin, `drop database ${name} with (force)`);
    },
  };
}

/** The connection as DATABASE_URL says it. */
export function addressOf({ connectionString, host = "", user = "", database = "" }: ClientConfig): string {
  return connectionString ?? `postgres://${user}@/${database}?host=${encodeURIComponent(host)}`;
}

/** The same server's other database. */
function databaseNamed(connection: ClientConfig, name: string): ClientConfig {
  if (connection.connectionString === undefined) return { ...connection, database: name };
  return { connectionString: connection.connectionString.replace(/(^postgres(?:ql)?:\/\/[^/]*)\/[^?]*/, `$1/${name}`) };
}

async function query(connection: ClientConfig, text: string): Promise<void> {
  const client = new Client(connection);
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}
