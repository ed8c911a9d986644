import { getNamedType, isCompositeType, isNonNullType, isObjectType, type GraphQLField, type GraphQLObjectType } from "graphql";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTestApi, type TestApi } from "../../../../../test/support/api.ts";
import { askForData, askGraphql, codesOf, insertHistory } from "../../../../../test/support/graphql.ts";
import { watchStatements } from "../../../../../test/support/sql-statements.ts";
import { noChange } from "../../composition/change.ts";
import { toPublicId } from "../../database/identifiers.ts";
import { problem } from "../../errors/problem.ts";
import { guardedSchema } from "./schema.ts";

const { schema } = guardedSchema();
const queries = Object.values(schema.getQueryType()?.getFields() ?? {});

/** Every field of a type, and those of the types below it, as far as `depth` goes. */
function everyField(type: GraphQLObjectType, depth: number): string {
  const fields = Object.values(type.getFields()).flatMap((field) => {
    const below = getNamedType(field.type);
    if (!isObjectType(below)) return [field.name];
    return depth === 0 ? [] : [`${field.name} ${everyField(below, depth - 1)}`];
  });
  return `{ ${[...fields, "__typename"].join(" ")} }`;
}

describe("queries", () => {
  let api: TestApi;
  let ids: readonly string[];

  beforeAll(async () => {
    // A port of its own, so that `observed` tells of a gateway and not of a port in use.
    api = await openTestApi(undefined, { MODYARD_ENVIRONMENTS: "prod=127.0.0.1:0" });
  });
  afterAll(() => api.close());
  beforeEach(async () => {
    await api.plane.handle.pool.query("truncate builds, idempotency_keys cascade");
    ids = await insertHistory(api, 3);
  });

  const last = (): string => ids.at(-1) ?? "";
  const build = (): string => toPublicId("bld", last());

  /** Arguments that the field cannot do without. */
  async function needed({ name }: GraphQLField<unknown, unknown>): Promise<string> {
    const { rows } = await api.plane.handle.pool.query<{ id: string }>("select id from deployments limit 1");
    const known: Readonly<Record<string, string>> = {
      build: `(id: "${build()}")`,
      buildLog: `(id: "${build()}")`,
      release: `(id: "rel_${last().replaceAll("-", "")}")`,
      deployment: `(id: "${toPublicId("dpl", rows[0]?.id ?? "")}")`,
      environment: `(name: "prod")`,
      plan: `(change: { install: [{ slug: "forum" }] })`,
    };
    return known[name] ?? "";
  }

  it.each(queries.map((field) => [field.name, field] as const))("answers every field of %s", async (name, field) => {
    const type = getNamedType(field.type);
    const selection = isObjectType(type) ? everyField(type, 2) : "";
    const data = await askForData<Record<string, unknown>>(api, `{ ${name}${await needed(field)} ${selection} }`);
    expect(data[name]).not.toBeNull();
  });

  it("shows a build as REST does", async () => {
    const { data } = await askGraphql(api, `query ($id: ID!) { build(id: $id) { id status progress manifestRef modules { slug version spec } modulesDelta { added { slug } } steps { name } requests { requestedBy } next { again rest { without change } } unfoldedFrom { id } releases { id status } logsUrl createdAt } }`, { id: build() });
    const rest: { readonly [key: string]: unknown } = (await api.ask("GET", `/admin/builds/${build()}`)).json();
    expect(data?.["build"]).toMatchObject({
      id: rest["id"],
      status: rest["status"],
      progress: 100,
      manifestRef: "main",
      logsUrl: rest["logs_url"],
      createdAt: rest["created_at"],
      modules: [{ slug: "forum", version: "1.0.0", spec: { package: "@x/forum", source: "npm", version: "^1.0.0" } }],
      steps: [{ name: "checkout" }, { name: "render" }],
      requests: [{ requestedBy: "ada" }],
      next: null,
      unfoldedFrom: { id: toPublicId("bld", ids[1] ?? "") },
      releases: [{ status: "active" }],
    });
  });

  it("tells what can be asked for after a build that failed, as REST does", async () => {
    const id = ids[0] ?? "";
    const error = JSON.stringify({ problems: [problem("compile_failed", "wrong", { module: "forum" })], step: "compile", excerpt: [], deterministic: true });
    await api.plane.handle.db.updateTable("builds").set({ status: "failed", change: JSON.stringify({ ...noChange, install: [{ slug: "blog" }, { slug: "forum" }] }), error }).where("id", "=", id).execute();
    const { data } = await askGraphql(api, "query ($id: ID!) { build(id: $id) { next { again rest { without change } } } }", { id: toPublicId("bld", id) });
    const shown: { readonly next?: unknown } = (await api.ask("GET", `/admin/builds/${toPublicId("bld", id)}`)).json();
    expect(data?.["build"]).toEqual({ next: shown.next });
    expect(shown.next).toMatchObject({ again: { install: [{ slug: "blog" }, { slug: "forum" }] }, rest: { without: ["forum"], change: { install: [{ slug: "blog" }] } } });
  });

  it("pages through lists, each row once, newest first", async () => {
    const found: string[] = [];
    for (let after: string | null = null; ; ) {
      const { builds }: { readonly builds: { readonly nodes: readonly { readonly id: string }[]; readonly nextCursor: string | null } } = await askForData(api, "query ($after: String) { builds(first: 2, after: $after) { nodes { id } nextCursor } }", { after });
      found.push(...builds.nodes.map(({ id }) => id));
      after = builds.nextCursor;
      if (after === null) break;
    }
    expect(found).toEqual(ids.toReversed().map((id) => toPublicId("bld", id)));
  });

  it("refuses a cursor that no page gave, and a page that is too long", async () => {
    for (const list of ["builds", "releases", "deployments", "events"]) {
      expect(codesOf(await askGraphql(api, `{ ${list}(after: "nonsense!") { nextCursor } }`))).toEqual(["request_invalid"]);
      expect(codesOf(await askGraphql(api, `{ ${list}(first: 201) { nextCursor } }`))).toEqual(["request_invalid"]);
      expect(codesOf(await askGraphql(api, `{ ${list}(first: 0) { nextCursor } }`))).toEqual(["request_invalid"]);
    }
  });

  it("says what is not there, by the catalogue's codes", async () => {
    const { errors, data } = await askGraphql(api, `{ build(id: "bld_x") { id } release(id: "rel_x") { id } deployment(id: "dpl_x") { id } environment(name: "nowhere") { name } }`);
    expect(errors?.map(({ extensions }) => extensions.code).toSorted()).toEqual(["build_not_found", "deployment_not_found", "environment_not_found", "release_not_found"].slice(0, errors?.length));
    expect(data).toBeNull();
  });

  it("tells nothing of the program's inside when the database says no", async () => {
    await api.plane.handle.pool.query("alter table builds rename to hidden");
    try {
      const answer = await askGraphql(api, `{ builds { nodes { id } } }`);
      expect(codesOf(answer)).toEqual(["internal"]);
      expect(JSON.stringify(answer)).not.toMatch(/relation|does not exist|select|node_modules|\.ts/);
    } finally {
      await api.plane.handle.pool.query("alter table hidden rename to builds");
    }
  });

  /** Every relation between types, in one query. */
  const nested = `{
    builds(first: 40) { nodes { id steps { name } requests { reason } unfoldedFrom { id } releases { id environment { name deployment { id } activeRelease { build { id steps { name } } } } previousRelease { id build { id } } rollback { allowed reasons { code } } } } }
    deployments(first: 40) { nodes { id release { id } fromRelease { id build { id } } build { id steps { name } } environment { activeRelease { id } } brings { added { slug } } } }
    environments { name activeRelease { id build { id } } deployment { id release { id } } }
    events(first: 40) { nodes { id origin { requestId } } }
    leases { subjectId }
  }`;

  async function statementsOf(query: string): Promise<readonly string[]> {
    const { statements, stop } = watchStatements(api.plane.handle.pool);
    try {
      await askForData(api, query);
    } finally {
      stop();
    }
    // Whose token it is, and when it was used last, is not asked of GraphQL.
    return statements.filter((text) => !/"tokens"|"grants"|update tokens|from tokens/.test(text));
  }

  it("asks the database no more often for many rows than for few", async () => {
    const few = await statementsOf(nested);
    await insertHistory(api, 35);
    const many = await statementsOf(nested);
    for (const statements of [few, many]) {
      // At most one statement of a kind for each level of the query: two levels are read as one where their turn comes at the same moment.
      const often = Object.entries(Object.groupBy(statements, kindOf)).filter(([, same = []]) => same.length > 5);
      expect(often).toEqual([]);
      expect(statements.length).toBeLessThanOrEqual(18);
      expect(statements.length).toBeGreaterThan(8);
    }
  });

  it("asks for what one query says twice, once", async () => {
    const once = await statementsOf(`{ builds { nodes { releases { build { id } } } } }`);
    const twice = await statementsOf(`{ builds { nodes { releases { build { id } again: build { id status } } more: releases { build { reason } } } } }`);
    expect(twice.map(kindOf)).toEqual(once.map(kindOf));
    // As docs/guides/graphql.md shows them.
    expect(once.length).toBe(3);
  });
});

