import type { InjectOptions, LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { permissions, type Permission } from "../../packages/control-plane/src/access/permissions.ts";
import { openTestApi, type TestApi } from "../support/api.ts";
import { openAskers, type Asker } from "./askers.ts";
import { expectAllowed } from "./expected.ts";
import { fingerprint } from "./fingerprint.ts";
import { withRoutes, type AppRoute } from "./routes.ts";
import { insertWaiting } from "./waiting.ts";

/** What anybody may ask without credentials. Whoever adds a route here opens it to the world. */
const openToEverybody = [
  "GET /healthz",
  "GET /readyz",
  "GET /openapi.json",
  "GET /auth/session",
  "POST /auth/sign-in",
  "POST /auth/sign-out",
  "POST /auth/setup",
  "POST /auth/link",
  "POST /auth/password",
  "POST /auth/single-sign-on",
  "GET /auth/callback/oidc",
];
/** Pages and what belongs to them: the same for everybody, and no operations, so not in the description. */
const openPages = [
  ["/", "/modules", "/modules/:slug", "/builds", "/builds/:id", "/environments", "/environments/:name", "/releases/:id", "/manifest", "/journal", "/access", "/settings"],
  ["/sign-in", "/setup", "/invitation", "/pages/sign-in.css", "/pages/sign-in.js", "/pages/sign-in.ru.js", "/pages/theme.js", "/pages/type.css", "/pages/icon.svg"],
]
  .flat()
  .map((url) => `GET ${url}`);
/** Files of the admin page, where it was built, and of the page that shows the description, which is open as well. */
const openFiles = [
  ["/assets/*", "/icon.svg", "/theme.js"],
  ["/docs", "/docs/", "/docs/json", "/docs/yaml", "/docs/static/*", "/docs/static/index.html", "/docs/static/swagger-initializer.js"],
]
  .flat()
  .map((url) => `GET ${url}`);
/** What changes nothing although it is no GET: reading permissions are enough. The second one's fields have their own: see the other walk. */
const readingPosts = ["POST /admin/plans", "POST /graphql"];

let api: TestApi;
let routes: readonly AppRoute[];
let askers: readonly Asker[];

beforeAll(async () => {
  ({ opened: api, routes } = await withRoutes(() => openTestApi()));
  askers = await openAskers(api);
});
afterAll(() => api.close());

const nameOf = ({ method, url }: Pick<AppRoute, "method" | "url">): string => `${method} ${url}`;
const open = new Set([...openToEverybody, ...openPages, ...openFiles].flatMap((name) => (name.startsWith("GET ") ? [name, name.replace("GET", "HEAD")] : [name])));
const guarded = (): readonly (AppRoute & { readonly permission: Permission })[] =>
  routes.flatMap((route) => (open.has(nameOf(route)) || route.config.permission === undefined ? [] : [{ ...route, permission: route.config.permission }]));

const about = () => guarded().filter(({ config }) => config.environment !== undefined);

/** Asks as a program, or as the page of a browser. */
function ask({ headers }: Pick<Asker, "headers">, method: string, url: string, more: Pick<InjectOptions, "payload" | "headers"> = {}): Promise<LightMyRequestResponse> {
  return api.app.inject({ method: method as "GET", url, ...more, headers: { ...headers, ...more.headers } });
}

const fill = (url: string, values: Readonly<Record<string, string>> = {}): string => url.replaceAll(/:(\w+)/g, (_, name: string) => values[name] ?? "nothing-of-this-name");
/** Refused by every route, but only once it is known that who asks may: no text of a request has a control character. */
const poison = "walk=%00";
/** No JSON: whoever answers 400 to it has read the body. */
const broken = { payload: "{", headers: { "content-type": "application/json", accept: "text/event-stream, application/json" } };
const codeOf = (response: LightMyRequestResponse): unknown => (response.body.startsWith("{") ? (response.json() as { readonly code?: unknown }).code : undefined);

const mediaType = (header: unknown): string | undefined => String(header).split(";")[0];

describe("every route", () => {
  it("is known to the table of permissions, or open to everybody by name", () => {
    expect(routes.length).toBeGreaterThan(80);
    const unknown = routes.filter((route) => !open.has(nameOf(route)) && !Object.hasOwn(permissions, route.config.permission ?? "")).map(nameOf);
    expect(unknown).toEqual([]);
    const names = new Set(routes.map(nameOf));
    expect([...openToEverybody, ...openPages].filter((name) => !names.has(name))).toEqual([]);
    expect(routes.filter((route) => open.has(nameOf(route)) && route.config.permission !== undefined).map(nameOf)).toEqual([]);
  });

  it("that is about an environment says which", () => {
    const silent = guarded().filter(({ permission, config }) => permissions[permission].scope === "environment" && config.environment === undefined);
    expect(silent.map(nameOf)).toEqual([]);
  });

  it("that changes something wants more than to read", () => {
    const changing = guarded().filter(({ method, permission }) => !["GET", "HEAD"].includes(method) && permission === "read");
    expect(changing.map(nameOf).toSorted()).toEqual(readingPosts.toSorted());
  });

  it("is described, and the description says of the open ones that they are, and of no other", () => {
    const { paths } = api.app.swagger() as { paths: Record<string, Record<string, { security?: readonly unknown[] }>> };
    const described = Object.entries(paths).flatMap(([path, item]) => Object.entries(item).map(([method, { security }]) => ({ name: `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ":$1")}`, security })));
    const all = routes.map(nameOf).filter((name) => !name.startsWith("HEAD ") && ![...openPages, ...openFiles].includes(name));
    expect(described.map(({ name }) => name).toSorted()).toEqual([...new Set(all)].toSorted());
    expect(described.filter(({ security }) => security?.length === 0).map(({ name }) => name).toSorted()).toEqual(openToEverybody.toSorted());
  });
});

it("refuses everybody who may not, before anything was read, looked up or changed", async () => {
  const before = await fingerprint(api.plane.handle.pool);
  for (const asker of askers.filter(({ prepare }) => prepare === undefined)) await refuseWhoMayNot(asker);
  expect(await fingerprint(api.plane.handle.pool)).toEqual(before);
}, 120_000);

it("refuses a person who is signed in and may not, whatever the role was a moment ago", async () => {
  for (const asker of askers) {
    if (asker.prepare === undefined) continue;
    await asker.prepare();
    const before = await fingerprint(api.plane.handle.pool);
    await refuseWhoMayNot(asker);
    expect(await fingerprint(api.plane.handle.pool)).toEqual(before);
  }
}, 120_000);

async function refuseWhoMayNot(asker: Asker): Promise<void> {
  for (const route of guarded()) {
    const { method, url, permission } = route;
    const wanted = asker.grants === undefined ? 401 : expectAllowed(asker.grants, permission) ? undefined : 403;
    if (wanted === undefined) continue;
    const response = await ask(asker, method, `${fill(url)}?${poison}`, broken);
    expect([asker.name, nameOf(route), response.statusCode]).toEqual([asker.name, nameOf(route), wanted]);
    if (method !== "HEAD") expect([nameOf(route), mediaType(response.headers["content-type"])]).toEqual([nameOf(route), "application/problem+json"]);
    if (wanted === 403 && method !== "HEAD") expect([nameOf(route), codeOf(response)]).toEqual([nameOf(route), "forbidden"]);
  }
}

it("lets everybody through who may", async () => {
  let through = 0;
  for (const asker of askers) {
    await asker.prepare?.();
    for (const route of guarded()) {
      const { method, url, permission } = route;
      if (method === "HEAD" || asker.grants === undefined || !expectAllowed(asker.grants, permission)) continue;
      const { statusCode } = await ask(asker, method, `${fill(url)}?${poison}`);
      // Outside of /admin no text is refused for what stands in it.
      const isThrough = url.startsWith("/admin") ? statusCode === 400 : ![401, 403].includes(statusCode);
      expect([asker.name, nameOf(route), statusCode, isThrough]).toEqual([asker.name, nameOf(route), statusCode, true]);
      through += 1;
    }
  }
  expect(through).toBeGreaterThan(300);
}, 120_000);

describe("in an environment", () => {
  let waiting: ReadonlyMap<string, string>;

  beforeAll(async () => {
    waiting = await insertWaiting(api);
  });

  /** How a request says which environment it is about. A new route of an environment has to be told here. */
  const asking: Readonly<Record<string, (environment: string) => { readonly params: Readonly<Record<string, string>>; readonly body: object }>> = {
    "POST /admin/builds/:id/deploy": (environment) => ({ params: {}, body: { environment } }),
    "POST /admin/builds/:id/rollback": (environment) => ({ params: {}, body: { environment } }),
    "POST /admin/environments/:name/rollback": (environment) => ({ params: { name: environment }, body: {} }),
    "POST /admin/deployments/:id/approve": (environment) => ({ params: { id: waiting.get(environment) ?? "" }, body: {} }),
    "POST /admin/deployments/:id/reject": (environment) => ({ params: { id: waiting.get(environment) ?? "" }, body: { reason: "no" } }),
    "POST /admin/deployments/:id/withdraw": (environment) => ({ params: { id: waiting.get(environment) ?? "" }, body: {} }),
  };

  it("every route's request is known here, and is about the environment that it names", async () => {
    expect(about().map(nameOf).toSorted()).toEqual(Object.keys(asking).toSorted());
    for (const route of about()) {
      for (const environment of ["prod", "staging"]) {
        const request = asking[nameOf(route)]?.(environment);
        const params = { id: "", name: "", ...request?.params };
        expect([nameOf(route), await route.config.environment?.({ params, body: request?.body })]).toEqual([nameOf(route), environment]);
      }
    }
  });

  it("the grant for it decides, up and down, and nothing changes for who may not", async () => {
    for (const mayDo of [false, true]) {
      const before = await fingerprint(api.plane.handle.pool);
      for (const asker of askers) {
        if (asker.grants === undefined || asker.prepare !== undefined) continue;
        for (const route of about()) {
          for (const environment of ["prod", "staging"]) {
            if (expectAllowed(asker.grants, route.permission, environment) !== mayDo) continue;
            const request = asking[nameOf(route)]?.(environment);
            const response = await ask(asker, route.method, fill(route.url, request?.params), { payload: request?.body ?? {} });
            const told = `${asker.name}, ${nameOf(route)} in ${environment}`;
            expect([told, codeOf(response) === "forbidden", response.statusCode === 401]).toEqual([told, !mayDo, false]);
          }
        }
      }
      if (!mayDo) expect(await fingerprint(api.plane.handle.pool)).toEqual(before);
    }
  }, 60_000);

  it("a build is not asked to go where its requester may not deploy, nor is a deployment's work taken over", async () => {
    const guardedAsker = askers.find(({ name }) => name === "a token of owner everywhere and viewer prod");
    if (guardedAsker === undefined) return expect.unreachable();
    const answers = [
      await ask(guardedAsker, "POST", "/admin/builds", { payload: { install: ["no-such-module"], deploy_to: "prod" } }),
      await ask(guardedAsker, "POST", `/admin/leases/${waiting.get("prod")}/take-over`, { payload: {} }),
    ];
    expect(answers.map((response) => [response.statusCode, codeOf(response)])).toEqual([[403, "forbidden"], [403, "forbidden"]]);
    expect((await ask(guardedAsker, "POST", `/admin/leases/${waiting.get("staging")}/take-over`, { payload: {} })).statusCode).toBe(404);
  });
});

describe("streams of events", () => {
  it("begin for who may read, and for nobody else", async () => {
    const url = `http://127.0.0.1:${(api.app.server.address() as { readonly port: number }).port}/admin/events`;
    for (const asker of askers) {
      await asker.prepare?.();
      const stop = new AbortController();
      const response = await fetch(url, { headers: { ...asker.headers, accept: "text/event-stream" }, signal: stop.signal });
      const wanted = asker.grants === undefined ? 401 : expectAllowed(asker.grants, "read") ? 200 : 403;
      expect([asker.name, response.status, mediaType(response.headers.get("content-type"))]).toEqual([asker.name, wanted, wanted === 200 ? "text/event-stream" : "application/problem+json"]);
      stop.abort();
    }
  });
});
