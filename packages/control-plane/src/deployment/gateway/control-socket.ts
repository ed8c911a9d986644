import { createHash } from "node:crypto";
import { lstatSync, mkdirSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";

/** The kernel keeps 108 bytes for a socket's path (104 on macOS), the closing zero included. */
const LONGEST_PATH_BYTES = 103;

/**
 * Where the control socket of a gateway's directory is: inside it, or, when that path is too long for a socket,
 * below `/tmp` in a directory that only this user can enter. The same directory always gives the same path.
 */
export function controlSocketPath(directory: string): string {
  const inside = join(directory, "control.sock");
  if (Buffer.byteLength(inside) <= LONGEST_PATH_BYTES) return inside;
  const name = createHash("sha256").update(directory).digest("hex").slice(0, 32);
  return join(privateTmpDirectory(), `${name}.sock`);
}

/** Where control sockets are whose own path would be too long. */
export function privateSockets(): string {
  return `/tmp/modyard-${userInfo().uid}`;
}

function privateTmpDirectory(): string {
  const { uid } = userInfo();
  const path = privateSockets();
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const stat = lstatSync(path);
  // Somebody else could have made it first, to answer in the gateway's place.
  if (!stat.isDirectory() || stat.uid !== uid || (stat.mode & 0o077) !== 0) {
    throw new Error(`${path} must be a directory of user ${uid} with mode 0700`);
  }
  return path;
}
