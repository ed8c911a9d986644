import { createHash } from "node:crypto";
import { constants, openSync, realpathSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

/**
 * Takes the one lock of a gateway's directory, for as long as this process lives. False: a live process has it.
 * The kernel holds the lock and frees it when its holder dies, so there is nothing stale to clear and no race about who may clear it.
 */
export function lockDirectory(directory: string): Promise<boolean> {
  const path = realpathSync(directory);
  return process.platform === "linux" ? bindAbstractName(path) : Promise.resolve(openExclusively(path));
}

function bindAbstractName(path: string): Promise<boolean> {
  const name = `\0modyard-gateway-${createHash("sha256").update(path).digest("hex").slice(0, 40)}`;
  const server = createServer((socket) => socket.destroy());
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => (error.code === "EADDRINUSE" ? resolve(false) : reject(error)));
    server.listen({ path: name }, () => {
      server.unref();
      resolve(true);
    });
  });
}

/** macOS and the BSDs: open with O_EXLOCK (0x20) and O_NONBLOCK; the descriptor stays open until the process ends. */
function openExclusively(path: string): boolean {
  try {
    openSync(join(path, "gateway.lock"), constants.O_RDWR | constants.O_CREAT | constants.O_NONBLOCK | 0x20, 0o600);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EAGAIN") return false;
    throw error;
  }
}
