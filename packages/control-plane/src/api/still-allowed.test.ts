import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestApi, type TestApi } from "../../../../test/support/api.ts";
import { readEvents } from "../../../../test/support/event-stream.ts";
import { PageClient } from "../../../../test/support/page-client.ts";
import { becomeOwner, goodPassword, join } from "../../../../test/support/people.ts";
import { newUuid, toPublicId } from "../database/identifiers.ts";

let api: TestApi;
let url: string;
let owner: PageClient;
/** A build that runs for ever: its streams do not end by themselves. */
let build: string;

beforeAll(async () => {
  api = await openTestApi();
  url = await api.app.listen({ host: "127.0.0.1", port: 0 });
  owner = await becomeOwner(api, url);
  const id = newUuid();
  build = toPublicId("bld", id);
  const values = { id, status: "running", stage: "build", profile: "monolith", manifestRef: "main", manifestHash: "", change: "{}", modulesDelta: JSON.stringify({ added: [], removed: [], changed: [] }), requestedBy: "test", reason: "" };
  await api.plane.handle.db.insertInto("builds").values(values).execute();
});
afterAll(() => api.close());

/** Every stream that there is: a path, or the field of a subscription. */
const streams = ["/admin/events", "/admin/builds/ID/logs", "events { id }", 'buildLog(id: "ID") { line }', 'buildProgress(id: "ID") { status }'];

async function listen(stream: string, credentials: Readonly<Record<string, string>>): Promise<Response> {
  const path = stream.startsWith("/") ? stream : `/graphql?query=${encodeURIComponent(`subscription { ${stream} }`.replace("ID", build))}`;
  const response = await fetch(url + path.replace("ID", build), { headers: { accept: "text/event-stream", ...credentials } });
  expect([stream, response.status, response.headers.get("content-type")]).toEqual([stream, 200, "text/event-stream"]);
  return response;
}

/** All streams are heard with these credentials; then they lose what they were good for, and all of them end without saying that nothing more can come. */
async function expectToEnd(credentials: Readonly<Record<string, string>>, lose: () => Promise<unknown>): Promise<void> {
  const heard = await Promise.all(streams.map((stream) => listen(stream, credentials)));
  const read = Promise.all(heard.map((response) => readEvents(response)));
  await lose();
  for (const events of await read) expect(events.filter(({ event }) => event === "end" || event === "complete")).toEqual([]);
}

async function done(response: Promise<Response>): Promise<void> {
  expect((await response).status).toBe(200);
}

describe.concurrent("streams of a person", () => {
  const losses: Readonly<Record<string, (person: PageClient, email: string) => Promise<void>>> = {
    "who signs out": (person) => done(person.ask("POST", "/auth/sign-out", {})),
    "who ends the session from elsewhere": async (_, email) => {
      const elsewhere = new PageClient(url);
      await done(elsewhere.ask("POST", "/auth/sign-in", { email, password: goodPassword }));
      await done(elsewhere.ask("POST", "/admin/me/password", { current_password: goodPassword, new_password: "another one altogether" }));
    },
    "whose session's time is over": async (_, email) => {
      const { rowCount } = await api.plane.handle.pool.query("update sessions set expires_at = now() from people where people.id = person_id and email = $1", [email]);
      expect(rowCount).toBe(1);
    },
    "who is disabled": (_, email) => done(owner.ask("PATCH", `/admin/people/${email}`, { disabled: true })),
    "who may do nothing any more": (_, email) => done(owner.ask("PUT", `/admin/people/${email}/grants`, { grants: [] })),
    "who may see less than before": (_, email) => done(owner.ask("PUT", `/admin/people/${email}/grants`, { grants: [{ role: "viewer" }] })),
  };
  it.each(Object.entries(losses))("%s end", async (name, lose) => {
    const email = `${name.replaceAll(/\W/g, "-")}@example.org`;
    const person = await join(owner, url, email, "administrator");
    await expectToEnd(person.cookieHeader(), () => lose(person, email));
  });
});

describe.concurrent("streams of a token", () => {
  const losses: Readonly<Record<string, (id: string, name: string) => Promise<unknown>>> = {
    "that is revoked": (id) => api.ask("DELETE", `/admin/tokens/${id}`),
    "whose time is over": (_, name) => api.plane.handle.pool.query("update tokens set expires_at = now() where name = $1", [name]),
    "that may see less than before": (id) => api.ask("PUT", `/admin/tokens/${id}/grants`, { grants: [{ role: "viewer" }] }),
  };
  it.each(Object.entries(losses))("%s end", async (name, lose) => {
    const { id, token } = (await api.ask("POST", "/admin/tokens", { name, grants: [{ role: "administrator" }] })).json<{ id: string; token: string }>();
    await expectToEnd({ authorization: `Bearer ${token}` }, () => lose(id, name));
  });

  it("that may do what it might go on", async () => {
    const { token } = (await api.ask("POST", "/admin/tokens", { name: "stays", grants: [{ role: "viewer" }] })).json<{ token: string }>();
    // Longer than the streams of the others took to end.
    const response = await listen("/admin/events", { authorization: `Bearer ${token}` });
    const beats = response.body?.pipeThrough(new TextDecoderStream()) ?? expect.unreachable();
    let text = "";
    for await (const chunk of beats) {
      text += chunk;
      if (text.split(": still here").length > 2) break;
    }
  });
});
