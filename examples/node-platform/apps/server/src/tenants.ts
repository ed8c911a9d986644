import type { FastifyRequest } from "fastify";

/** The tenant of requests that name none: the platform's own. */
export const defaultTenant = "default";

/** Reads the header `x-tenant`. A real platform would look at the host name or at who is signed in. */
export function tenantOf(request: FastifyRequest): string {
  const header = request.headers["x-tenant"];
  return typeof header === "string" && header !== "" ? header : defaultTenant;
}
