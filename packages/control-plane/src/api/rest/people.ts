import { z } from "zod";
import { grantsOf, grantsOfMany } from "../../access/grants.ts";
import { changePerson } from "../../access/people/change.ts";
import { invite, renewLink } from "../../access/people/invite.ts";
import type { Person } from "../../access/people/person.ts";
import { getPerson, listPeople } from "../../access/people/store.ts";
import type { NewLink } from "../../access/sign-in/links.ts";
import type { ControlPlane } from "../../control-plane.ts";
import type { Executor } from "../../database/connection.ts";
import { toPublicId, toUuid } from "../../database/identifiers.ts";
import { answerOnce } from "../answer-once.ts";
import { actorOf } from "../authenticate.ts";
import { readPage } from "../operations/page.ts";
import { pageQuery, reasonBody, reasonText, unknownCursor } from "../views/common.ts";
import { assertEnvironments, grantsBody } from "../views/grant.ts";
import { emailText, linkView, nameText, peopleView, personView, showPerson, type LinkView, type PersonView } from "../views/person.ts";
import { baseOf, type Api } from "./app.ts";

const params = z.object({ id: z.string().max(320).describe("Identifier or e-mail address.") });
const inviteBody = z.strictObject({ email: emailText, name: nameText, grants: grantsBody.default([]), reason: reasonText.default("") });
const changeBody = z.strictObject({ name: nameText.optional(), disabled: z.boolean().optional(), reason: reasonText.default("") });

/** People: who there is, inviting them, disabling them. */
export function peopleRoutes(api: Api, plane: ControlPlane): void {
  const { db } = plane.handle;

  api.get("/people", { config: { permission: "people.read" }, schema: { operationId: "listPeople", tags: ["people"], summary: "People and what they may do, newest first", querystring: z.object(pageQuery), response: { 200: peopleView } } }, async (request) => {
    const { limit, cursor } = request.query;
    const before = cursor === undefined ? undefined : (toUuid("per", cursor) ?? unknownCursor(cursor));
    const { items, next } = await readPage(limit, (most) => listPeople(db, { limit: most, before }), ({ id }) => toPublicId("per", id));
    const grants = await grantsOfMany(db, "person", items.map(({ id }) => id));
    return { people: items.map((person) => showPerson(person, grants.get(person.id) ?? [])), next_cursor: next };
  });

  api.get("/people/:id", { config: { permission: "people.read" }, schema: { operationId: "getPerson", tags: ["people"], summary: "One person", params, response: { 200: personView } } }, async (request) => show(db, await getPerson(db, request.params.id)));

  api.post("/people", { config: { permission: "people.manage", tellsSecret: true }, schema: { operationId: "invitePerson", tags: ["people"], summary: "Invite somebody: make the link by which they set a password", body: inviteBody, response: { 201: linkView } } }, async (request, reply) => {
    const { email, name, grants, reason } = request.body;
    await assertEnvironments(plane.environments, grants);
    const base = plane.config.signIn.publicUrl ?? baseOf(request);
    let link = "";
    const { body } = await answerOnce<LinkView, 201>(request, (keep) =>
      db.transaction().execute(async (trx) => {
        const invited = await invite(trx, { email, name, grants, actor: actorOf(request), reason });
        link = addressOf(base, invited.link);
        await keep(trx, 201, await withoutLink(trx, invited.person, invited.link));
      }),
    );
    return reply.status(201).header("cache-control", "no-store").send({ ...body, link });
  });

  api.post("/people/:id/reset-link", { config: { permission: "people.manage", tellsSecret: true }, schema: { operationId: "renewPersonLink", tags: ["people"], summary: "Make a new link by which a person sets a password; earlier ones end", params, body: reasonBody, response: { 201: linkView } } }, async (request, reply) => {
    const base = plane.config.signIn.publicUrl ?? baseOf(request);
    let link = "";
    const { body } = await answerOnce<LinkView, 201>(request, (keep) =>
      db.transaction().execute(async (trx) => {
        const renewed = await renewLink(trx, request.params.id, { actor: actorOf(request), reason: request.body?.reason ?? "" });
        link = addressOf(base, renewed.link);
        await keep(trx, 201, await withoutLink(trx, renewed.person, renewed.link));
      }),
    );
    return reply.status(201).header("cache-control", "no-store").send({ ...body, link });
  });

  api.patch("/people/:id", { config: { permission: "people.manage" }, schema: { operationId: "changePerson", tags: ["people"], summary: "Name a person, disable or enable them; disabling ends their sessions and stops their tokens", params, body: changeBody, response: { 200: personView } } }, async (request) => {
    const { reason, ...change } = request.body;
    return db.transaction().execute(async (trx) => show(trx, await changePerson(trx, request.params.id, change, { actor: actorOf(request), reason })));
  });
}

async function show(db: Executor, person: Person): Promise<PersonView> {
  return showPerson(person, await grantsOf(db, "person", person.id));
}

/** What is kept for a repeated request is kept in the database: not the link. */
async function withoutLink(trx: Executor, person: Person, { expiresAt }: NewLink): Promise<LinkView> {
  return { person: await show(trx, person), link: null, expires_at: expiresAt.toISOString() };
}

function addressOf(base: string, { token }: NewLink): string {
  return `${base}/invitation?token=${token}`;
}
