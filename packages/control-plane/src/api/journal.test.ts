import { request as httpRequest } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import { openTestApi, type TestApi } from "../../../../test/support/api.ts";
import { onBehalfOf } from "../journal/behind.ts";
import { appendJournal, readJournal } from "../journal/journal.ts";
import { withAsked, withOrigin } from "../journal/origin.ts";
import { withoutSecrets } from "./asked.ts";
import type { journalRecordsView } from "./views/journal-record.ts";

type Page = z.output<typeof journalRecordsView>;

let api: TestApi;
let url: URL;

beforeAll(async () => {
  api = await openTestApi(undefined, { MODYARD_TRUSTED_PROXIES: "127.0.0.1" });
  url = new URL(await api.app.listen({ host: "127.0.0.1", port: 0 }));
});
afterAll(() => api.close());

/** Sends a body in two parts, as a slow network does: the rest of the request goes on where the second one came in. */
async function slowPost(path: string, body: unknown, headers: Record<string, string> = {}): Promise<{ readonly status: number; readonly requestId: string }> {
  const text = JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const sent = httpRequest(new URL(path, url), { method: "POST", headers: { authorization: `Bearer ${api.token}`, "content-type": "application/json", "content-length": text.length, ...headers } }, (answer) => {
      answer.resume();
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, requestId: String(answer.headers["x-request-id"]) }));
    });
    sent.on("error", reject);
    sent.write(text.slice(0, 5));
    void sleep(50).then(() => sent.end(text.slice(5)));
  });
}

async function search(query: string): Promise<Page["events"]> {
  const answer = await api.ask("GET", `/admin/events?${query}`);
  expect([answer.statusCode, answer.body]).toEqual([200, expect.anything()]);
  return answer.json<Page>().events;
}

describe("where an entry comes from", () => {
  it("is told: address, request, who acted and what was asked", async () => {
    const { status, requestId } = await slowPost("/admin/retention?", { reason: "tidy https://ada:secret@example.org/x?key=hidden" });
    expect(status).toBe(200);
    const [entry] = await search(`request_id=${requestId}`);
    expect(entry).toMatchObject({ action: "retention.removed", origin: { request_id: requestId, address: "127.0.0.1", principal: { kind: "token", name: "admin" }, asked: { operation: "runRetention", body: { reason: "tidy https://***@example.org/x?key=***" } } } });
    expect(entry?.origin?.principal?.id).toMatch(/^tok_/);
  });

  it("is the client's address where a trusted proxy says it", async () => {
    const { requestId } = await slowPost("/admin/retention", {}, { "x-forwarded-for": "198.51.100.7, 127.0.0.1" });
    expect((await search(`request_id=${requestId}`))[0]?.origin?.address).toBe("198.51.100.7");
  });

  it("is its own for each of many requests at once", async () => {
    const sent = await Promise.all(Array.from({ length: 8 }, (_, index) => slowPost("/admin/leases/nobody/take-over", { reason: `${index}` }).then(() => slowPost("/admin/retention", { reason: `at once ${index}` }))));
    for (const [index, { requestId }] of sent.entries()) {
      const found = await search(`request_id=${requestId}`);
      // Retention may be at work for another request: then this one wrote nothing.
      for (const entry of found) expect(entry.origin?.asked).toMatchObject({ body: { reason: `at once ${index}` } });
    }
    const all = await search("action=retention.removed&limit=1000");
    expect(new Set(all.map(({ origin }) => origin?.request_id)).size).toBe(all.length);
  });

  it("is not told to who may not see people", async () => {
    const made = await api.ask("POST", "/admin/tokens", { name: "looker", grants: [{ environment: null, role: "viewer" }] });
    const { token } = made.json<{ token: string }>();
    const answer = await api.app.inject({ method: "GET", url: "/admin/events?limit=5", headers: { authorization: `Bearer ${token}` } });
    expect(answer.json<Page>().events.map(({ origin }) => origin)).toEqual([null, null, null, null, null]);
    expect(answer.body).not.toContain("198.51.100.7");
    const made2 = await api.app.inject({ method: "GET", url: "/admin/journal/chain", headers: { authorization: `Bearer ${token}` } });
    expect(made2.statusCode).toBe(403);
  });

  it("can be told more closely where one request asks several things", async () => {
    const { db } = api.plane.handle;
    await withOrigin({ requestId: "several", address: "::1" }, () => withAsked({ operation: "cancelBuild" }, () => appendJournal(db, { actor: "ada", action: "build.cancelled", subjectType: "build", subjectId: "bld_x" })));
    expect((await search("request_id=several"))[0]?.origin).toMatchObject({ address: "::1", asked: { operation: "cancelBuild" } });
  });

  it("is, for what a worker does, the request that caused it", async () => {
    const { db } = api.plane.handle;
    const asked = await api.ask("POST", "/admin/builds", { install: ["forum"], reason: "soon" });
    const { build_id: id } = asked.json<{ build_id: string }>();
    await onBehalfOf(db, id, () => appendJournal(db, { actor: "admin", action: "build.started", subjectType: "build", subjectId: id }));
    const found = await search(`request_id=${String(asked.headers["x-request-id"])}`);
    expect(found.map(({ action, origin }) => [action, origin?.address, origin?.principal?.name])).toEqual([["build.started", null, undefined], ["build.requested", "127.0.0.1", "admin"]]);
    await api.ask("POST", `/admin/builds/${id}/cancel`, { reason: "too early" });
    expect((await search(`subject=${id}&action=build.cancelled`))[0]).toMatchObject({ reason: "too early", details: { was: "queued" } });
  });

  it("keeps no secrets, however they are named", () => {
    const asked = { password: "a", newPassword: "b", token: "c", "client-secret": ["d"], api_key: { e: "f" }, plan_hash: "kept", token_name: "kept", nested: [{ accessToken: "g", url: "https://h.example/i?sig=j&k=l" }], nothing: null, long: "m".repeat(5_000) };
    expect(withoutSecrets(asked)).toEqual({ password: "***", newPassword: "***", token: "***", "client-secret": "***", api_key: "***", plan_hash: "kept", token_name: "kept", nested: [{ accessToken: "***", url: "https://h.example/i?sig=***&k=***" }], nothing: null, long: "*** (5000 characters)" });
  });

  it("loses no entry for text that the database cannot keep", async () => {
    const { db } = api.plane.handle;
    await appendJournal(db, { actor: "ada\0", action: "build.failed", subjectType: "build", subjectId: "bld_nul", reason: "a\0b\uD800", details: { line: "c\0d\uDC00" } });
    const found = (await readJournal(db, { limit: 10, subjectId: "bld_nul" }))[0];
    expect(found).toMatchObject({ actor: "ada\uFFFD", reason: "a\uFFFDb\uFFFD", details: { line: "c\uFFFDd\uFFFD" } });
  });
});

