import type { FastifyInstance } from "fastify";
import type { ListenAddress } from "../config/input.ts";
import { fail } from "../errors/problem.ts";

/**
 * Has the application listen; its address, such as `http://127.0.0.1:4600`. `flags`: how people say where, for what to do when it
 * cannot be. Throws port_in_use, config_invalid.
 */
export async function listen(app: FastifyInstance, { host, port }: ListenAddress, flags: { readonly host: string; readonly port: string }): Promise<string> {
  try {
    return await app.listen({ host, port });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EADDRINUSE") return fail("port_in_use", `another program listens on ${host}:${port}`, { hint: `Free the port, or give another one with ${flags.port}.` }, error);
    if (code === "EACCES") return fail("config_invalid", `this user may not listen on ${host}:${port}`, { hint: `Give a port above 1023 with ${flags.port}.` }, error);
    if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") return fail("config_invalid", `${host} is not an address of this machine`, { hint: `Give another one with ${flags.host}.` }, error);
    throw error;
  }
}
