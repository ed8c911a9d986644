import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/**
 * Below the range from which systems give ports to outgoing connections, so that none of those takes
 * the port between this look and the application's own `listen`.
 */
const FIRST = 20_000;
const LAST = 29_999;

/** A loopback port that nobody listens on now, and that is not in `taken`: the one wished for, if it is such a one. */
export async function freePort(taken: ReadonlySet<number>, wished?: number): Promise<number> {
  if (wished !== undefined && !taken.has(wished) && (await canListen(wished))) return wished;
  for (let attempt = 0; attempt < 200; attempt++) {
    const port = randomInt(FIRST, LAST + 1);
    if (!taken.has(port) && (await canListen(port))) return port;
  }
  throw new Error(`no free loopback port between ${FIRST} and ${LAST}`);
}

function canListen(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
