import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestApi, type TestApi } from "../../../../../test/support/api.ts";
import { readEvents } from "../../../../../test/support/event-stream.ts";
import { PageClient } from "../../../../../test/support/page-client.ts";
import { becomeOwner, goodPassword as password, join, tokenOf } from "../../../../../test/support/people.ts";
import { findPlaces } from "../../database/embedded/places.ts";
import { findPostmaster } from "../../database/embedded/postmaster.ts";
import { readNewest } from "./journal.fixtures.ts";

let api: TestApi;
let url: string;
let owner: PageClient;

beforeAll(async () => {
  api = await openTestApi();
  url = await api.app.listen({ host: "127.0.0.1", port: 0 });
  owner = await becomeOwner(api, url);
});
afterAll(async () => {
  const kept = JSON.stringify([await readNewest(api), await api.plane.handle.db.selectFrom("idempotencyKeys").selectAll().execute(), api.logged()]);
  for (const token of tokens) expect(kept).not.toContain(token);
  await api.close();
});

const tokens: string[] = [];
const asToken = (method: "GET" | "POST" | "PATCH", path: string, body?: unknown, headers: Record<string, string> = {}) => api.ask(method as "GET", path, body, headers);
const statusOf = async (client: PageClient, path = "/admin/builds"): Promise<number> => (await client.ask("GET", path)).status;
const signIn = async (email: string, secret = password): Promise<number> => (await new PageClient(url).ask("POST", "/auth/sign-in", { email, password: secret })).status;
const reset = async (email: string): Promise<string> => {
  const { status, body } = await owner.json("POST", `/admin/people/${email}/reset-link`, {});
  expect(status).toBe(201);
  tokens.push(tokenOf(body["link"]));
  return tokenOf(body["link"]);
};
const actionsOf = async (email: string) => (await readNewest(api)).filter(({ details, actor }) => details["email"] === email || actor === email).map(({ action }) => action);

describe("an invitation", () => {
  it("is answered with a link that is told once, also when the request is repeated, and is kept nowhere", async () => {
    const body = { email: "Bea@Example.org", name: "Bea", grants: [{ role: "operator" }], reason: "new here" };
    const ask = () => asToken("POST", "/admin/people", body, { "idempotency-key": "invite-bea" });
    const [first, second] = [await ask(), await ask()];
    expect([first.statusCode, second.statusCode]).toEqual([201, 201]);
    expect(first.json()).toMatchObject({ person: { email: "bea@example.org", status: "invited", joined_at: null, invited_by: "admin", grants: [{ environment: null, role: "operator" }] } });
    tokens.push(tokenOf(first.json().link));
    expect(second.json()).toEqual({ ...first.json(), link: null });
    const again = await asToken("POST", "/admin/people", body);
    expect([again.statusCode, again.json().code]).toEqual([409, "person_exists"]);
  });

  it("lets the person in once, by a password of their own, and is over then", async () => {
    const [token = ""] = tokens;
    const bea = new PageClient(url);
    expect((await bea.json("POST", "/auth/link", { token })).body).toMatchObject({ kind: "invitation", email: "bea@example.org", name: "Bea" });
    expect((await bea.json("POST", "/auth/setup", { token, email: "eve@example.org", name: "Eve", password })).status).toBe(410);
    expect((await bea.json("POST", "/auth/password", { token, password: "too short" })).body["code"]).toBe("password_unfit");
    const taken = await Promise.all([1, 2, 3, 4].map(() => bea.ask("POST", "/auth/password", { token, password })));
    expect(taken.map(({ status }) => status).toSorted()).toEqual([200, 410, 410, 410]);
    expect((await owner.json("GET", "/admin/people/bea@example.org")).body).toMatchObject({ status: "active", name: "Bea" });
    expect(await actionsOf("bea@example.org")).toEqual(["person.invited", "person.joined", "person.password_changed", "person.signed_in"]);
  });

  it("is no way in when it is too old, or another came after it", async () => {
    const { body } = await owner.json("POST", "/admin/people", { email: "late@example.org", name: "Late" });
    const first = tokenOf(body["link"]);
    const second = await reset("late@example.org");
    expect((await owner.json("POST", "/auth/password", { token: first, password })).status).toBe(410);
    await api.plane.handle.db.updateTable("signInLinks").set({ expiresAt: new Date(Date.now() - 1) } as never).execute();
    expect((await owner.json("POST", "/auth/password", { token: second, password })).status).toBe(410);
    expect(await signIn("late@example.org")).toBe(401);
  });

  it("names an environment that there is", async () => {
    const { status, body } = await owner.json("POST", "/admin/people", { email: "where@example.org", name: "Where", grants: [{ role: "operator", environment: "nowhere" }] });
    expect([status, body["code"]]).toEqual([404, "environment_not_found"]);
  });
});

