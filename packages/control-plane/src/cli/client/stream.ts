import { ConnectionError } from "../../client/api-error.ts";
import { endEvent, type ServerSentEvent } from "../../client/server-events.ts";
import { fail } from "../../errors/problem.ts";
import { withPatience } from "./patience.ts";
import { mayPassForReaders, toModyardError } from "./server-problems.ts";
import type { Session } from "./session.ts";

/** Reads a stream to the server's own end, going on after the last event that came when the connection is lost. */
export async function readStream({ server, progress }: Session, path: string, after: number, signal: AbortSignal, take: (event: ServerSentEvent) => void): Promise<void> {
  const { openEvents } = await import("../../client/event-stream.ts");
  let last = String(after);
  const takeOrRefuse = (event: ServerSentEvent): void => {
    try {
      take(event);
    } catch (error) {
      throw error instanceof ConnectionError ? toModyardError(error, server.url) : error;
    }
  };
  const readOnce = async (reached: () => void): Promise<void> => {
    for await (const event of openEvents(server, path, { after: last, signal, opened: reached })) {
      if (event.event === endEvent) return;
      last = event.id ?? last;
      takeOrRefuse(event);
    }
    // Without the server's word that it is the end, the connection was cut, if ever so politely.
    fail("server_unreachable", `the connection to ${server.url} was lost`);
  };
  await withPatience(readOnce, progress, signal, mayPassForReaders);
}
