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

it("shows the manifest's history by commit, and refuses cursors of elsewhere", async () => {
  const { body } = await read("manifest/history");
  expect(body.changes).toHaveLength(1);
  expect(body.changes[0]).toMatchObject({ title: "Node Platform", build_id: null, reason: "", requested_by: [] });
  expect(body.changes[0].diff).toContain("+[modules]");
  expect(body.next_cursor).toBeNull();
  for (const cursor of ["HEAD", "--all", "0".repeat(40)]) expect([cursor, (await read(`manifest/history?cursor=${cursor}`)).status]).toEqual([cursor, 400]);
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