describe("a forgotten password", () => {
  it("is replaced by a link that an owner hands over; sessions elsewhere end", async () => {
    const client = await join(owner, url, "forgot@example.org", "viewer");
    const token = await reset("forgot@example.org");
    expect(await statusOf(client)).toBe(200);
    const page = new PageClient(url);
    expect((await page.json("POST", "/auth/password", { token, password: "another one altogether" })).status).toBe(200);
    expect([await statusOf(client), await statusOf(page)]).toEqual([401, 200]);
    expect([await signIn("forgot@example.org"), await signIn("forgot@example.org", "another one altogether")]).toEqual([401, 200]);
  });
});

describe("one's own sessions", () => {
  it("are listed, and end one by one; another's do not", async () => {
    const here = await join(owner, url, "many@example.org", "viewer");
    const there = new PageClient(url);
    await there.ask("POST", "/auth/sign-in", { email: "many@example.org", password }, { "user-agent": "Elsewhere/1.0" });
    const sessions = (await here.json("GET", "/admin/me/sessions")).body["sessions"] as { id: string; current: boolean; agent: string; address: string }[];
    expect(sessions.map(({ current, agent, address }) => [current, agent === "Elsewhere/1.0", address])).toEqual([[false, true, "127.0.0.1"], [true, false, "127.0.0.1"]]);
    const elsewhere = sessions.find(({ current }) => !current)?.id ?? "";
    const refused = await owner.json("DELETE", `/admin/me/sessions/${elsewhere}`);
    expect([refused.status, refused.body["code"]]).toEqual([404, "session_not_found"]);
    expect((await here.ask("DELETE", `/admin/me/sessions/${elsewhere}`)).status).toBe(200);
    expect([await statusOf(here), await statusOf(there)]).toEqual([200, 401]);
    for (const id of ["x", "ses_", elsewhere, "per_01jd0000000000000000000000", "%00", "' or 1=1"]) expect([404, 400]).toContain((await here.ask("DELETE", `/admin/me/sessions/${encodeURIComponent(id)}`)).status);
  });

  it("end elsewhere with another password, which takes the present one", async () => {
    const here = await join(owner, url, "own@example.org", "viewer");
    const there = new PageClient(url);
    await there.ask("POST", "/auth/sign-in", { email: "own@example.org", password });
    const wrong = await here.json("POST", "/admin/me/password", { current_password: "not this one", new_password: "another one altogether" });
    // Not 401: the session is well, and who mistypes is not to be signed out.
    expect([wrong.status, wrong.body["code"]]).toEqual([422, "password_wrong"]);
    expect((await here.json("POST", "/admin/me/password", { current_password: password, new_password: "short" })).body["code"]).toBe("password_unfit");
    expect((await here.json("POST", "/admin/me/password", { current_password: password, new_password: "another one altogether" })).body).toEqual({ sessions_ended: 1 });
    expect([await statusOf(here), await statusOf(there)]).toEqual([200, 401]);
  });

  it("are nothing that a token has", async () => {
    for (const [method, path, body] of [["GET", "/admin/me/sessions", undefined], ["POST", "/admin/me/password", { current_password: "x", new_password: "y" }]] as const) {
      const response = await asToken(method, path, body);
      expect([response.statusCode, response.json().code]).toEqual([403, "not_a_person"]);
    }
  });
});

