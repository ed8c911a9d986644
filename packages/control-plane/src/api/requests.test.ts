import { request as httpRequest } from "node:http";
import type { LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import { openTestApi, type TestApi } from "../../../../test/support/api.ts";
import { problemDetailsView } from "./views/common.ts";

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
});
afterAll(async () => {
  // Whatever was asked above: neither the token nor a hash of it may stand in the log.
  expect(api.logged()).not.toContain(api.token);
  await api.close();
});

const anyBuild = "bld_01jd0000000000000000000000";

/** Reads problem details and checks what every one of them must and must not hold. */
function problemOf(response: LightMyRequestResponse): z.output<typeof problemDetailsView> {
  expect(response.headers["content-type"]).toContain("application/problem+json");
  const details = problemDetailsView.parse(response.json());
  expect(details.status).toBe(response.statusCode);
  expect(details.hint).not.toBe("");
  expect(details.request_id).toMatch(/^[0-9a-f-]{36}$/);
  expect(response.body).not.toMatch(/\bat .+:\d+:\d+|node_modules|node:internal|"stack"|SELECT|select /);
  return details;
}

interface Route {
  readonly method: string;
  readonly path: string;
  readonly security: readonly unknown[] | undefined;
}

function routes(): readonly Route[] {
  const document = api.app.swagger() as unknown as { paths: Record<string, Record<string, { security?: readonly unknown[] }>> };
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, { security }]) => ({ method: method.toUpperCase(), path: path.replaceAll(/\{\w+\}/g, anyBuild), security })),
  );
}

describe("who may ask", () => {
  it("answers no route below /admin without a token that it knows", async () => {
    const admin = routes().filter(({ path }) => path.startsWith("/admin"));
    expect(admin.length).toBeGreaterThan(15);
    for (const { method, path, security } of admin) {
      expect(security).toBeUndefined();
      for (const authorization of [undefined, "Bearer", `Bearer ${"x".repeat(47)}`, `Basic ${api.token}`, api.token]) {
        const response = await api.app.inject({ method: method as "GET", url: path, ...(authorization !== undefined && { headers: { authorization } }) });
        expect([path, response.statusCode, problemOf(response).code]).toEqual([path, 401, "unauthenticated"]);
        expect(response.headers["www-authenticate"]).toBe("Bearer");
      }
    }
  });

  it("is asked before the body is read", async () => {
    const response = await api.app.inject({ method: "POST", url: "/admin/builds", payload: "{", headers: { "content-type": "application/json" } });
    expect(response.statusCode).toBe(401);
  });

  it("answers the open routes to everybody, and the description says which", async () => {
    const open = routes().filter(({ security }) => security !== undefined);
    const signIn = ["callback/oidc", "link", "password", "session", "setup", "sign-in", "sign-out", "single-sign-on"].map((name) => `/auth/${name}`);
    expect(open.map(({ path }) => path).toSorted()).toEqual([...signIn, "/healthz", "/openapi.json", "/readyz"]);
    expect(open.map(({ security }) => security)).toEqual(open.map(() => []));
    for (const path of ["/auth/session", "/healthz", "/openapi.json", "/readyz"]) expect((await api.app.inject(path)).statusCode).toBe(200);
  });

  it("writes the scheme as the client likes", async () => {
    const response = await api.app.inject({ url: "/admin/builds", headers: { authorization: `bearer ${api.token}` } });
    expect(response.statusCode).toBe(200);
  });
});

