import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openTestApi, type TestApi } from "../../../../test/support/api.ts";

/** A registry as npm's client asks it: its search, and nothing else. */
let registry: Server;
let asked: string[] = [];
let api: TestApi;
const before = process.env["npm_config_registry"];

beforeAll(async () => {
  registry = createServer((request, response) => {
    asked.push(request.url ?? "");
    const found = { package: { name: "@acme/forum", version: "1.2.0", description: "Talk", keywords: ["community"], date: "2026-01-02T03:04:05.000Z", maintainers: [{ username: "ada", email: "ada@example.org" }], publisher: { username: "ada", email: "ada@example.org" }, links: {} }, searchScore: 1 };
    if ((request.url ?? "").includes("text=secrets")) return void response.writeHead(401, { "www-authenticate": "Bearer" }).end("{}");
    if (!(request.url ?? "").startsWith("/-/v1/search")) return void response.writeHead(404).end("{}");
    return void response.setHeader("content-type", "application/json").end(JSON.stringify({ objects: (request.url ?? "").includes("forum") ? [found] : [], total: 1 }));
  });
  registry.listen(0, "127.0.0.1");
  await once(registry, "listening");
  process.env["npm_config_registry"] = `http://127.0.0.1:${(registry.address() as AddressInfo).port}/`;
  api = await openTestApi();
});
afterAll(async () => {
  await api.close();
  registry.close();
  if (before === undefined) delete process.env["npm_config_registry"];
  else process.env["npm_config_registry"] = before;
});

const read = async (path: string) => {
  const answer = await api.ask("GET", `/admin/${path}`);
  return { status: answer.statusCode, body: answer.json() };
};

it("finds packages that are in no catalog, by npm's own client", async () => {
  const { status, body } = await read("registry/packages?q=forum");
  expect([status, body]).toEqual([200, { source: "npm", problem: null, packages: [{ name: "@acme/forum", version: "1.2.0", description: "Talk", keywords: ["community"], published_at: "2026-01-02T03:04:05.000Z" }] }]);
  expect(asked.some((url) => url.includes("text=forum"))).toBe(true);
  expect((await read("registry/packages?q=nothing%20of%20the%20kind")).body).toEqual({ source: "npm", problem: null, packages: [] });
});

it("passes no options to npm that somebody searches for", async () => {
  asked = [];
  expect((await read("registry/packages?q=--version")).status).toBe(200);
  expect(asked.map((url) => new URL(url, "http://registry").searchParams.get("text"))).toEqual(["--version"]);
});

it("says that the registry wants other credentials, which one it is and what to renew", async () => {
  const { body } = await read("registry/packages?q=secrets");
  const origin = new URL(process.env["npm_config_registry"] ?? "").origin;
  expect(body).toMatchObject({ packages: [], problem: { code: "registry_denied", message: expect.stringContaining(`${origin} wants credentials`) as string, hint: expect.stringContaining(`${origin.replace("http:", "")}/:_authToken=`) as string } });
});

