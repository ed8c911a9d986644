import { afterAll, beforeAll, expect, it } from "vitest";
import { withRoutes, type AppRoute } from "../../../../test/access/routes.ts";
import { openTestApi, type TestApi } from "../../../../test/support/api.ts";

/**
 * Posts that honour no Idempotency-Key by themselves, each for its reason: answers of sign-in set a cookie, which nobody may be
 * given a second time; of GraphQL each mutation has a key of its own (tested there). Whoever adds a POST decides it here.
 */
const elsewhere = ["/auth/link", "/auth/password", "/auth/setup", "/auth/sign-in", "/auth/sign-out", "/auth/single-sign-on", "/graphql"];

/** Bodies of those that want one. */
const bodies: Readonly<Record<string, object>> = {
  "/admin/plans": { install: ["forum"] },
  "/admin/modules/look-up": { source: "path", path: "modules/forum" },
  "/admin/builds": { install: ["forum"] },
  "/admin/builds/:id/deploy": { environment: "prod" },
  "/admin/deployments/:id/reject": { reason: "no" },
  "/admin/me/password": { current_password: "a former secret", new_password: "a secret that is new" },
  "/admin/people": { email: "ada@example.org", name: "Ada" },
  "/admin/tokens": { name: "robot", grants: [{ role: "viewer" }] },
  "/admin/webhooks": { url: "https://203.0.113.7/hook" },
};

let api: TestApi;
let posts: readonly AppRoute[];
beforeAll(async () => {
  const { opened, routes } = await withRoutes(() => openTestApi(undefined, { MODYARD_WRITES_PER_MINUTE: "0" }));
  api = opened;
  posts = routes.filter(({ method }) => method === "POST");
});
afterAll(() => api?.close());

const keyed = () => posts.filter(({ url }) => !elsewhere.includes(url));
const post = ({ url }: AppRoute, key = url) => api.ask("POST", url.replaceAll(/:\w+/g, "nothing"), bodies[url] ?? {}, { "idempotency-key": key });

it("every POST is below /admin, or named with its reason", () => {
  expect(posts.filter(({ url }) => !url.startsWith("/admin/")).map(({ url }) => url).toSorted()).toEqual(elsewhere);
  expect(keyed().length).toBeGreaterThan(18);
  expect(Object.keys(bodies).filter((url) => !keyed().some((route) => route.url === url))).toEqual([]);
});

it("under an Idempotency-Key every one is carried out once and answered as before, but for what is told once", async () => {
  for (const route of keyed()) {
    const { url, config } = route;
    const first = await post(route);
    // What is refused for its form is refused before anything is kept: then nothing is tried here.
    expect([url, first.statusCode, first.headers["idempotent-replayed"]]).toEqual([url, expect.not.toBeOneOf([400, 415, 500]), undefined]);
    const again = await post(route);
    expect([url, again.statusCode, again.headers["idempotent-replayed"]]).toEqual([url, first.statusCode, "true"]);
    if (config.tellsSecret !== true || first.statusCode >= 300) expect([url, again.body]).toEqual([url, first.body]);
    else expect(again.json()).toMatchObject(JSON.parse(first.body, (name, value: unknown) => (["token", "secret", "link"].includes(name) ? null : value)) as object);
  }
});

it("and refuses the key for anything else", async () => {
  const [first] = keyed();
  for (const route of keyed().slice(1)) {
    const other = await post(route, first?.url);
    expect([route.url, other.statusCode, other.json()]).toEqual([route.url, 422, expect.objectContaining({ code: "idempotency_key_reused" })]);
  }
});

it("keeps nothing in the database by which a password could be tried out quickly", async () => {
  const route = keyed().find(({ url }) => url === "/admin/me/password");
  expect(route?.config.takesSecret).toBe(true);
  const { rows } = await api.plane.handle.pool.query<{ request_hash: string }>("select request_hash from idempotency_keys where key = $1", [route?.url]);
  expect(rows).toHaveLength(1);
  expect(rows[0]?.request_hash).toMatch(/^scrypt /);
});
