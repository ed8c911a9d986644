import { afterAll, beforeAll, expect, it } from "vitest";
import { openTestApi, type TestApi } from "../../../../../test/support/api.ts";
import { freePort } from "../../../../../test/support/free-port.ts";
import { OidcProvider, type ProviderAccount } from "../../../../../test/support/oidc-provider.ts";
import { PageClient } from "../../../../../test/support/page-client.ts";
import { becomeOwner, goodPassword as password } from "../../../../../test/support/people.ts";
import { readNewest } from "./journal.fixtures.ts";

const clientSecret = "a-secret-of-the-client";
let api: TestApi;
let url: string;
let provider: OidcProvider;
let owner: PageClient;

beforeAll(async () => {
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  provider = new OidcProvider({ port: await freePort(), clientId: "modyard", clientSecret, redirectUri: `${url}/auth/callback/oidc` });
  const oidc = { MODYARD_OIDC_ISSUER: provider.issuer, MODYARD_OIDC_CLIENT_ID: "modyard", MODYARD_OIDC_CLIENT_SECRET: clientSecret, MODYARD_OIDC_NAME: "Example Inc.", MODYARD_OIDC_DEFAULT_ROLE: "viewer" };
  api = await openTestApi(undefined, { MODYARD_PUBLIC_URL: url, ...oidc });
  await api.app.listen({ host: "127.0.0.1", port });
  owner = await becomeOwner(api, url);
});
afterAll(async () => {
  expect(api.logged()).not.toContain(clientSecret);
  await provider.stop();
  await api.close();
});

const account = (name: string, facts: Partial<ProviderAccount> = {}): ProviderAccount => ({ sub: `sub-${name}`, email: `${name}@example.org`, email_verified: true, name, ...facts });
const people = async (): Promise<number> => (await api.plane.handle.db.selectFrom("people").selectAll().execute()).length;

/** Signs in as a person does; resolves with the browser and where it ended. */
async function come(who: ProviderAccount | undefined): Promise<{ readonly page: PageClient; readonly end: URL; readonly back: string }> {
  const page = new PageClient(url);
  const { status, body } = await page.json("POST", "/auth/single-sign-on", {});
  expect(status).toBe(200);
  provider.account = who;
  const back = await provider.visit(String(body["url"]));
  return { page, end: await comeBack(page, back), back };
}

async function comeBack(page: PageClient, back: string): Promise<URL> {
  const response = await page.ask("GET", back, undefined, { "sec-fetch-site": "cross-site" });
  expect(response.status).toBe(302);
  return new URL(response.headers.get("location") ?? "", url);
}

const stateOf = async (page: PageClient) => (await page.json("GET", "/auth/session")).body;

it("keeps nobody else out while the provider does not answer, and finds it when it does", async () => {
  const page = new PageClient(url);
  const { status, body } = await page.json("POST", "/auth/single-sign-on", {});
  expect([status, body["code"]]).toEqual([503, "sso_unreachable"]);
  expect((await page.ask("POST", "/auth/sign-in", { email: "ada@example.org", password })).status).toBe(200);
  expect(await stateOf(page)).toMatchObject({ single_sign_on: { name: "Example Inc." } });
  await provider.start();
  expect((await page.ask("POST", "/auth/single-sign-on", {})).status).toBe(200);
});

it("asks with proof keys and a nonce, for who somebody is and nothing else", async () => {
  const { body } = await new PageClient(url).json("POST", "/auth/single-sign-on", {});
  const asked = Object.fromEntries(new URL(String(body["url"])).searchParams);
  expect(asked).toMatchObject({ response_type: "code", client_id: "modyard", redirect_uri: `${url}/auth/callback/oidc`, code_challenge_method: "S256", scope: "openid email profile" });
  for (const name of ["code_challenge", "nonce", "state"]) expect(asked[name]).toMatch(/^[\w-]{16,}$/);
  expect(JSON.stringify(body)).not.toContain(clientSecret);
});

