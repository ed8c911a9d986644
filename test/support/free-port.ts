import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/**
 * Below the range from which systems give ports to outgoing connections (from 32768 on with Linux, from 49152 elsewhere) and below
 * the one that gateways choose from: nobody takes such a port by chance between this look and the moment in which it is listened at.
 */
const [first, last] = [10_240, 19_999] as const;
/** Test files run at once, each in a process with a number of its own: their ports are different ones. */
const lanes = 8;
const lane = Number(process.env["VITEST_POOL_ID"] ?? 0) % lanes;
const given = new Set<number>();

/** A port of 127.0.0.1 that nobody listens at, and that is given to nobody else. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = first + lanes * randomInt(Math.floor((last - first) / lanes)) + lane;
    if (given.has(port) || !(await isFree(port))) continue;
    given.add(port);
    return port;
  }
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
