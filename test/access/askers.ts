import { setGrants } from "../../packages/control-plane/src/access/grants.ts";
import type { Grant, Principal } from "../../packages/control-plane/src/access/principal.ts";
import { roles } from "../../packages/control-plane/src/access/roles.ts";
import { provideSetupLink } from "../../packages/control-plane/src/access/sign-in/setup.ts";
import { makeToken } from "../../packages/control-plane/src/access/tokens/make.ts";
import { newTokenText } from "../../packages/control-plane/src/access/tokens/text.ts";
import { newUuid } from "../../packages/control-plane/src/database/identifiers.ts";
import type { TestApi } from "../support/api.ts";
import { PageClient } from "../support/page-client.ts";

/** Somebody who asks: with which headers, and what they were granted. Without grants nobody: every answer is 401. */
export interface Asker {
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly grants?: readonly Grant[];
  /** Makes it so, where many share one set of credentials. */
  readonly prepare?: () => Promise<void>;
}

const everywhere = roles.map((role): readonly Grant[] => [{ environment: null, role }]);
/** Of one environment only, and those for whom one environment is an exception. */
const somewhere: readonly (readonly Grant[])[] = [
  [{ environment: "staging", role: "operator" }],
  [{ environment: "staging", role: "owner" }],
  [{ environment: null, role: "owner" }, { environment: "prod", role: "viewer" }],
  [{ environment: null, role: "viewer" }, { environment: "prod", role: "owner" }],
  [],
];

const tell = (grants: readonly Grant[]): string => grants.map(({ environment, role }) => `${role} ${environment ?? "everywhere"}`).join(" and ") || "nothing";
const bearer = (text: string): Record<string, string> => ({ authorization: `Bearer ${text}` });

/** Tokens with every role, one person who is signed in with every role after the other, and everything that is good for nothing. */
export async function openAskers(api: TestApi): Promise<readonly Asker[]> {
  return [...(await tokenAskers(api)), ...(await personAskers(api)), ...(await nobodies(api))];
}

function tokenAskers(api: TestApi): Promise<readonly Asker[]> {
  return Promise.all(
    [...everywhere, ...somewhere].map(async (grants) => {
      const { text, id } = await token(api, await person(api), `token of ${tell(grants)}`);
      await setGrants(api.plane.handle.db, "token", id, grants);
      return { name: `a token of ${tell(grants)}`, headers: bearer(text), grants };
    }),
  );
}

async function personAskers(api: TestApi): Promise<readonly Asker[]> {
  const url = await api.app.listen({ host: "127.0.0.1", port: 0 });
  const page = new PageClient(url);
  const password = "four horses under water";
  const link = await provideSetupLink(api.plane.handle);
  const { status } = await page.json("POST", "/auth/setup", { token: link?.token, name: "Ada", email: "ada@example.org", password });
  if (status !== 200) throw new Error(`the setup link was answered with ${status}`);
  const headers = { ...page.cookieHeader(), "sec-fetch-site": "same-origin" };
  const ended = new PageClient(url);
  await ended.json("POST", "/auth/sign-in", { email: "ada@example.org", password });
  const old = ended.cookieHeader();
  await ended.json("POST", "/auth/sign-out", {});
  const { id } = await api.plane.handle.db.selectFrom("people").select("id").where("email", "=", "ada@example.org").executeTakeFirstOrThrow();
  const people = [...everywhere, []].map((grants) => ({ name: `a person with ${tell(grants)}`, headers, grants, prepare: () => setGrants(api.plane.handle.db, "person", id, grants) }));
  return [...people, { name: "a session that ended", headers: { ...old, "sec-fetch-site": "same-origin" } }];
}

async function nobodies(api: TestApi): Promise<readonly Asker[]> {
  const { pool } = api.plane.handle;
  const [expired, revoked, suspended] = await Promise.all(["expired", "revoked", "suspended"].map(async (name) => token(api, await person(api), name)));
  await pool.query("update tokens set expires_at = now() where id = $1", [expired?.id]);
  await pool.query("update tokens set revoked_at = now() where id = $1", [revoked?.id]);
  await pool.query("update people set disabled_at = now() where id = (select person_id from tokens where id = $1)", [suspended?.id]);
  return [
    { name: "nobody", headers: {} },
    { name: "an expired token", headers: bearer(expired?.text ?? "") },
    { name: "a revoked token", headers: bearer(revoked?.text ?? "") },
    { name: "the token of a disabled person", headers: bearer(suspended?.text ?? "") },
    { name: "an unknown token", headers: bearer(newTokenText()) },
    { name: "a mistyped token", headers: bearer(`${api.token.slice(0, -1)}${api.token.endsWith("0") ? "1" : "0"}`) },
    { name: "a token in another scheme", headers: { authorization: `Basic ${api.token}` } },
  ];
}

const owner: Grant = { environment: null, role: "owner" };

async function person(api: TestApi): Promise<Principal> {
  const id = newUuid();
  await api.plane.handle.db.insertInto("people").values({ id, name: "Grace", email: `${id}@example.org`, invitedBy: null, image: null }).execute();
  await setGrants(api.plane.handle.db, "person", id, [owner]);
  return { kind: "person", id, name: "Grace", grants: [owner] };
}

async function token(api: TestApi, maker: Principal, name: string): Promise<{ readonly text: string; readonly id: string }> {
  const made = await api.plane.handle.db.transaction().execute((trx) => makeToken(trx, maker, { name, grants: [owner] }));
  return { text: made.text, id: made.token.id };
}
