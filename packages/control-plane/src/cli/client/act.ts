import { randomUUID } from "node:crypto";
import { withPatience } from "./patience.ts";
import type { Session } from "./session.ts";

/** The headers of a request that is done once, however often it is sent. */
export type OnceHeaders = Readonly<Record<"Idempotency-Key", string>>;

/** Asks the server to do something. A lost answer is asked for again under the same key, through a restart of the server: it is done once. */
export function act<T>({ progress }: Session, send: (headers: OnceHeaders) => Promise<T>): Promise<T> {
  const headers = { "Idempotency-Key": randomUUID() };
  return withPatience(() => send(headers), progress);
}