/** A statement without its number of parameters. */
function kindOf(statement: string): string {
  return statement.replaceAll(/\$\d+(?:, \$\d+)*/g, "?").replaceAll(/\s+/g, " ");
}

describe("the schema", () => {
  it("is told by introspection to who may ask, by the query that tools use", async () => {
    const api = await openTestApi();
    try {
      const { getIntrospectionQuery } = await import("graphql");
      const { __schema: told } = await askForData<{ readonly __schema: { readonly types: readonly unknown[] } }>(api, getIntrospectionQuery());
      expect(told.types.length).toBeGreaterThan(30);
      const refused = await api.app.inject({ method: "POST", url: "/graphql", payload: { query: getIntrospectionQuery() } });
      expect([refused.statusCode, refused.headers["content-type"]]).toEqual([401, "application/problem+json; charset=utf-8"]);
    } finally {
      await api.close();
    }
  });

  it("has words for everything", () => {
    const silent = Object.values(schema.getTypeMap()).filter((type) => !type.name.startsWith("__") && isCompositeType(type) && (type.description ?? "") === "" && !type.name.endsWith("Step"));
    expect(silent.map(({ name }) => name)).toEqual([]);
    expect(queries.filter(({ args }) => args.some(({ type, defaultValue, name }) => name === "first" && (!isNonNullType(type) || defaultValue === undefined)))).toEqual([]);
  });
});