it("lets in whom nobody invited, with the default role, as the same person each time", async () => {
  const { page, end } = await come(account("fay"));
  expect([end.pathname, end.search]).toEqual(["/sign-in", ""]);
  expect(await stateOf(page)).toMatchObject({ person: { email: "fay@example.org", name: "fay", status: "active", grants: [{ environment: null, role: "viewer" }], invited_by: null } });
  expect((await page.ask("GET", "/admin/builds")).status).toBe(200);
  const count = await people();
  // An e-mail address may change; who somebody is does not.
  const again = await come(account("fay", { email: "fay.new@example.org" }));
  expect(await stateOf(again.page)).toMatchObject({ person: { email: "fay@example.org" } });
  expect(await people()).toBe(count);
  const told = (await readNewest(api)).filter(({ actor }) => actor === "fay@example.org").map(({ action, details }) => [action, details["way"]]);
  expect(told).toEqual([["person.joined", "single sign-on"], ["person.signed_in", "single sign-on"], ["person.signed_in", "single sign-on"]]);
});

it("keeps nothing to ask the provider with", async () => {
  const { rows } = await api.plane.handle.pool.query("select access_token, refresh_token, id_token from credentials where provider_id = 'oidc'");
  expect(rows).toEqual([{ access_token: null, refresh_token: null, id_token: null }]);
});

it("lets in who was invited, with the roles of the invitation, whose link is over then", async () => {
  const { body } = await owner.json("POST", "/admin/people", { email: "gil@example.org", name: "Gil", grants: [{ role: "operator" }] });
  const { page } = await come(account("gil"));
  expect(await stateOf(page)).toMatchObject({ person: { email: "gil@example.org", name: "Gil", grants: [{ role: "operator" }], status: "active" } });
  const token = new URL(String(body["link"])).searchParams.get("token");
  expect((await page.ask("POST", "/auth/password", { token, password })).status).toBe(410);
});

it("gives nobody another's account for an address that the provider did not verify", async () => {
  const { page, end } = await come(account("eve", { email: "ada@example.org", email_verified: false }));
  expect([end.pathname, end.searchParams.get("error")]).toEqual(["/sign-in", "account_not_linked"]);
  expect(await stateOf(page)).toMatchObject({ person: null });
});

it("makes nobody a person under an address that the provider did not verify", async () => {
  const count = await people();
  const { page, end } = await come(account("director", { email_verified: false }));
  expect([end.pathname, end.searchParams.get("error"), await people()]).toEqual(["/sign-in", "email_not_verified", count]);
  expect(await stateOf(page)).toMatchObject({ person: null });
});

it("lets nobody in who is disabled", async () => {
  await owner.ask("PATCH", "/admin/people/fay@example.org", { disabled: true });
  const { page, end } = await come(account("fay"));
  expect(end.searchParams.get("error")).toBe("unable_to_create_session");
  expect(await stateOf(page)).toMatchObject({ person: null });
});

it("tells who cancels, and who has no address, that they are not signed in", async () => {
  const cancelled = await come(undefined);
  expect(cancelled.end.searchParams.get("error")).toBe("access_denied");
  const nameless = await come(account("noone", { email: "" }));
  expect(nameless.end.searchParams.get("error")).not.toBeNull();
  for (const { page } of [cancelled, nameless]) expect(await stateOf(page)).toMatchObject({ person: null });
});

it("takes an answer once, and only in the browser that asked", async () => {
  const { page, back } = await come(account("hal"));
  expect(await stateOf(page)).toMatchObject({ person: { email: "hal@example.org" } });
  // The same answer again, and somebody else's answer in a browser that asked nothing: a way to sign people in as another.
  const victim = new PageClient(url);
  for (const browser of [page, victim]) expect((await comeBack(browser, back)).searchParams.get("error")).not.toBeNull();
  expect(await stateOf(victim)).toMatchObject({ person: null });
  const other = new PageClient(url);
  const { body } = await other.json("POST", "/auth/single-sign-on", {});
  provider.account = account("ivy");
  const answer = new URL(await provider.visit(String(body["url"])));
  expect((await comeBack(victim, answer.href)).searchParams.get("error")).not.toBeNull();
  answer.searchParams.set("code", "made-up");
  expect((await comeBack(other, answer.href)).searchParams.get("error")).not.toBeNull();
  expect([await stateOf(victim), await stateOf(other)].map(({ person }) => person)).toEqual([null, null]);
});
