import { getNamedType, isRequiredArgument, isLeafType, type GraphQLArgument, type GraphQLField } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { guardedSchema } from "../../packages/control-plane/src/api/graphql/schema.ts";
import { permissions } from "../../packages/control-plane/src/access/permissions.ts";
import { openTestApi, type TestApi } from "../support/api.ts";
import { openAskers, type Asker } from "./askers.ts";
import { expectAllowed } from "./expected.ts";
import { fingerprint } from "./fingerprint.ts";
import { insertWaiting } from "./waiting.ts";

const { schema, fields } = guardedSchema();
let api: TestApi;
let askers: readonly Asker[];
let waiting: ReadonlyMap<string, string>;

beforeAll(async () => {
  api = await openTestApi();
  askers = (await openAskers(api)).filter(({ grants, prepare }) => grants !== undefined && prepare === undefined);
  waiting = await insertWaiting(api);
});
afterAll(() => api.close());

interface Answer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

const roots = { Query: ["query", schema.getQueryType()], Mutation: ["mutation", schema.getMutationType()], Subscription: ["subscription", schema.getSubscriptionType()] } as const;

function fieldOf(name: string): { readonly operation: string; readonly field: GraphQLField<unknown, unknown> } {
  const [type = "", field = ""] = name.split(".");
  const [operation, root] = roots[type as keyof typeof roots];
  return { operation, field: root?.getFields()[field] ?? expect.unreachable(name) };
}

const isText = ({ type }: GraphQLArgument): boolean => ["String", "ID"].includes(getNamedType(type).name);
/** Refused in every argument that is a text, but only once it is known that who asks may. */
const poison = "no\u0001where";

/** Asks for a field as little as can be asked. Resolves with the code of its error, or `fine`. */
async function ask({ headers }: Asker, name: string, given: Readonly<Record<string, unknown>>): Promise<string> {
  const { operation, field } = fieldOf(name);
  const args = field.args.filter((arg) => Object.hasOwn(given, arg.name));
  expect([name, field.args.filter((arg) => isRequiredArgument(arg) && !args.includes(arg)).map((arg) => arg.name)]).toEqual([name, []]);
  const head = args.length === 0 ? "" : `(${args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(", ")})`;
  const call = args.length === 0 ? "" : `(${args.map((arg) => `${arg.name}: $${arg.name}`).join(", ")})`;
  const below = isLeafType(getNamedType(field.type)) ? "" : "{ __typename }";
  const payload = { query: `${operation} ${head} { ${field.name}${call} ${below} }`, variables: given };
  const accept = operation === "subscription" ? "text/event-stream" : "application/json";
  const response = await api.app.inject({ method: "POST", url: "/graphql", payload, headers: { ...headers, accept } });
  if (response.statusCode >= 400) return (response.json() as { readonly code: string }).code;
  const [, event = response.body] = /^data: (.*"errors".*)$/m.exec(response.body) ?? [];
  const { errors, data } = JSON.parse(event) as Answer;
  return errors?.[0]?.extensions?.code ?? (data === undefined || data === null ? "nothing" : "fine");
}

function poisoned(name: string): Readonly<Record<string, unknown>> {
  const given = fieldOf(name).field.args.filter((arg) => isText(arg) || isRequiredArgument(arg));
  return Object.fromEntries(given.map((arg) => [arg.name, isText(arg) ? poison : {}]));
}

it("every field that the server tells of is known to the table of permissions", async () => {
  const query = "{ __schema { queryType { fields { name } } mutationType { fields { name } } subscriptionType { fields { name } } } }";
  const told = await api.ask("POST", "/graphql", { query });
  const { __schema: types } = (told.json() as { data: { __schema: Record<string, { fields: { name: string }[] }> } }).data;
  const names = Object.entries({ Query: types["queryType"], Mutation: types["mutationType"], Subscription: types["subscriptionType"] }).flatMap(([type, each]) => (each?.fields ?? []).map(({ name }) => `${type}.${name}`));
  expect(fields.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
  expect(fields.filter(({ rule }) => !Object.hasOwn(permissions, rule.permission))).toEqual([]);
  expect(fields.filter(({ name, rule }) => name.startsWith("Mutation.") && rule.permission === "read")).toEqual([]);
});

it("every field is refused to who may not, before its arguments are looked at, and answered to who may", async () => {
  const before = await fingerprint(api.plane.handle.pool);
  let [refused, admitted] = [0, 0];
  for (const asker of askers) {
    for (const { name, rule } of fields) {
      const mayDo = expectAllowed(asker.grants ?? [], rule.permission) && expectAllowed(asker.grants ?? [], "read");
      const given = poisoned(name);
      const wanted = !mayDo ? "forbidden" : Object.keys(given).length > 0 ? "request_invalid" : "fine";
      expect([asker.name, name, await ask(asker, name, given)]).toEqual([asker.name, name, wanted]);
      if (mayDo) admitted += 1;
      else refused += 1;
    }
  }
  expect([refused > 50, admitted > 100]).toEqual([true, true]);
  expect(await fingerprint(api.plane.handle.pool)).toEqual(before);
}, 120_000);

describe("in an environment", () => {
  /** How a field's arguments say which environment it is about. A new field of an environment has to be told here. */
  const asking: Readonly<Record<string, (environment: string) => Readonly<Record<string, unknown>>>> = {
    "Mutation.deploy": (environment) => ({ buildId: "nothing", environment }),
    "Mutation.rollback": (environment) => ({ environment }),
    "Mutation.approveDeployment": (environment) => ({ id: waiting.get(environment) }),
    "Mutation.rejectDeployment": (environment) => ({ id: waiting.get(environment), reason: "no" }),
    "Mutation.withdrawDeployment": (environment) => ({ id: waiting.get(environment) }),
  };

  it("the grant for it decides", async () => {
    const about = fields.filter(({ rule }) => rule.environment !== undefined);
    expect(about.map(({ name }) => name).toSorted()).toEqual(Object.keys(asking).toSorted());
    for (const asker of askers) {
      for (const { name, rule } of about) {
        for (const environment of ["prod", "staging"]) {
          const mayDo = expectAllowed(asker.grants ?? [], rule.permission, environment) && expectAllowed(asker.grants ?? [], "read");
          const told = `${asker.name}, ${name} in ${environment}`;
          expect([told, (await ask(asker, name, asking[name]?.(environment) ?? {})) === "forbidden"]).toEqual([told, !mayDo]);
        }
      }
    }
  }, 60_000);

  it("a build is not asked to go where its requester may not deploy", async () => {
    const asker = askers.find(({ name }) => name === "a token of owner everywhere and viewer prod") ?? expect.unreachable();
    for (const name of ["Mutation.requestBuild", "Mutation.installModule", "Mutation.uninstallModule", "Mutation.upgradeModule"]) {
      const slug = fieldOf(name).field.args.some((arg) => arg.name === "slug") ? { slug: "forum" } : {};
      expect([name, await ask(asker, name, { ...slug, deployTo: "prod" })]).toEqual([name, "forbidden"]);
    }
  });
});
