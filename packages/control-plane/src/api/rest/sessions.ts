import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { changePassword } from "../../access/sign-in/change-password.ts";
import { endSession, listSessions } from "../../access/sign-in/sessions.ts";
import type { SignedIn } from "../../access/sign-in/sign-in.ts";
import type { ControlPlane } from "../../control-plane.ts";
import type { Executor } from "../../database/connection.ts";
import { toPublicId, toUuid } from "../../database/identifiers.ts";
import { fail } from "../../errors/problem.ts";
import { readPage, type PageWish } from "../operations/page.ts";
import { unknownCursor, wholeQuery } from "../views/common.ts";
import { sessionsView, showSession } from "../views/person.ts";
import type { Api } from "./app.ts";

const passwordBody = z.strictObject({ current_password: z.string().min(1).max(500), new_password: z.string().min(1).max(500) });

/** One's own sessions and password: of people only. */
export function sessionRoutes(api: Api, plane: ControlPlane): void {
  const { db } = plane.handle;
  const config = { permission: "self.manage" } as const;

  api.get("/me/sessions", { config, schema: { operationId: "listSessions", tags: ["sign-in"], summary: "Where one is signed in, newest first", querystring: wholeQuery, response: { 200: sessionsView } } }, async (request) => {
    return sessionsOf(db, signedInOf(request), request.query);
  });

  const params = z.object({ id: z.string().max(100) });
  api.delete("/me/sessions/:id", { config, schema: { operationId: "endSession", tags: ["sign-in"], summary: "Sign out elsewhere, or here", params, response: { 200: sessionsView } } }, async (request) => {
    const { person, ...signedIn } = signedInOf(request);
    await db.transaction().execute((trx) => endSession(trx, { personId: person.id, session: request.params.id, actor: person.email }));
    return sessionsOf(db, { person, ...signedIn });
  });

  const changedView = z.object({ sessions_ended: z.number().int() });
  api.post("/me/password", { config: { ...config, takesSecret: true }, schema: { operationId: "changePassword", tags: ["sign-in"], summary: "Take another password; ends the sessions elsewhere", body: passwordBody, response: { 200: changedView } } }, async (request) => {
    const { person, sessionId } = signedInOf(request);
    const { current_password: current, new_password: next } = request.body;
    return { sessions_ended: await changePassword(plane.handle, { personId: person.id, sessionId, address: request.ip, current, next }) };
  });
}

async function sessionsOf(db: Executor, { person, sessionId }: SignedIn, { limit, cursor }: PageWish = { limit: 200 }): Promise<z.output<typeof sessionsView>> {
  const before = cursor === undefined ? undefined : (toUuid("ses", cursor) ?? unknownCursor(cursor));
  const { items, next } = await readPage(limit, (most) => listSessions(db, person.id, { limit: most, before }), ({ id }) => toPublicId("ses", id));
  return { sessions: items.map((session) => showSession(session, sessionId)), next_cursor: next };
}

function signedInOf({ signedIn }: FastifyRequest): SignedIn {
  return signedIn ?? fail("not_a_person", "the request was made with a token");
}
