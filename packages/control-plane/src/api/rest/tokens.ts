import { z } from "zod";
import { getToken, listTokens } from "../../access/tokens/list.ts";
import { makeToken } from "../../access/tokens/make.ts";
import { revokeTokens } from "../../access/tokens/revoke.ts";
import { changeTokenGrants } from "../../access/tokens/change-grants.ts";
import type { ControlPlane } from "../../control-plane.ts";
import { toPublicId, toUuid } from "../../database/identifiers.ts";
import { fail } from "../../errors/problem.ts";
import { answerOnce } from "../answer-once.ts";
import { actorOf, principalOf } from "../authenticate.ts";
import { readPage } from "../operations/page.ts";
import { pageQuery, reasonText, unknownCursor } from "../views/common.ts";
import { assertEnvironments, grantsBody } from "../views/grant.ts";
import { nameText } from "../views/person.ts";
import { madeTokenView, revokedTokensView, showToken, tokensView, tokenView, type MadeTokenView } from "../views/token.ts";
import type { Api } from "./app.ts";

const dayMs = 86_400_000;
const idParams = z.object({ id: z.string().max(100) });

const makeBody = z.strictObject({
  // People are named by their addresses.
  name: nameText.regex(/^[^@]*$/, "no @: that is how people are named").describe("By which the journal and people know it."),
  grants: grantsBody.min(1),
  expires_at: z.iso.datetime({ offset: true }).optional(),
  expires_in_days: z.number().int().min(1).max(3_650).optional(),
  reason: reasonText.default(""),
});

/** Tokens with which programs ask: one's own, or everybody's with `tokens.manage`. */
export function tokenRoutes(api: Api, plane: ControlPlane): void {
  const { db } = plane.handle;

  const query = z.object({ ...pageQuery, person_id: z.string().max(100).optional().describe("Of this person only.") });
  api.get("/tokens", { config: { permission: "self.manage" }, schema: { operationId: "listTokens", tags: ["tokens"], summary: "One's own tokens, or everybody's, newest first", querystring: query, response: { 200: tokensView } } }, async (request) => {
    const { limit, cursor, person_id: person } = request.query;
    const before = cursor === undefined ? undefined : (toUuid("tok", cursor) ?? unknownCursor(cursor));
    const personId = person === undefined ? undefined : (toUuid("per", person) ?? fail("person_not_found", `${JSON.stringify(person)} is nobody`));
    const { items, next } = await readPage(limit, (most) => listTokens(db, principalOf(request), { limit: most, before, personId }), ({ id }) => toPublicId("tok", id));
    return { tokens: items.map(showToken), next_cursor: next };
  });

  api.get("/tokens/:id", { config: { permission: "self.manage" }, schema: { operationId: "getToken", tags: ["tokens"], summary: "One token", params: idParams, response: { 200: tokenView } } }, async (request) => showToken(await getToken(db, principalOf(request), request.params.id)));

  api.post("/tokens", { config: { permission: "self.manage", tellsSecret: true }, schema: { operationId: "createToken", tags: ["tokens"], summary: "Make a token, which is told once", body: makeBody, response: { 201: madeTokenView } } }, async (request, reply) => {
    const { name, grants, reason } = request.body;
    const wish = { name, grants, reason, expiresAt: endOf(request.body) };
    await assertEnvironments(plane.environments, grants);
    let text = "";
    const { body } = await answerOnce<MadeTokenView, 201>(request, (keep) =>
      db.transaction().execute(async (trx) => {
        const made = await makeToken(trx, principalOf(request), wish);
        ({ text } = made);
        // What is kept for a repeated request is kept in the database: not the token.
        await keep(trx, 201, { ...showToken(made.token), token: null });
      }),
    );
    return reply.status(201).header("cache-control", "no-store").send({ ...body, token: text });
  });

  const grantsChange = z.strictObject({ grants: grantsBody, reason: reasonText.default("") });
  api.put("/tokens/:id/grants", { config: { permission: "tokens.manage" }, schema: { operationId: "setTokenGrants", tags: ["tokens"], summary: "Say what a token may do", params: idParams, body: grantsChange, response: { 200: tokenView } } }, async (request) => {
    const { grants, reason } = request.body;
    await assertEnvironments(plane.environments, grants);
    return showToken(await db.transaction().execute((trx) => changeTokenGrants(trx, principalOf(request), { id: request.params.id, grants, reason })));
  });

  const revokeQuery = z.object({ reason: reasonText.default("") });
  api.delete("/tokens/:id", { config: { permission: "self.manage" }, schema: { operationId: "revokeToken", tags: ["tokens"], summary: "Revoke a token and all that were made with it", params: idParams, querystring: revokeQuery, response: { 200: revokedTokensView } } }, async (request) => {
    const { id } = await getToken(db, principalOf(request), request.params.id);
    const revoked = await db.transaction().execute((trx) => revokeTokens(trx, [id], { actor: actorOf(request), reason: request.query.reason }));
    return { revoked: revoked.map((each) => toPublicId("tok", each)) };
  });
}

function endOf({ expires_at: at, expires_in_days: days }: z.output<typeof makeBody>): Date | undefined {
  if (at !== undefined && days !== undefined) fail("request_invalid", "expires_in_days: expires_at says when it ends already", { path: "expires_in_days" });
  const end = at === undefined ? (days === undefined ? undefined : new Date(Date.now() + days * dayMs)) : new Date(at);
  if (end !== undefined && end.getTime() <= Date.now()) fail("request_invalid", "expires_at: that time is over", { path: "expires_at" });
  return end;
}