describe("who is disabled", () => {
  it("is out at once: sessions, links, tokens, and streams that are open", async () => {
    const client = await join(owner, url, "out@example.org", "viewer");
    const made = await client.json("POST", "/admin/tokens", { name: "mine", grants: [{ role: "viewer" }] });
    const authorization = `Bearer ${String(made.body["token"])}`;
    const link = await reset("out@example.org");
    const streams = await Promise.all([{}, { authorization }].map((headers) => client.ask("GET", "/admin/events?after=0", undefined, { accept: "text/event-stream", ...headers })));
    expect(streams.map(({ status }) => status)).toEqual([200, 200]);
    const read = Promise.all(streams.map((stream) => readEvents(stream)));
    expect((await owner.json("PATCH", "/admin/people/out@example.org", { disabled: true, reason: "left" })).body).toMatchObject({ status: "disabled" });
    expect(await statusOf(client)).toBe(401);
    expect((await fetch(`${url}/admin/builds`, { headers: { authorization } })).status).toBe(401);
    expect((await client.json("POST", "/auth/password", { token: link, password })).status).toBe(410);
    expect(await signIn("out@example.org")).toBe(401);
    expect((await owner.json("POST", "/admin/people/out@example.org/reset-link", {})).body["code"]).toBe("person_disabled");
    // They end by themselves, after what happened until then.
    for (const events of await read) expect(events.map(({ event }) => event)).toContain("PersonJoined");
  });

  it("comes in again when enabled, by signing in anew; the tokens go on", async () => {
    expect((await owner.json("PATCH", "/admin/people/out@example.org", { disabled: false })).body).toMatchObject({ status: "active" });
    expect(await signIn("out@example.org")).toBe(200);
    const [disabled, enabled] = (await readNewest(api)).filter(({ action }) => ["person.disabled", "person.enabled"].includes(action));
    expect(disabled).toMatchObject({ actor: "ada@example.org", reason: "left", details: { email: "out@example.org", sessionsEnded: 1 } });
    expect(enabled).toMatchObject({ actor: "ada@example.org" });
  });

  it("is never the last owner, however it is tried", async () => {
    const refusals = await Promise.all([
      owner.json("PATCH", "/admin/people/ada@example.org", { disabled: true }),
      owner.json("PUT", "/admin/people/ada@example.org/grants", { grants: [{ role: "administrator" }] }),
      owner.json("PUT", "/admin/people/ada@example.org/grants", { grants: [] }),
    ]);
    expect(refusals.map(({ status, body }) => [status, body["code"]])).toEqual(refusals.map(() => [409, "last_owner"]));
    const invited = await owner.json("POST", "/admin/people", { email: "notyet@example.org", name: "Not yet", grants: [{ role: "owner" }] });
    expect(invited.status).toBe(201);
    expect((await owner.json("PATCH", "/admin/people/ada@example.org", { disabled: true })).body["code"]).toBe("last_owner");
    const other = await join(owner, url, "zoe@example.org", "owner");
    // Each puts the other out, at the same time.
    const both = await Promise.all([owner.json("PATCH", "/admin/people/zoe@example.org", { disabled: true }), other.json("PATCH", "/admin/people/ada@example.org", { disabled: true })]);
    expect(both.filter(({ status }) => status === 200)).toHaveLength(1);
    const left = both[0]?.status === 200 ? owner : other;
    expect(await statusOf(left, "/admin/people")).toBe(200);
    await left.json("PATCH", "/admin/people/ada@example.org", { disabled: false });
    owner = left;
  });
});

describe("the list of people", () => {
  it("comes in pages, with what everybody may do", async () => {
    const seen: string[] = [];
    let cursor: unknown = "";
    for (let page = 0; page < 50 && cursor !== null; page += 1) {
      const { body } = await owner.json("GET", `/admin/people?limit=3${cursor === "" ? "" : `&cursor=${String(cursor)}`}`);
      const people = body["people"] as { email: string; grants: unknown[] }[];
      expect(people.length).toBeLessThanOrEqual(3);
      seen.push(...people.map(({ email }) => email));
      cursor = body["next_cursor"];
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toContain("ada@example.org");
    expect((await owner.ask("GET", "/admin/people?cursor=nonsense")).status).toBe(400);
  });

  it("is for administrators to see, and for owners to change", async () => {
    const admin = await join(owner, url, "admin@example.org", "administrator");
    expect(await statusOf(admin, "/admin/people")).toBe(200);
    const asked = [admin.ask("POST", "/admin/people", { email: "x@example.org", name: "X", grants: [{ role: "owner" }] }), admin.ask("PATCH", "/admin/people/admin@example.org", { name: "Owner" }), admin.ask("POST", "/admin/people/ada@example.org/reset-link", {})];
    for (const { status } of await Promise.all(asked)) expect(status).toBe(403);
  });

  it("knows nobody by what is no name, and changes nothing that it does not know", async () => {
    for (const who of ["nobody@example.org", "per_01jd0000000000000000000000", "x", "'; drop table people; --", "%00", "a".repeat(310)]) expect([404, 400]).toContain((await owner.ask("PATCH", `/admin/people/${encodeURIComponent(who)}`, { name: "X" })).status);
    for (const body of [{ email: "new@example.org" }, { joined_at: null }, { disabled: "yes" }, { name: "" }, { name: "a\nb" }]) expect((await owner.ask("PATCH", "/admin/people/ada@example.org", body)).status).toBe(400);
  });
});

it("takes a database that is away for what it is: nobody is signed out by it", async () => {
  process.kill(findPostmaster(findPlaces(api.plane.config.dataDirectory)) ?? expect.unreachable(), "SIGKILL");
  const statuses: number[] = [];
  do statuses.push(await statusOf(owner), await signIn("bea@example.org"), (await owner.ask("GET", "/auth/session")).status);
  while (statuses.slice(-3).some((status) => status !== 200));
  expect(statuses.every((status) => status === 200 || status === 503)).toBe(true);
  expect(owner.cookies.size).toBe(1);
});
