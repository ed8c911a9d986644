import type { LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openTestApi, type TestApi } from "../../../../test/support/api.ts";
import { setGrants } from "../access/grants.ts";
import type { Grant } from "../access/principal.ts";
import { makeToken } from "../access/tokens/make.ts";
import { newUuid, toPublicId } from "../database/identifiers.ts";
import type { MadeTokenView } from "./views/token.ts";

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const viewer = [{ role: "viewer" }];
const owner: Grant = { environment: null, role: "owner" };

async function make(body: object, token = api.token, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> {
  return ask("POST", "/admin/tokens", token, body, headers);
}

function ask(method: "GET" | "POST" | "PUT" | "DELETE", url: string, token: string, body?: unknown, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> {
  return api.ask(method, url, body, { ...headers, authorization: `Bearer ${token}` });
}

/** A person in the database, and a token of theirs: as good as being signed in, for all but the session. */
async function person(...grants: readonly Grant[]): Promise<{ readonly id: string; readonly token: string }> {
  const id = newUuid();
  const { db } = api.plane.handle;
  await db.insertInto("people").values({ id, name: "Ada", email: `${id}@example.org`, invitedBy: null, image: null, joinedAt: new Date() }).execute();
  await setGrants(db, "person", id, grants);
  const { text } = await db.transaction().execute((trx) => makeToken(trx, { kind: "person", id, name: "Ada", grants }, { name: "own", grants }));
  return { id, token: text };
}

const journal = async (subject: string) => ((await api.ask("GET", `/admin/events?subject=${subject}`)).json() as { events: { action: string; actor: string; reason: string; details: Record<string, unknown> }[] }).events;

it("tells a token once, and what it may do", async () => {
  const response = await make({ name: "ci", grants: [{ role: "operator" }, { environment: "prod", role: "viewer" }], expires_in_days: 30, reason: "for builds" });
  expect([response.statusCode, response.headers["cache-control"]]).toEqual([201, "no-store"]);
  const { token, ...shown } = response.json<MadeTokenView>();
  expect(shown).toMatchObject({ name: "ci", state: "active", created_by: "admin", last_used_at: null, person_id: null, grants: [{ environment: null, role: "operator" }, { environment: "prod", role: "viewer" }] });
  expect(Date.parse(shown.expires_at ?? "") - Date.now()).toBeGreaterThan(29 * 86_400_000);
  const me = await ask("GET", "/admin/me", token ?? "");
  expect(me.json()).toMatchObject({ kind: "token", id: shown.id, name: "ci", environments: expect.arrayContaining([{ name: "prod", permissions: [] }]) as unknown });
  expect((me.json() as { permissions: string[] }).permissions).toEqual(["read", "self.manage", "build.cancel"]);
  const listed = await api.ask("GET", "/admin/tokens");
  expect(listed.body).toContain(shown.id);
  expect(listed.body).not.toContain(token);
  expect(await journal(shown.id)).toMatchObject([{ action: "token.created", actor: "admin", reason: "for builds", details: { name: "ci" } }]);
  expect(api.logged()).not.toContain(token);
});

it("does not keep the token for a request that is repeated under its key", async () => {
  const key = { "idempotency-key": "the-same" };
  const body = { name: "once", grants: viewer };
  const [first, again] = [await make(body, api.token, key), await make(body, api.token, key)];
  expect([first.statusCode, again.statusCode, again.headers["idempotent-replayed"]]).toEqual([201, 201, "true"]);
  const { token, ...shown } = first.json<MadeTokenView>();
  expect(again.json()).toEqual({ ...shown, token: null });
  const { rows } = await api.plane.handle.pool.query("select * from idempotency_keys");
  expect(JSON.stringify(rows)).toContain(shown.id);
  expect(JSON.stringify(rows)).not.toContain(token);
  // A refused one is remembered as ever.
  const other = { "idempotency-key": "another" };
  const refused = [await make(body, api.token, other), await make(body, api.token, other)];
  expect(refused.map(({ statusCode, headers }) => [statusCode, headers["idempotent-replayed"]])).toEqual([[409, undefined], [409, "true"]]);
});

it("refuses what no token can be", async () => {
  const past = new Date(Date.now() - 1_000).toISOString();
  const wrong: readonly (readonly [object, string])[] = [
    [{ name: "x", grants: [] }, "request_invalid"],
    [{ name: " ", grants: viewer }, "request_invalid"],
    [{ name: "ada@example.org", grants: viewer }, "request_invalid"],
    [{ name: "in\u200bvisible", grants: viewer }, "request_invalid"],
    [{ name: "x", grants: [{ role: "root" }] }, "request_invalid"],
    [{ name: "x", grants: [{ role: "viewer" }, { role: "operator", environment: null }] }, "request_invalid"],
    [{ name: "x", grants: viewer, expires_at: past }, "request_invalid"],
    [{ name: "x", grants: viewer, expires_at: "soon" }, "request_invalid"],
    [{ name: "x", grants: viewer, expires_in_days: 1, expires_at: "2999-01-01T00:00:00Z" }, "request_invalid"],
    [{ name: "x", grants: viewer, owner: true }, "request_invalid"],
    [{ name: "x", grants: [{ role: "viewer", environment: "nowhere" }] }, "environment_not_found"],
    [{ name: "Admin", grants: viewer }, "token_name_taken"],
  ];
  for (const [body, code] of wrong) expect([body, ((await make(body)).json() as { code: string }).code]).toEqual([body, code]);
});

async function why(text: string): Promise<readonly unknown[]> {
  const response = await ask("GET", "/admin/me", text);
  return [response.statusCode, (response.json() as { code: string }).code, response.headers["www-authenticate"]];
}

it("says why a token is good for nothing", async () => {
  const { token, id } = (await make({ name: "short", grants: viewer })).json<MadeTokenView>();
  const text = token ?? "";
  expect(await why(`${text.slice(0, -1)}${text.endsWith("0") ? "1" : "0"}`)).toEqual([401, "token_misspelt", "Bearer"]);
  expect(await why("0123456789")).toEqual([401, "unauthenticated", "Bearer"]);
  const [row] = (await api.plane.handle.pool.query<{ id: string }>("update tokens set expires_at = now() where name = 'short' returning id")).rows;
  expect(toPublicId("tok", row?.id ?? "")).toBe(id);
  expect(await why(text)).toEqual([401, "token_expired", "Bearer"]);
  await api.ask("DELETE", `/admin/tokens/${id}?reason=no+more`);
  expect(await why(text)).toEqual([401, "token_revoked", "Bearer"]);
  expect((await journal(id))[0]).toMatchObject({ action: "token.revoked", reason: "no more", actor: "admin" });
});

it("gives a token's holder no more than it has, not even by a child", async () => {
  const { token: operator } = (await make({ name: "operator", grants: [{ role: "operator" }] })).json<MadeTokenView>();
  const { token: child, id } = (await make({ name: "child", grants: viewer }, operator ?? "")).json<MadeTokenView>();
  for (const grants of [[{ role: "owner" }], [{ role: "administrator" }], [{ role: "viewer" }, { role: "administrator", environment: "prod" }]]) {
    const refused = await make({ name: "more", grants }, operator ?? "");
    expect([refused.statusCode, (refused.json() as { code: string }).code]).toEqual([403, "token_exceeds_maker"]);
  }
  expect((await ask("PUT", `/admin/tokens/${id}/grants`, operator ?? "", { grants: viewer })).statusCode).toBe(403);
  expect((await ask("GET", "/admin/me", child ?? "")).statusCode).toBe(200);
});

it("lets an owner change what a token may do, with what it made", async () => {
  const parent = (await make({ name: "parent", grants: [{ role: "operator" }] })).json<MadeTokenView>();
  const child = (await make({ name: "of the parent", grants: [{ role: "operator" }] }, parent.token ?? "")).json<MadeTokenView>();
  const changed = await api.ask("PUT", `/admin/tokens/${parent.id}/grants`, { grants: viewer, reason: "less is enough" });
  expect(changed.json()).toMatchObject({ id: parent.id, effective_grants: [{ environment: null, role: "viewer" }] });
  expect((await ask("GET", `/admin/tokens/${child.id}`, child.token ?? "")).json()).toMatchObject({ grants: [{ role: "operator" }], effective_grants: [{ role: "viewer" }], made_with: parent.id });
  expect((await journal(parent.id))[0]).toMatchObject({ action: "token.grants_changed", reason: "less is enough", details: { from: [{ role: "operator" }], to: [{ role: "viewer" }] } });
  const revoked = await ask("DELETE", `/admin/tokens/${parent.id}`, parent.token ?? "");
  expect((revoked.json() as { revoked: string[] }).revoked.toSorted()).toEqual([parent.id, child.id].toSorted());
});

it("shows and revokes the tokens of others for owners only", async () => {
  const [ada, grace] = [await person({ environment: null, role: "administrator" }), await person(owner)];
  const list = async (token: string, query = "") => ((await ask("GET", `/admin/tokens?limit=200${query}`, token)).json() as { tokens: { id: string; person_id: string | null }[] }).tokens;
  const [adas = { id: "" }] = await list(ada.token);
  expect((await list(ada.token)).map(({ person_id: id }) => id)).toEqual([toPublicId("per", ada.id)]);
  expect((await list(grace.token)).length).toBeGreaterThan(5);
  expect((await list(grace.token, `&person_id=${toPublicId("per", ada.id)}`)).map(({ id }) => id)).toEqual([adas.id]);
  const [graces = { id: "" }] = await list(api.token, `&person_id=${toPublicId("per", grace.id)}`);
  expect((await ask("DELETE", `/admin/tokens/${graces.id}`, ada.token)).statusCode).toBe(404);
  expect((await ask("DELETE", `/admin/tokens/${adas.id}`, grace.token)).statusCode).toBe(200);
  expect((await ask("GET", "/admin/me", ada.token)).statusCode).toBe(401);
});

it("gives every token of a list on one page, and none twice", async () => {
  const seen: string[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const page = (await api.ask("GET", `/admin/tokens?limit=2${cursor === "" ? "" : `&cursor=${cursor}`}`)).json() as { tokens: { id: string }[]; next_cursor: string | null };
    seen.push(...page.tokens.map(({ id }) => id));
    cursor = page.next_cursor;
  }
  const { rows } = await api.plane.handle.pool.query<{ id: string }>("select id from tokens order by id desc");
  expect(seen).toEqual(rows.map(({ id }) => toPublicId("tok", id)));
  expect((await api.ask("GET", "/admin/tokens?cursor=nonsense")).statusCode).toBe(400);
});

it("never takes the last owner away, also not by two requests at once", async () => {
  await api.plane.handle.pool.query("delete from grants where principal_kind = 'person'");
  const [ada, grace] = [await person(owner), await person(owner)];
  const demote = (id: string) => api.ask("PUT", `/admin/people/${toPublicId("per", id)}/grants`, { grants: viewer, reason: "less" });
  const answers = await Promise.all([demote(ada.id), demote(grace.id)]);
  expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 409]);
  expect(answers.flatMap((answer) => (answer.statusCode === 409 ? [(answer.json() as { code: string }).code] : []))).toEqual(["last_owner"]);
  const left = [ada, grace].find((_, index) => answers[index]?.statusCode === 409) ?? ada;
  expect((await demote(left.id)).statusCode).toBe(409);
  expect((await api.ask("PUT", `/admin/people/${newUuid()}/grants`, { grants: viewer })).statusCode).toBe(404);
});

it("tells what everybody may do", async () => {
  const { roles, permissions } = (await api.ask("GET", "/admin/permissions")).json() as { roles: string[]; permissions: { name: string; roles: string[] }[] };
  expect(roles).toEqual(["viewer", "operator", "administrator", "owner"]);
  expect(permissions.find(({ name }) => name === "deployment.request")).toMatchObject({ scope: "environment", roles: ["operator", "administrator", "owner"], allows: "deploy" });
});
