import { statSync, readFileSync } from "node:fs";
import { createHmac } from "node:crypto";
import { join as joinPath } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestApi, type TestApi } from "../../../../../test/support/api.ts";
import { PageClient } from "../../../../../test/support/page-client.ts";
import { goodPassword as password, join } from "../../../../../test/support/people.ts";
import { provideSetupLink } from "../../access/sign-in/setup.ts";
import { readNewest } from "./journal.fixtures.ts";

let api: TestApi;
let url: string;
let owner: PageClient;

beforeAll(async () => {
  api = await openTestApi();
  url = await api.app.listen({ host: "127.0.0.1", port: 0 });
});
afterAll(async () => {
  const journal = JSON.stringify(await readNewest(api));
  for (const text of [api.logged(), journal]) for (const secret of [password, "wrong password", sessionOf(owner)]) expect(text).not.toContain(secret);
  await api.close();
});

const page = () => new PageClient(url);
const cookie = "modyard.session_token";
const sessionOf = ({ cookies }: PageClient): string => cookies.get(cookie) ?? expect.unreachable();
const setupLink = async (): Promise<string> => (await provideSetupLink(api.plane.handle))?.token ?? expect.unreachable();
const statusOf = async (client: PageClient, path = "/admin/builds"): Promise<number> => (await client.ask("GET", path)).status;
const guess = (email: string) => page().ask("POST", "/auth/sign-in", { email, password: "wrong password" });
const forget = () => api.plane.handle.db.deleteFrom("signInAttempts").execute();

describe("the first owner", () => {
  it("finds a link that is too old, or none, refused", async () => {
    const token = await setupLink();
    await api.plane.handle.db.updateTable("signInLinks").set({ expiresAt: new Date(Date.now() - 1) } as never).execute();
    for (const each of [token, "x".repeat(43), "' or 1=1 --"]) {
      const { status, body } = await page().json("POST", "/auth/setup", { token: each, name: "Eve", email: "eve@example.org", password });
      expect([status, body["code"]]).toEqual([410, "link_not_valid"]);
      expect((await page().json("POST", "/auth/link", { token: each })).status).toBe(410);
    }
    expect(await api.plane.handle.db.selectFrom("people").selectAll().execute()).toEqual([]);
  });

  it("needs a password that nobody guesses", async () => {
    const token = await setupLink();
    for (const bad of ["short", "aaaaaaaaaaaaaaaa", "ada@example.org!", "x".repeat(129)]) {
      const { status, body } = await page().json("POST", "/auth/setup", { token, name: "Ada", email: "ada@example.org", password: bad });
      expect([bad, status, body["code"]]).toEqual([bad, 422, "password_unfit"]);
    }
    expect((await page().json("POST", "/auth/link", { token })).body).toMatchObject({ kind: "setup", email: null });
  });

  it("is made by the link, once, also when several take it at the same time", async () => {
    const links = [await setupLink(), await setupLink()];
    const pages = links.flatMap((token) => [1, 2, 3].map((each) => ({ token, each, client: page() })));
    const answers = await Promise.all(pages.map(({ token, each, client }) => client.json("POST", "/auth/setup", { token, name: `Ada ${each}`, email: `ada${each}@example.org`, password })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409, 409, 409]);
    owner = pages[answers.findIndex(({ status }) => status === 200)]?.client ?? expect.unreachable();
    expect(await statusOf(owner, "/admin/people")).toBe(200);
    expect(await provideSetupLink(api.plane.handle)).toBeUndefined();
    const again = await page().json("POST", "/auth/setup", { token: links[0], name: "Eve", email: "eve@example.org", password });
    expect([again.status, again.body["code"]]).toEqual([410, "link_not_valid"]);
    expect(await api.plane.handle.db.selectFrom("people").selectAll().execute()).toHaveLength(1);
  });
});

