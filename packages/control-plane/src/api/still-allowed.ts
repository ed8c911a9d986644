import type { FastifyRequest } from "fastify";
import { isAllowed } from "../access/authorize.ts";
import type { Principal } from "../access/principal.ts";
import { pollMs, type Waiter } from "./waiter.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Looks again whose the request's credentials are; resolves with undefined when they are good for nothing any more. */
    recognizeAgain: (() => Promise<Principal | undefined>) | undefined;
  }
}

/** Whether who asked might ask the same now: the session has not ended, the token was not revoked, the role was not taken away. */
function isStillAllowed({ routeOptions }: FastifyRequest, principal: Principal | undefined): boolean {
  const { permission } = routeOptions.config;
  return principal !== undefined && (permission === undefined || isAllowed(principal, permission));
}

/**
 * Closes a stream soon after its reader may not read it any more, or may do something else than when it began: what it tells is
 * measured by that, and who comes back is measured anew. Returns what stops the watching. A database that is away ends nothing.
 */
export function closeWhenRefused(request: FastifyRequest, waiter: Waiter): () => void {
  const before = grantsOf(request.principal);
  const look = async (): Promise<void> => {
    const principal = await request.recognizeAgain?.();
    if (!isStillAllowed(request, principal) || grantsOf(principal) !== before) waiter.close();
  };
  const timer = setInterval(() => void look().catch((error: unknown) => request.log.warn({ err: error }, "whether a stream may go on cannot be seen")), pollMs);
  return () => clearInterval(timer);
}

/** As text, whatever order they come in. */
function grantsOf(principal: Principal | undefined): string {
  return (principal?.grants ?? []).map(({ environment, role }) => JSON.stringify([environment, role])).toSorted().join();
}
