import { z } from "zod";
import { logChannel, readLog } from "../../build/log.ts";
import { isFinal } from "../../build/states.ts";
import { findBuild, getBuild } from "../../build/store.ts";
import type { ControlPlane } from "../../control-plane.ts";
import { snakeCase } from "../snake-case.ts";
import { streamEvents } from "../sse.ts";
import { logView } from "../views/log.ts";
import type { Api } from "./app.ts";

const query = z.object({ after: z.coerce.number().int().min(0).default(0), limit: z.coerce.number().int().min(1).max(5_000).default(1_000) });

/** A build's log: as pages of JSON, or live as server-sent events when the client accepts `text/event-stream`. */
export function logRoutes(api: Api, plane: ControlPlane): void {
  const { db } = plane.handle;
  const schema = { operationId: "readBuildLog", tags: ["builds"], summary: "A build's log, as a page or as a live stream", params: z.object({ id: z.string().max(100) }), querystring: query, response: { 200: logView } };
  api.get("/builds/:id/logs", { config: { permission: "read" }, schema }, async (request, reply) => {
    const { id } = await getBuild(db, request.params.id);
    const { after, limit } = request.query;
    if (request.headers.accept?.includes("text/event-stream")) {
      const last = Number(request.headers["last-event-id"] ?? after);
      await streamEvents(request, reply, Number.isSafeInteger(last) ? last : 0, {
        read: async (from) => (await readLog(db, id, from, 1_000)).map((line) => ({ id: line.line, event: "line", data: snakeCase(line) })),
        subscribe: (wake) => plane.listener.subscribe(logChannel, (payload) => (payload === undefined || payload === id) && wake()),
        isOver: () => isOver(plane, id),
      });
      return reply;
    }
    const complete = await isOver(plane, id);
    const lines = await readLog(db, id, after, limit);
    return { lines: lines.map((line) => ({ ...line, at: line.at.toISOString() })), next_after: lines.at(-1)?.line ?? after, complete: complete && lines.length < limit };
  });
}

async function isOver({ handle }: ControlPlane, id: string): Promise<boolean> {
  const build = await findBuild(handle.db, id);
  return build === undefined || isFinal(build.status);
}