describe("bodies", () => {
  it("refuses unknown keys by their names, and wrong types by their paths, all at once", async () => {
    const response = await api.ask("POST", "/admin/builds", { install: "forum", uninstal: ["blog"], force: "yes", reason: 7 });
    const { status, code, problems } = problemOf(response);
    expect([status, code]).toEqual([400, "request_invalid"]);
    const told = problems.map(({ message }) => message).join("\n");
    for (const name of ["uninstal", "install", "force", "reason"]) expect(told).toContain(name);
  });

  it.each([
    ["an array", []],
    ["text", '"forum"'],
    ["null", "null"],
    ["a number", "7"],
  ])("refuses %s instead of an object", async (_, body) => {
    const response = await api.ask("POST", "/admin/builds", body, { "content-type": "application/json" });
    expect(problemOf(response)).toMatchObject({ status: 400, code: "request_invalid" });
  });

  it("refuses a body that is not there where one is needed", async () => {
    expect(problemOf(await api.ask("POST", "/admin/builds"))).toMatchObject({ status: 400, code: "request_invalid" });
    expect(problemOf(await api.ask("POST", "/admin/builds", "", { "content-type": "application/json" }))).toMatchObject({ status: 400, code: "request_invalid" });
  });

  it.each(["https://ada:hunter22@git.example/x.git", "https://ghp_token@git.example/x.git", "ssh://git:hunter22@git.example/x.git"])("refuses the password in %s: the journal would keep it for ever", async (git) => {
    for (const change of [{ install: [{ slug: "forum", spec: { source: "git", git, rev: "v1", package: "x" } }] }, { modules: { forum: { source: "git", git, rev: "v1", package: "x" } } }]) {
      const response = await api.ask("POST", "/admin/builds", change);
      expect(problemOf(response)).toMatchObject({ status: 400, code: "request_invalid" });
      expect(response.body).not.toMatch(/hunter22|ghp_token/);
    }
    expect((await api.ask("POST", "/admin/plans", { install: [{ slug: "forum", spec: { source: "git", git: "ssh://git@127.0.0.1:1/x.git", rev: "v1", package: "x" } }] })).statusCode).toBe(200);
  });

  it.each([
    ["broken JSON", '{"install": ["forum"', "application/json"],
    ["a prototype", '{"__proto__": {"force": true}, "install": ["forum"]}', "application/json"],
    ["another type", "install=forum", "application/x-www-form-urlencoded"],
    ["XML", "<install/>", "text/xml"],
    ["text", '{"install": ["forum"]}', "text/plain"],
    ["bytes that are no text", Buffer.from('{"install": ["forum"], "reason": "\xe4"}', "latin1"), "application/json"],
  ])("refuses %s", async (_, body, type) => {
    expect(problemOf(await api.ask("POST", "/admin/builds", body, { "content-type": type }))).toMatchObject({ status: 400, code: "body_not_json" });
  });

  it.each([["QUERY", "/admin/builds", 405], ["POST", "/admin/builds/bld_1", 405], ["POST", "/nowhere", 404]] as const)("tells that %s %s is not there before it looks at a body", async (method, url, status) => {
    for (const [type, payload] of [["text/plain", "x"], ["application/json", "{"]] as const) {
      const response = await api.app.inject({ method: method as "POST", url, payload, headers: { "content-type": type } });
      expect([type, response.statusCode, response.headers.allow !== undefined]).toEqual([type, status, status === 405]);
    }
  });

  it("tells of addresses with files the truth about what is there", async () => {
    const [outside, directory] = [await api.app.inject("/docs/static/%2e%2e/x"), await api.app.inject({ method: "PUT", url: "/assets" })];
    for (const answer of [outside, directory]) expect(problemOf(answer)).toMatchObject({ status: 404, code: "route_not_found" });
    expect((await api.app.inject({ method: "DELETE", url: "/docs/static/index.html" })).headers.allow).toBe("GET, HEAD");
    expect((await api.app.inject({ method: "POST", url: "/openapiXjson" })).statusCode).toBe(404);
  });

  it.each(["install", "uninstall", "upgrade"])("refuses a huge list: %s", async (key) => {
    const response = await api.ask("POST", "/admin/plans", { [key]: Array.from({ length: 501 }, () => "forum") });
    expect(problemOf(response)).toMatchObject({ status: 400, code: "request_invalid" });
  });

  it("answers deep nesting", async () => {
    const response = await api.ask("POST", "/admin/plans", `{"install":${"[".repeat(200_000)}${"]".repeat(200_000)}}`, { "content-type": "application/json" });
    expect(problemOf(response).status).toBe(400);
  });

  it.each(["install", "uninstall", "upgrade"])("refuses control characters in %s", async (key) => {
    for (const slug of ["for\u0000um", "forum\n", "forum@\u001b[31m1", "forum\uD800"]) {
      const response = await api.ask("POST", "/admin/plans", { [key]: [slug] });
      expect(problemOf(response)).toMatchObject({ status: 400, code: "request_invalid" });
    }
  });

  it.each(["requested_by", "reason", "manifest_ref", "deploy_to", "plan_hash"])("refuses control characters in %s", async (key) => {
    for (const text of ["a\nReviewed-by: b", "a\u0000", "a\u0007", "a\u0085b"]) {
      const response = await api.ask("POST", "/admin/builds", { install: ["forum"], [key]: text });
      expect(problemOf(response)).toMatchObject({ status: 400, code: "request_invalid", detail: expect.stringContaining(key) as string });
    }
  });

  it("refuses 50 MB at once, announced or not, and lives on", async () => {
    const url = new URL(await api.app.listen({ host: "127.0.0.1", port: 0 }));
    for (const headers of [{ "content-length": String(50 * 1024 * 1024) }, { "transfer-encoding": "chunked" }]) {
      const answer = await sendMuch(url, { ...headers, authorization: `Bearer ${api.token}`, "content-type": "application/json" });
      expect(answer.status).toBe(413);
      expect(problemDetailsView.parse(JSON.parse(answer.body))).toMatchObject({ code: "body_too_large", status: 413 });
      expect(answer.sent).toBeLessThan(50 * 1024 * 1024);
    }
    expect((await fetch(new URL("/healthz", url))).status).toBe(200);
  });
});