describe("a session", () => {
  it("is in a cookie that no script reads and no other site's form brings along", async () => {
    const response = await page().ask("POST", "/auth/sign-in", { email: "nobody@example.org", password });
    expect(response.headers.getSetCookie()).toEqual([]);
    const client = await join(owner, url, "cookie@example.org", "viewer");
    const [line = ""] = (await client.ask("POST", "/auth/sign-in", { email: "cookie@example.org", password })).headers.getSetCookie().filter((each) => each.startsWith(cookie));
    expect(line.toLowerCase().split("; ").slice(1).toSorted()).toEqual(["httponly", "max-age=604800", "path=/", "samesite=lax"]);
  });

  it("is good for what the person may, and for nothing after signing out", async () => {
    const client = await join(owner, url, "viewer@example.org", "viewer");
    expect(await statusOf(client)).toBe(200);
    expect(await statusOf(client, "/admin/people")).toBe(403);
    const kept = new Map(client.cookies);
    expect((await client.json("POST", "/auth/sign-out")).body).toEqual({ signed_in: false });
    expect(client.cookies.has(cookie)).toBe(false);
    for (const [name, value] of kept) client.cookies.set(name, value);
    expect(await statusOf(client)).toBe(401);
    expect((await client.json("GET", "/auth/session")).body).toMatchObject({ person: null, session_id: null });
  });

  it("of nobody with a role may look at nothing, and the page is told who it is", async () => {
    const client = await join(owner, url, "guest@example.org");
    expect((await client.json("GET", "/auth/session")).body).toMatchObject({ person: { email: "guest@example.org", grants: [], status: "active" } });
    for (const path of ["/admin/builds", "/admin/me", "/admin/me/sessions"]) expect([path, await statusOf(client, path)]).toEqual([path, 403]);
  });

  it("is never one that somebody put into the browser before, and the former one ends", async () => {
    const client = await join(owner, url, "fixed@example.org", "viewer");
    const before = sessionOf(client);
    const planted = page();
    planted.cookies.set(cookie, sessionOf(owner).replace(/^./, (first) => (first === "a" ? "b" : "a")));
    for (const each of [client, planted]) expect((await each.json("POST", "/auth/sign-in", { email: "fixed@example.org", password })).status).toBe(200);
    expect(new Set([before, sessionOf(client), sessionOf(planted)]).size).toBe(3);
    const former = page();
    former.cookies.set(cookie, before);
    expect(await statusOf(former)).toBe(401);
  });

  it("cannot be made up: not without the signature, not with one by another secret", async () => {
    const value = decodeURIComponent(sessionOf(owner));
    const token = value.slice(0, value.lastIndexOf("."));
    const signed = (secret: string): string => `${token}.${createHmac("sha256", secret).update(token).digest("base64")}`;
    const file = joinPath(api.plane.config.dataDirectory, "sign-in-secret");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const secret = readFileSync(file, "utf8").trim();
    const forged = ["", token, `${token}.`, `${token}.x`, signed("better-auth-secret-12345678901234567890"), signed(""), `${"a".repeat(32)}.${value.split(".")[1]}`, "%", "x".repeat(8_000)];
    for (const each of forged) {
      const response = await fetch(`${url}/admin/builds`, { headers: { cookie: `${cookie}=${encodeURIComponent(each).replace("%25", "%")}` } });
      expect([each, response.status]).toEqual([each, 401]);
    }
    const good = await fetch(`${url}/admin/builds`, { headers: { cookie: `${cookie}=${encodeURIComponent(signed(secret))}` } });
    expect(good.status).toBe(200);
  });

  it("gives way to a token, also to a bad one", async () => {
    for (const authorization of ["Bearer mya_nothing-that-is-known", "Basic YTpi", "Bearer"]) expect((await owner.ask("GET", "/admin/builds", undefined, { authorization })).status).toBe(401);
  });
});

