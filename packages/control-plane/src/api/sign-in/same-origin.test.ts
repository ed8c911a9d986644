import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestApi, type TestApi } from "../../../../../test/support/api.ts";
import type { PageClient } from "../../../../../test/support/page-client.ts";
import { becomeOwner, goodPassword as password } from "../../../../../test/support/people.ts";

let api: TestApi;
let url: string;
let owner: PageClient;

beforeAll(async () => {
  api = await openTestApi(undefined, { MODYARD_PUBLIC_URL: "https://modyard.example", MODYARD_SECRET: "a secret of more than thirty-two characters" });
  url = await api.app.listen({ host: "127.0.0.1", port: 0 });
  owner = await becomeOwner(api, url);
});
afterAll(() => api.close());

const people = async (): Promise<number> => (await api.plane.handle.db.selectFrom("people").selectAll().execute()).length;

/** Asks with the owner's cookie and exactly these headers. */
async function ask(method: string, path: string, headers: Record<string, string>, body?: unknown): Promise<{ readonly status: number; readonly code: unknown; readonly response: Response }> {
  const response = await fetch(url + path, { method, headers: { ...owner.cookieHeader(), ...(body !== undefined && { "content-type": "application/json" }), ...headers }, ...(body !== undefined && { body: JSON.stringify(body) }) });
  const text = await response.text();
  return { status: response.status, code: (JSON.parse(text) as { code?: unknown }).code, response };
}

