import { createHash } from "node:crypto";
import { chmodSync, chownSync, mkdirSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** The user whom the server runs as: PostgreSQL refuses to run as root. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

/** Where one embedded server keeps its things. */
export interface Places {
  /** Binaries and locks. */
  readonly home: string;
  readonly data: string;
  /** Holds the unix socket; its path must stay below the system's limit of about 100 bytes. */
  readonly sockets: string;
  readonly log: string;
  /** Undefined: the user of this process. */
  readonly user?: ServerUser;
}

const socketPathLimit = 90;

/** Where the embedded server that belongs to `directory` keeps its things. Makes nothing. */
export function locatePlaces(directory: string): Places {
  const asRoot = process.getuid?.() === 0;
  const home = asRoot && !isOpenToAll(directory) ? join("/var/lib/modyard", shortHash(directory)) : join(directory, "postgres");
  const own = join(home, "sockets");
  const sockets = Buffer.byteLength(own) <= socketPathLimit ? own : join(tmpdir(), `modyard-pg-${shortHash(directory)}`);
  const user = asRoot ? { uid: 65534, gid: 65534 } : undefined;
  return { home, data: join(home, "data"), sockets, log: join(home, "server.log"), ...(user && { user }) };
}

/** Locates and makes the folders of the embedded server that belongs to `directory`. */
export function findPlaces(directory: string): Places {
  const places = locatePlaces(directory);
  makeFolder(places.home, 0o755);
  makeFolder(places.sockets, 0o700, places.user);
  return places;
}

/** How its clients reach the server: a unix socket, never a TCP port. */
export interface EmbeddedConnection {
  readonly host: string;
  readonly user: string;
  readonly database: string;
}

export function connectionAt({ sockets }: Places): EmbeddedConnection {
  return { host: sockets, user: "modyard", database: "postgres" };
}

/** Makes a folder with exactly this mode and owner, whatever the umask. */
export function makeFolder(path: string, mode: number, owner?: ServerUser): void {
  mkdirSync(path, { recursive: true });
  chmodSync(path, mode);
  if (owner) chownSync(path, owner.uid, owner.gid);
}

function isOpenToAll(directory: string): boolean {
  for (let path = directory; path !== dirname(path); path = dirname(path)) {
    const mode = statSync(path, { throwIfNoEntry: false })?.mode;
    if (mode !== undefined && (mode & 0o001) === 0) return false;
  }
  return true;
}

function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}