describe("a search of the journal", () => {
  const at: string[] = [];
  beforeAll(async () => {
    const { db } = api.plane.handle;
    const entries = [
      { actor: "zoë", action: "build.requested", subjectType: "build", subjectId: "bld_s1", reason: "Forum for the spring-campaign", details: { deployTo: "shop", delta: { added: [{ slug: "@acme/forum", version: "1.2.0" }] } } },
      { actor: "zoë", action: "build.failed", subjectType: "build", subjectId: "bld_s1", details: { step: "compile" } },
      { actor: "bob", action: "deployment.requested", subjectType: "deployment", subjectId: "dpl_s1", reason: "Весна", details: { environment: "shop" } },
      { actor: "modyard", action: "environment.restored", subjectType: "environment", subjectId: "shop" },
    ] as const;
    for (const entry of entries) {
      await appendJournal(db, entry);
      await sleep(2);
      at.push(new Date().toISOString());
      await sleep(2);
    }
  });

  it.each([
    ["actor=zo%C3%AB", ["build.failed", "build.requested"]],
    ["actor=zo%C3%AB&action=build.*", ["build.failed", "build.requested"]],
    ["actor=zo%C3%AB&action=build.failed", ["build.failed"]],
    ["environment=shop", ["environment.restored", "deployment.requested", "build.requested"]],
    ["environment=shop&action=deployment.*", ["deployment.requested"]],
    ["subject=bld_s1", ["build.failed", "build.requested"]],
    ["q=spring", ["build.requested"]],
    ["q=campaign+FORUM", ["build.requested"]],
    ["q=acme/for", ["build.requested"]],
    ["q=1.2.0+forum", ["build.requested"]],
    ["q=%D0%B2%D0%B5%D1%81", ["deployment.requested"]],
    ["q=forum+winter", []],
    ["q=%27+%26+%7C+%21+%28+%3A*+%5C", undefined],
    ["environment=shop&limit=1", ["environment.restored"]],
    ["types=BuildFailed&actor=zo%C3%AB", ["build.failed"]],
  ])("finds %s", async (query, actions) => {
    const found = await search(query);
    if (actions !== undefined) expect(found.map(({ action }) => action)).toEqual(actions);
  });

  it("finds what happened in a time", async () => {
    const [first = "", , third = ""] = at;
    expect((await search(`since=${first}&until=${third}&environment=shop`)).map(({ action }) => action)).toEqual(["deployment.requested"]);
    expect((await search(`since=${first}&until=${third}`)).map(({ action }) => action)).toEqual(["deployment.requested", "build.failed"]);
    const offset = first.replace("Z", "+00:00");
    expect(await search(`since=${encodeURIComponent(offset)}&until=${third}`)).toHaveLength(2);
    expect((await api.ask("GET", "/admin/events?since=yesterday")).statusCode).toBe(400);
  });

  it("goes through all pages, each entry once", async () => {
    const whole = (await search("limit=1000")).map(({ id }) => id);
    const found: number[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const { events, next_cursor: next }: Page = (await api.ask("GET", `/admin/events?limit=3${cursor === "" ? "" : `&cursor=${cursor}`}`)).json();
      found.push(...events.map(({ id }) => id));
      cursor = next;
    }
    expect(found).toEqual(whole);
    expect(new Set(found).size).toBe(found.length);
  });
});