const foreign: Readonly<Record<string, Record<string, string>>> = {
  "another site": { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
  "another site, by an old browser": { origin: "https://evil.example" },
  "a page that hides where it is": { origin: "null" },
  "another name of the same site": { origin: "https://evil.modyard.example", "sec-fetch-site": "same-site" },
  "another port of this machine": { origin: "http://127.0.0.1:1", "sec-fetch-site": "same-site" },
  "its own name without encryption": { origin: "http://modyard.example", host: "modyard.example" },
  "a name that begins alike": { origin: "https://modyard.example.evil.example" },
  "a proxy in between that takes both away": {},
  "a browser's bar": { "sec-fetch-site": "none" },
};

describe("a request that a cookie pays for and that changes something", () => {
  it.each(Object.entries(foreign))("is refused from %s", async (_, headers) => {
    const before = await people();
    const asked = [
      ask("POST", "/admin/people", headers, { email: "eve@example.org", name: "Eve", grants: [{ role: "owner" }] }),
      ask("PATCH", "/admin/people/ada@example.org", headers, { name: "Eve" }),
      ask("DELETE", "/admin/me/sessions/ses_01jd0000000000000000000000", headers),
      ask("POST", "/admin/me/password", headers, { current_password: password, new_password: "something else entirely" }),
      ask("POST", "/graphql", headers, { query: "mutation { cancelBuild(id: \"bld_01jd0000000000000000000000\") { build { id } } }" }),
      ask("POST", "/graphql", headers, { query: "{ me { name } }" }),
      ask("POST", "/auth/sign-out", headers),
      ask("POST", "/auth/sign-in", headers, { email: "ada@example.org", password }),
    ];
    for (const { status, code, response } of await Promise.all(asked)) {
      expect([status, code]).toEqual([403, "foreign_origin"]);
      expect(response.headers.get("access-control-allow-origin")).toBeNull();
    }
    expect(await people()).toBe(before);
    expect((await owner.json("GET", "/auth/session")).body).toMatchObject({ person: { name: "Ada" } });
  });

  it.each([
    ["a page of its own", { "sec-fetch-site": "same-origin", origin: "https://modyard.example" }],
    ["a page of its own, by an old browser, behind a proxy", { origin: "https://modyard.example" }],
  ])("is granted to %s", async (_, headers) => {
    expect((await ask("PATCH", "/admin/people/ada@example.org", headers, { name: "Ada" })).status).toBe(200);
    expect((await ask("POST", "/graphql", headers, { query: "{ me { name } }" })).status).toBe(200);
  });

  it("is granted to the address that it listens on", async () => {
    expect((await ask("PATCH", "/admin/people/ada@example.org", { origin: url }, { name: "Ada" })).status).toBe(200);
  });

  it("is no form", async () => {
    const response = await owner.ask("POST", "/admin/people", "email=eve%40example.org&name=Eve", { "content-type": "application/x-www-form-urlencoded" });
    expect(response.status).toBe(400);
    const text = await owner.ask("POST", "/admin/people", '{"email":"eve@example.org","name":"Eve"}', { "content-type": "text/plain" });
    expect(text.status).toBe(400);
    for (const [type, body] of [["application/x-www-form-urlencoded", "query=mutation%20%7B%20__typename%20%7D"], ["text/plain", '{"query":"mutation { __typename }"}'], ["application/graphql", "mutation { __typename }"]] as const) {
      expect((await owner.ask("POST", "/graphql", body, { "content-type": type })).status).toBe(400);
    }
    // By a link or an image: their cookies are sent.
    const linked = await fetch(`${url}/graphql?query=${encodeURIComponent("mutation { __typename }")}`, { headers: { ...owner.cookieHeader(), "sec-fetch-site": "cross-site" } });
    expect(linked.status).toBe(405);
  });
});

it("signs nobody in whom another site's page sends, with or without a cookie", async () => {
  for (const headers of [{ origin: "https://evil.example" }, { "sec-fetch-site": "cross-site", origin: "https://evil.example" }, { "sec-fetch-site": "same-site" }]) {
    const response = await fetch(`${url}/auth/sign-in`, { method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify({ email: "ada@example.org", password }) });
    expect([response.status, response.headers.getSetCookie()]).toEqual([403, []]);
  }
});

it("asks nothing of programs, which have tokens", async () => {
  const headers = { authorization: `Bearer ${api.token}`, "content-type": "application/json", origin: "https://evil.example", "sec-fetch-site": "cross-site" };
  expect((await fetch(`${url}/admin/people/ada@example.org`, { method: "PATCH", headers, body: JSON.stringify({ name: "Ada" }) })).status).toBe(200);
});

it("tells no other site's page anything, also not whether it may ask", async () => {
  for (const path of ["/admin/people", "/auth/session", "/auth/sign-in", "/sign-in"]) {
    const preflight = await fetch(url + path, { method: "OPTIONS", headers: { origin: "https://evil.example", "access-control-request-method": "POST", "access-control-request-headers": "content-type" } });
    const read = await fetch(url + path, { headers: { origin: "https://evil.example", ...owner.cookieHeader() } });
    for (const { headers } of [preflight, read]) expect([...headers.keys()].filter((name) => name.startsWith("access-control-"))).toEqual([]);
  }
});

it("is behind https in a cookie that goes over nothing else, and that no other name of the domain can set", async () => {
  expect([...owner.cookies.keys()]).toEqual(["__Host-modyard.session_token"]);
  const response = await owner.ask("POST", "/auth/sign-in", { email: "ada@example.org", password });
  for (const line of response.headers.getSetCookie()) {
    const attributes = line.toLowerCase().split("; ").slice(1);
    expect([attributes.includes("secure"), attributes.includes("path=/"), attributes.some((each) => each.startsWith("domain"))]).toEqual([true, true, false]);
  }
  // A page of another name of the domain can set a cookie without the prefix: it signs nobody in.
  const fixed = [...owner.cookies].map(([name, value]) => `${name.replace("__Host-", "")}=${value}; ${name.replace("__Host-", "__Secure-")}=${value}`).join("; ");
  expect((await (await fetch(`${url}/auth/session`, { headers: { cookie: fixed } })).json())).toMatchObject({ person: null });
});

it("puts the public address into links, whatever a request says it asked", async () => {
  const { body } = await owner.json("POST", "/admin/people", { email: "link@example.org", name: "Link" }, { host: "evil.example", "x-forwarded-host": "evil.example" });
  expect(body["link"]).toMatch(/^https:\/\/modyard\.example\/invitation\?token=[\w-]{43}$/);
});

it("is in no frame of another site's page, and its pages load nothing from elsewhere", async () => {
  for (const path of ["/sign-in", "/setup?token=x", "/invitation", "/pages/sign-in.js", "/pages/sign-in.css", "/pages/type.css"]) {
    const { status, headers } = await fetch(url + path);
    expect([path, status, headers.get("x-frame-options"), headers.get("referrer-policy"), headers.get("x-content-type-options")]).toEqual([path, 200, "DENY", "no-referrer", "nosniff"]);
    expect(headers.get("content-security-policy")).toMatch(/^default-src 'none'; .*frame-ancestors 'none'$/);
    expect(headers.get("content-security-policy")).not.toContain("unsafe");
  }
});
