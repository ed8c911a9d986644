import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { withPatience } from "./patience.ts";
import type { Session } from "./session.ts";

/** Asks the server to do something. A lost answer is asked for again under the same key, through a restart of the server: it is done once. */
export function act<T>({ client, progress }: Session, path: string, body: Readonly<Record<string, unknown>>, view: z.ZodType<T>): Promise<T> {
  const idempotencyKey = randomUUID();
  return withPatience(() => client.post(path, body, view, { idempotencyKey }), progress);
}