describe("guessing", () => {
  it("is answered alike for who is there and who is not, and ends soon, however many try at once", async () => {
    await forget();
    for (const email of ["viewer@example.org", "nobody@example.org"]) {
      const answers = await Promise.all(Array.from({ length: 20 }, () => guess(email)));
      const texts = await Promise.all(answers.map(async (each) => [each.status, ((await each.json()) as { code: string }).code].join(" ")));
      expect([email, texts.toSorted()]).toEqual([email, [...Array.from({ length: 5 }, () => "401 sign_in_refused"), ...Array.from({ length: 15 }, () => "429 too_many_attempts")]]);
    }
  });

  it("keeps out the right password from there as well, says for how long, and no header gets around it", async () => {
    const response = await page().ask("POST", "/auth/sign-in", { email: "VIEWER@example.org", password }, { "x-forwarded-for": "203.0.113.7", "x-modyard-address": "203.0.113.8", forwarded: "for=203.0.113.9" });
    expect(response.status).toBe(429);
    const seconds = Number(response.headers.get("retry-after"));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(900);
    expect(response.headers.getSetCookie()).toEqual([]);
    expect((await page().json("POST", "/auth/sign-in", { email: "fixed@example.org", password })).status).toBe(200);
  });

  it("is forgotten when the time is over, and by the right password", async () => {
    await api.plane.handle.db.updateTable("signInAttempts").set({ startedAt: new Date(Date.now() - 3_700_000) } as never).execute();
    for (let round = 0; round < 2; round += 1) {
      for (let each = 0; each < 4; each += 1) expect((await guess("viewer@example.org")).status).toBe(401);
      expect((await page().json("POST", "/auth/sign-in", { email: "viewer@example.org", password })).status).toBe(200);
    }
  });

  it("of one's own password by who sits at the screen ends, too", async () => {
    await forget();
    const client = await join(owner, url, "screen@example.org", "viewer");
    const statuses: number[] = [];
    for (let each = 0; each < 7; each += 1) statuses.push((await client.ask("POST", "/admin/me/password", { current_password: `wrong password ${each}`, new_password: "something else entirely" })).status);
    expect(statuses).toEqual([422, 422, 422, 422, 422, 429, 429]);
    await forget();
  });
});

describe("hostile input", () => {
  const bodies: readonly unknown[] = [
    "{", "null", "[]", '"x"', "7", `{"email":${"[".repeat(50_000)}${"]".repeat(50_000)}}`, '{"__proto__":{"email":"a@b.example"},"email":"a@b.example","password":"x"}',
    {}, { email: "a@b.example" }, { email: "not an address", password }, { email: ["a@b.example"], password }, { email: "a@b.example", password: { $ne: "" } }, { email: "a@b.example", password, remember: true },
    { email: `${"a".repeat(300)}@b.example`, password }, { email: "a@b.example", password: "x".repeat(10_000) }, { email: "a@b.example\u0000", password }, { email: "a@b.example", password: "a\u0000b" }, { email: "a@b.example", password: "\ud800" },
    { token: "x", email: "a@b.example", name: "\u202egro.elpmaxe", password }, { token: "x", email: "a@b.example", name: "   ", password }, { token: "x".repeat(500), password }, { token: 7 },
  ];

  it.each(["/auth/sign-in", "/auth/sign-out", "/auth/setup", "/auth/link", "/auth/password", "/auth/single-sign-on"])("is refused with what is wrong: %s", async (path) => {
    await forget();
    for (const body of bodies) {
      const { status, body: answer } = await page().json("POST", path, body);
      expect([path, JSON.stringify(body)?.slice(0, 80), status < 500, typeof answer["code"] === "string" || status === 200]).toEqual([path, JSON.stringify(body)?.slice(0, 80), true, true]);
    }
    const huge = await page().json("POST", path, `{"email":"${"a".repeat(1_200_000)}"}`);
    expect([path, huge.status]).toEqual([path, 413]);
    const form = await page().ask("POST", path, "email=ada1%40example.org&password=x", { "content-type": "application/x-www-form-urlencoded" });
    expect([path, form.status]).toEqual([path, 400]);
  });

  const comingBack = { nothing: "", "a state": "?state=x&code=y", "a refusal": "?error=access_denied&state=x", "a huge code": `?code=${"x".repeat(5_000)}`, "two codes": "?code=a&code=b", "a control character": "?state=%00", "an issuer": "?iss=http://169.254.169.254/" };
  it.each(Object.entries(comingBack))("comes back from no single sign-on, with %s", async (_, query) => {
    const response = await page().ask("GET", `/auth/callback/oidc${query}`);
    expect([400, 404]).toContain(response.status);
    expect(response.headers.get("content-type")).toContain("application/problem+json");
  });

  it("finds nothing of the library's own addresses", async () => {
    for (const path of ["/auth/get-session", "/auth/sign-up/email", "/auth/sign-in/email", "/auth/list-sessions", "/auth/update-user", "/auth/callback/github", "/auth/error", "/auth/ok", "/api/auth/ok"]) {
      for (const method of ["GET", "POST"]) expect([path, method, (await owner.ask(method, path, method === "POST" ? {} : undefined)).status]).toEqual([path, method, 404]);
    }
  });
});