/** Sends spaces until an answer is there. */
async function sendMuch(url: URL, headers: Record<string, string>): Promise<{ status: number | undefined; body: string; sent: number }> {
  return new Promise((resolve, reject) => {
    const chunk = Buffer.alloc(64 * 1024, " ");
    let sent = 0;
    let answered = false;
    const sending = httpRequest({ host: url.hostname, port: url.port, path: "/admin/builds", method: "POST", headers }, (response) => {
      answered = true;
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (text: string) => (body += text));
      response.on("end", () => {
        resolve({ status: response.statusCode, body, sent });
        sending.destroy();
      });
    });
    sending.on("error", (error) => (answered ? undefined : reject(error)));
    const more = (): void => {
      if (answered || sent >= 50 * 1024 * 1024) return;
      sent += chunk.length;
      sending.write(chunk, () => setImmediate(more));
    };
    more();
  });
}

describe("addresses", () => {
  const hostile = ["..%2f..%2fetc%2fpasswd", "%00", "bld_%00", "a".repeat(10_000), "a".repeat(150), "%F0%9F%92%A9", "bld_", "'%20or%201=1--", "%0a", "bld_zzzzzzzzzzzzzzzzzzzzzzzzzz", "dpl_01jd0000000000000000000000", "00000000-0000-0000-0000-00000000000g"];
  const resources = ["builds", "releases", "deployments", "environments"];

  it.each(resources)("finds nothing under hostile identifiers of %s", async (resource) => {
    for (const id of hostile) {
      const response = await api.ask("GET", `/admin/${resource}/${id}`);
      expect([id, response.statusCode]).toEqual([id, response.statusCode === 400 ? 400 : 404]);
      problemOf(response);
    }
  });

  it("knows a build by its UUID in either case", async () => {
    const { build_id: id } = (await api.ask("POST", "/admin/builds", { uninstall: ["pages"], force: true })).json<{ build_id: string }>();
    const { rows } = await api.plane.handle.pool.query<{ id: string }>("select id from builds");
    const uuids = rows.map((row) => row.id);
    expect(uuids).toHaveLength(1);
    for (const uuid of uuids.flatMap((each) => [each, each.toUpperCase()])) {
      expect((await api.ask("GET", `/admin/builds/${uuid}`)).json()).toMatchObject({ id });
    }
  });

  it("answers an address that is not one", async () => {
    expect(problemOf(await api.ask("GET", "/admin/builds/%E0%A4%A")).status).toBe(404);
    expect(problemOf(await api.ask("GET", "/admin/nothing")).code).toBe("route_not_found");
    expect(problemOf(await api.ask("GET", "/nothing")).code).toBe("route_not_found");
  });

  it("says which methods an address knows", async () => {
    for (const [method, url, allow] of [["DELETE", "/admin/builds", "GET, HEAD, POST"], ["PUT", `/admin/builds/${anyBuild}`, "GET, HEAD"], ["OPTIONS", "/admin/plans", "POST"], ["POST", "/healthz", "GET, HEAD"]] as const) {
      const response = await api.app.inject({ method, url, headers: { authorization: `Bearer ${api.token}` } });
      expect(problemOf(response)).toMatchObject({ status: 405, code: "method_not_allowed" });
      expect(response.headers.allow).toBe(allow);
    }
  });

  it("answers HEAD as GET without the body, also where GET is a stream", async () => {
    const head = await api.app.inject({ method: "HEAD", url: "/admin/builds", headers: { authorization: `Bearer ${api.token}` } });
    expect([head.statusCode, head.body]).toEqual([200, ""]);
    const stream = await api.app.inject({ method: "HEAD", url: "/admin/events", headers: { authorization: `Bearer ${api.token}`, accept: "text/event-stream" } });
    expect([stream.statusCode, stream.headers["content-type"]]).toEqual([200, "text/event-stream"]);
  });

  it.each(["/admin/builds?limit=0", "/admin/builds?limit=201", "/admin/builds?limit=x", "/admin/builds?status=odd", "/admin/builds?cursor=nonsense", "/admin/releases?cursor=rel_1", "/admin/deployments?cursor=1", "/admin/events?cursor=-1", "/admin/events?subject=%00", "/admin/manifest?manifest_ref=a%00b"])("refuses %s", async (url) => {
    expect(problemOf(await api.ask("GET", url))).toMatchObject({ status: 400, code: "request_invalid" });
  });

  it.each(["--upload-pack=x", "../main", "a b", "refs/heads/..", "nowhere", "-", "a".repeat(200)])("finds no branch %s", async (branch) => {
    const response = await api.ask("POST", "/admin/plans", { manifest_ref: branch, install: ["forum"] });
    expect(problemOf(response)).toMatchObject({ status: 404, code: "ref_not_found" });
  });
});

describe("defects of our own", () => {
  it("are answered with a number to look for, and nothing else", async () => {
    const { pool } = api.plane.handle;
    await pool.query("alter table builds rename to away");
    try {
      const details = problemOf(await api.ask("GET", "/admin/builds"));
      expect(details).toMatchObject({ status: 500, code: "internal" });
      expect(JSON.stringify(details)).not.toContain("relation");
      expect(api.logged()).toContain(details.request_id);
    } finally {
      await pool.query("alter table away rename to builds");
    }
  });
});
