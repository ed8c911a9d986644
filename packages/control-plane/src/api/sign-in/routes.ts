import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { hasOwner } from "../../access/people/owners.ts";
import { endSession } from "../../access/sign-in/sessions.ts";
import { setUp } from "../../access/sign-in/setup.ts";
import type { SignIn } from "../../access/sign-in/sign-in.ts";
import { readLink, takeLink } from "../../access/sign-in/take-link.ts";
import type { ControlPlane } from "../../control-plane.ts";
import { toPublicId } from "../../database/identifiers.ts";
import type { Api } from "../rest/app.ts";
import { emailText, nameText, personView, showPerson } from "../views/person.ts";
import { callerOf, recognizeSession, setCookies } from "./recognize-session.ts";
import { assertSameOrigin } from "./same-origin.ts";
import { singleSignOnRoutes } from "./single-sign-on.ts";

const secret = z.string().min(1).max(500);
const linkToken = z.string().min(1).max(200);
const open = { security: [], tags: ["sign-in"] };

const stateView = z.object({
  set_up: z.boolean().describe("False: nobody is owner yet; the server prints a link for the first one when it starts."),
  person: personView.nullable().describe("Who is signed in."),
  session_id: z.string().nullable(),
  single_sign_on: z.object({ name: z.string() }).nullable(),
});
const doneView = z.object({ signed_in: z.boolean() });
const linkFactsView = z.object({ kind: z.enum(["setup", "invitation", "reset"]), email: z.string().nullable(), name: z.string().nullable(), expires_at: z.string() });

/** Signing in and out, and what a one-time link is good for: what a browser does before anybody knows who sits at it. */
export function signInRoutes(api: Api, { handle }: ControlPlane, signIn: SignIn): void {
  api.addHook("onRequest", (request, _reply, done) => {
    assertSameOrigin(request, signIn.publicUrl, false);
    done();
  });
  const enter = async (request: FastifyRequest, reply: FastifyReply, email: string, password: string): Promise<{ signed_in: boolean }> => {
    const before = await recognizeSession(signIn, request, reply);
    setCookies(reply, await signIn.byPassword(callerOf(request), email, password));
    // The browser forgets the session that it had: nobody else shall find it.
    if (before !== undefined) await end(before);
    return { signed_in: true };
  };
  const end = ({ sessionId, person }: NonNullable<Awaited<ReturnType<SignIn["find"]>>>): Promise<void> =>
    handle.db.transaction().execute((trx) => endSession(trx, { personId: person.id, session: toPublicId("ses", sessionId), actor: person.email }));

  api.get("/session", { schema: { ...open, operationId: "getSignInState", summary: "Who is signed in, and how one can sign in", response: { 200: stateView } } }, async (request, reply) => {
    const found = await recognizeSession(signIn, request, reply);
    return {
      set_up: await hasOwner(handle.db),
      person: found === undefined ? null : showPerson(found.person, found.principal.grants),
      session_id: found === undefined ? null : toPublicId("ses", found.sessionId),
      single_sign_on: signIn.oidcName === undefined ? null : { name: signIn.oidcName },
    };
  });

  const signInBody = z.strictObject({ email: emailText, password: secret });
  api.post("/sign-in", { schema: { ...open, operationId: "signIn", summary: "Sign in with e-mail address and password; the answer sets a cookie", body: signInBody, response: { 200: doneView } } }, (request, reply) => enter(request, reply, request.body.email, request.body.password));

  api.post("/sign-out", { schema: { ...open, operationId: "signOut", summary: "End the session of this browser", body: z.strictObject({}).nullish(), response: { 200: doneView } } }, async (request, reply) => {
    const found = await recognizeSession(signIn, request, reply);
    if (found !== undefined) await end(found);
    reply.removeHeader("set-cookie");
    setCookies(reply, [signIn.goneCookie]);
    return { signed_in: false };
  });

  const setupBody = z.strictObject({ token: linkToken, email: emailText, name: nameText, password: secret });
  api.post("/setup", { schema: { ...open, operationId: "setUp", summary: "Become the first owner, by the link that the server printed", body: setupBody, response: { 200: doneView } } }, async (request, reply) => {
    const { token, ...owner } = request.body;
    await setUp(handle, token, owner);
    return enter(request, reply, owner.email, owner.password);
  });

  api.post("/link", { schema: { ...open, operationId: "readLink", summary: "What a one-time link is good for", body: z.strictObject({ token: linkToken }), response: { 200: linkFactsView } } }, async (request) => {
    const { kind, person, expiresAt } = await readLink(handle, request.body.token);
    return { kind, email: person?.email ?? null, name: person?.name ?? null, expires_at: expiresAt.toISOString() };
  });

  api.post("/password", { schema: { ...open, operationId: "setPassword", summary: "Set a password by a one-time link, and sign in; sessions elsewhere end", body: z.strictObject({ token: linkToken, password: secret }), response: { 200: doneView } } }, async (request, reply) => {
    const { token, password } = request.body;
    const { email } = await takeLink(handle, token, password);
    return enter(request, reply, email, password);
  });

  singleSignOnRoutes(api, signIn);
}
