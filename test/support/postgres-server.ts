import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { Client } from "pg";
import { openDirectory } from "./directory.ts";

const run = promisify(execFile);
/** PostgreSQL refuses to run as root. */
const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
/** Names the socket; nothing listens on a TCP port unless a test asks for it. */
const socketPort = 54_329;

/** How a server of the machine's PostgreSQL is started for a test. */
export interface ServerOptions {
  /** Listens on this port of 127.0.0.1 too. */
  readonly tcpPort?: number;
  /** As in postgresql.conf. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Lines of pg_hba.conf in place of trust for the socket. */
  readonly hba?: readonly string[];
  /** Written into the data directory before the start, closed to others: certificates, say. */
  readonly files?: Readonly<Record<string, string>>;
  /** The superuser's password; none with `trust`. */
  readonly password?: string;
}

/** A server of the machine's own PostgreSQL, with a directory and a socket of its own. */
export interface PostgresServer {
  readonly directory: string;
  readonly sockets: string;
  readonly port: number;
  readonly pid: number;
  /** `postgres://` address of a database, over the socket. */
  url(database?: string, user?: string, password?: string): string;
  stop(): Promise<void>;
}

/** Where the programs of the newest installed PostgreSQL are (Debian's places, then the PATH); undefined when there is none. */
export function findPostgresPrograms(): string | undefined {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).toSorted((left, right) => Number(right) - Number(left)) : [];
  const onPath = (process.env["PATH"] ?? "").split(delimiter).map((directory) => join(directory, "initdb")).filter((file) => existsSync(file));
  const candidates = [...versions.map((version) => join(debian, version, "bin")), ...onPath.map((file) => dirname(realpathSync(file)))];
  return candidates.find((directory) => ["initdb", "postgres"].every((name) => existsSync(join(directory, name))));
}

/** Makes a cluster and starts it; resolves when it answers. Nothing of it is kept after `stop`. */
export async function startPostgresServer(options: ServerOptions = {}): Promise<PostgresServer> {
  const programs = findPostgresPrograms();
  if (programs === undefined) throw new Error("PostgreSQL is not installed on this machine");
  const directory = openDirectory("postgresql");
  const [data, sockets] = [join(directory, "data"), join(directory, "s")];
  for (const path of [data, sockets]) {
    mkdirSync(path, { mode: 0o700 });
    own(path);
  }
  const password = options.password === undefined ? [] : ["--pwfile", passwordFile(directory, options.password)];
  await run(join(programs, "initdb"), ["--username=modyard", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", ...password, "-D", data], { ...user, cwd: "/" });
  writeFiles(data, options);
  const port = options.tcpPort ?? socketPort;
  const listen: Record<string, string> = options.tcpPort === undefined ? {} : { listen_addresses: "127.0.0.1" };
  const child = launch(programs, { data, sockets, directory, settings: { port: String(port), ...listen, ...options.settings } });
  const stop = async (): Promise<void> => {
    const gone = child.exitCode === null && child.signalCode === null ? once(child, "exit") : undefined;
    child.kill("SIGQUIT");
    await gone;
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    await untilItAnswers(child, sockets, port, join(directory, "log"));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    directory,
    sockets,
    port,
    pid: child.pid ?? Number.NaN,
    url: (database = "postgres", name = "modyard", secret) => `postgres://${name}${secret === undefined ? "" : `:${encodeURIComponent(secret)}`}@/${database}?host=${encodeURIComponent(sockets)}&port=${port}`,
    stop,
  };
}

interface Launch {
  readonly data: string;
  readonly sockets: string;
  readonly directory: string;
  readonly settings: Readonly<Record<string, string>>;
}

function launch(programs: string, { data, sockets, directory, settings: extra }: Launch): ChildProcess {
  const log = openSync(join(directory, "log"), "a");
  // What a test commits need not survive the machine.
  const settings = { listen_addresses: "", unix_socket_directories: sockets, max_connections: "60", shared_buffers: "32MB", fsync: "off", ...extra };
  const flags = Object.entries(settings).flatMap(([key, value]) => ["-c", `${key}=${value}`]);
  return spawn(join(programs, "postgres"), ["-D", data, ...flags], { ...user, cwd: "/", stdio: ["ignore", log, log] });
}

function writeFiles(data: string, { files = {}, hba }: ServerOptions): void {
  const all = { ...files, ...(hba !== undefined && { "pg_hba.conf": `${hba.join("\n")}\n` }) };
  for (const [name, text] of Object.entries(all)) {
    writeFileSync(join(data, name), text, { mode: 0o600 });
    own(join(data, name));
  }
}

function passwordFile(directory: string, password: string): string {
  const file = join(directory, "password");
  writeFileSync(file, `${password}\n`, { mode: 0o600 });
  own(file);
  return file;
}

/** Any answer will do, a refused sign-in too. */
async function untilItAnswers(child: ChildProcess, host: string, port: number, log: string): Promise<void> {
  for (;;) {
    const client = new Client({ host, port, user: "modyard", database: "postgres" });
    client.on("error", () => undefined);
    const code = await client.connect().then(() => "", (error: Error & { code?: string }) => error.code ?? "answered");
    await client.end().catch(() => undefined);
    if (!["ENOENT", "ECONNREFUSED", "57P03"].includes(code)) return;
    if (child.exitCode !== null) throw new Error(`PostgreSQL ended: ${readFileSync(log, "utf8").slice(-2_000)}`);
    await delay(20);
  }
}

function own(path: string): void {
  if (user.uid !== undefined && user.gid !== undefined) chownSync(path, user.uid, user.gid);
}