it("says that the registry cannot be searched, and what to do", async () => {
  registry.close();
  registry.closeAllConnections();
  // What it heard before npm would remember.
  const { status, body } = await read("registry/packages?q=blog");
  expect([status, body.packages, body.problem.code]).toEqual([200, [], "registry_unreachable"]);
  expect(body.problem.hint).toMatch(/by the package's name/);
});

it("checks modules against the host; what nobody knows is left out", async () => {
  const { status, body } = await read("registry/checks?slugs=content,blog,no-such-module");
  expect(status).toBe(200);
  expect(body.complete).toBe(true);
  expect(body.checks.map(({ slug, compatible, update_available: update }: { slug: string; compatible: boolean; update_available: boolean }) => [slug, compatible, update])).toEqual([["content", true, false], ["blog", true, false]]);
  expect((await read("registry/checks?slugs=")).status).toBe(400);
});

const lookUp = async (address: unknown) => {
  const answer = await api.ask("POST", "/admin/modules/look-up", address);
  return { status: answer.statusCode, body: answer.json() };
};

it("looks a module up by its address alone: slug and package are what it says of itself", async () => {
  const { status, body } = await lookUp({ source: "path", path: "modules/forum" });
  expect(status).toBe(200);
  expect(body).toMatchObject({ slug: "forum", name: "Forum", version: "0.1.0", described: true, compatible: true, installed: false, dependencies: { content: "^0.1.0" }, problem: null });
  expect(body.install).toEqual({ slug: "forum", spec: { source: "path", package: "@platform/forum", path: "modules/forum" } });
});

it.each([
  { address: { source: "path", path: "modules/nowhere" }, code: "path_not_found" },
  { address: { source: "path", path: "modules/forum", slug: "blog" }, code: "descriptor_mismatch" },
  { address: { source: "git", git: "http://127.0.0.1:1/forum.git", rev: "main" }, code: "git_unreachable" },
])("says what is wrong at $address.path$address.git: $code", async ({ address, code }) => {
  const { status, body } = await lookUp(address);
  expect([status, body.problem.code]).toEqual([200, code]);
});

it.each([
  { address: { source: "git", git: "file:///etc", rev: "main" }, path: "git", hint: /source = "path"/ },
  { address: { source: "git", rev: "main" }, path: "git", hint: /Correct/ },
  { address: { source: "registry", package: "Not a name" }, path: "package", hint: /Correct/ },
  { address: { source: "registry", package: "@acme/forum", version: "newest!" }, path: "version", hint: /Write a version or range/ },
])("refuses an address that is none, by the field: $path", async ({ address, path, hint }) => {
  const { status, body } = await lookUp(address);
  expect([status, body.problems[0].path]).toEqual([400, path]);
  expect(body.problems[0].hint).toMatch(hint);
});

it("shows the manifest's history by commit, and refuses cursors of elsewhere", async () => {
  const { body } = await read("manifest/history");
  expect(body.changes).toHaveLength(1);
  expect(body.changes[0]).toMatchObject({ title: "Node Platform", build_id: null, reason: "", requested_by: [] });
  expect(body.changes[0].diff).toContain("+[modules]");
  expect(body.next_cursor).toBeNull();
  for (const cursor of ["HEAD", "--all", "0".repeat(40)]) expect([cursor, (await read(`manifest/history?cursor=${cursor}`)).status]).toEqual([cursor, 400]);
});

it("shows the manifest as it was at a commit of the branch, and at no other", async () => {
  const { commit } = (await read("manifest/history")).body.changes[0];
  expect((await read(`manifest/history/${commit}`)).body).toEqual({ commit, text: (await read("manifest")).body.text });
  expect([(await read(`manifest/history/${"0".repeat(40)}`)).status, (await read("manifest/history/HEAD")).status]).toEqual([404, 400]);
});

it("shows the server's settings without a secret, and the catalogs", async () => {
  const { body } = await read("settings");
  expect(body.catalogs).toEqual([{ address: "marketplace.toml", modules: expect.any(Number) }]);
  expect(body.settings).toContainEqual({ name: "DATABASE_URL", value: "embedded" });
  expect(JSON.stringify(body)).not.toContain(api.token);
});

it("recomputes the journal's chain, and says so when an entry is not as it was written", async () => {
  expect((await read("journal/verdict")).body).toMatchObject({ fits: true, problems: [], more: false });
  const { db } = api.plane.handle;
  await db.transaction().execute(async (trx) => {
    await sql`set local session_replication_role = replica`.execute(trx);
    await trx.updateTable("journal").set({ reason: "somebody else wrote this" }).execute();
  });
  const { body } = await read("journal/verdict");
  expect([body.fits, body.problems[0].code]).toEqual([false, "journal_entry_changed"]);
});
