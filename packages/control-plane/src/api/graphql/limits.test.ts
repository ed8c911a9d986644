import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestApi, type TestApi } from "../../../../../test/support/api.ts";
import { askGraphql, codesOf } from "../../../../../test/support/graphql.ts";
import { watchStatements } from "../../../../../test/support/sql-statements.ts";
import { usualLimits } from "./limits/limits.ts";

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const times = (number: number, make: (index: number) => string): string => Array.from({ length: number }, (_, index) => make(index)).join(" ");
const nested = (depth: number, name: string, inner: string): string => `${`${name} { `.repeat(depth)}${inner}${" }".repeat(depth)}`;

/** What a hostile document is refused for. */
const hostile: readonly (readonly [string, string, string])[] = [
  ["deep", `{ builds { nodes { ${nested(15, "unfoldedFrom", "id")} } } }`, "nesting"],
  ["deep by fragments", `{ builds { nodes { ...F0 } } } ${times(14, (index) => `fragment F${index} on Build { unfoldedFrom { ${index === 13 ? "id" : `...F${index + 1}`} } }`)}`, "depth"],
  ["wide", `{ me { ${"name ".repeat(450)} } }`, "fields"],
  ["wide by fragments", `{ ${times(15, (index) => `a${index}: me { ...A }`)} } fragment A on Principal { ${times(12, (index) => `b${index}: grants { role environment }`)} }`, "breadth"],
  ["an alias bomb", `{ ${times(100, (index) => `a${index}: me { name }`)} }`, "aliases"],
  ["aliases of fragments", `{ ...Q } fragment Q on Query { ${times(31, (index) => `a${index}: me { name }`)} }`, "aliases"],
  ["full of directives", `{ me { name ${"@include(if: true) ".repeat(21)} } }`, "directives"],
  ["of many operations", times(25, (index) => `query Q${index} { me { name } }`), "definitions"],
  ["of many tokens", `{ me { name } ${"# nothing\n"} } ${"{ ".repeat(2_100)}`, "tokens"],
  ["of lists in lists", `{ builds(first: 200) { nodes { releases { build { releases { build { id } } } } } } }`, "cost"],
  ["of pages of everything", `{ ${times(20, (index) => `a${index}: builds(first: 200) { nodes { id status progress manifestRef manifestHash } }`)} }`, "cost"],
  ["of expensive fields", `{ ${times(28, (index) => `a${index}: environments { observed }`)} releases(first: 200) { nodes { rollback { allowed } modules { slug name version } } } }`, "cost"],
];

describe("a hostile document", () => {
  it.each(hostile)("%s is refused, by the limit that it passes, before the database is asked", async (_name, query, limit) => {
    const { statements, stop } = watchStatements(api.plane.handle.pool);
    const answer = await askGraphql(api, query);
    stop();
    expect(codesOf(answer)).toEqual(["graphql_limit"]);
    expect(answer.status).toBe(400);
    const details = answer.errors?.[0]?.extensions.problems[0]?.details;
    expect(details).toMatchObject({ limit, most: usualLimits[limit as keyof typeof usualLimits] });
    expect(Number(details?.["found"])).toBeGreaterThan(Number(details?.["most"]));
    expect(statements.filter((text) => /builds|releases|deployments/.test(text))).toEqual([]);
  });

  const broken: readonly (readonly [string, string])[] = [
    ["goes round in circles", `{ me { ...A } } fragment A on Principal { name ...B } fragment B on Principal { ...A }`],
    ["goes round in itself", `{ me { ...A } } fragment A on Principal { name ...A }`],
    ["asks for what is not there", `{ secrets }`],
    ["has no end", `{ me { name `],
    ["is no document", `DROP TABLE builds`],
    ["has only fragments", `fragment A on Principal { name }`],
    ["asks round in circles by introspection", `{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }`],
    ["gives a number for a text", `{ build(id: { a: 1 }) { id } }`],
    ["has a directive of its own", `{ me { name @secret } }`],
  ];
  it.each(broken)("that %s is told what is wrong", async (_name, query) => {
    const answer = await askGraphql(api, query);
    expect([answer.status, codesOf(answer)[0], answer.data]).toEqual([400, "graphql_invalid", undefined]);
  });
});

describe("variables", () => {
  const query = `query ($change: ChangeInput!) { plan(change: $change) { planHash } }`;

  it("that are huge are refused with the body", async () => {
    const response = await api.ask("POST", "/graphql", { query, variables: { change: { uninstall: ["x".repeat(300 * 1024)] } } });
    expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([413, "body_too_large"]);
  });

  it("that are deep, long or no plain text are refused", async () => {
    let deep: unknown = "end";
    for (let depth = 0; depth < 500; depth += 1) deep = { deep };
    for (const change of [{ modules: deep }, { uninstall: Array.from({ length: 600 }, () => "a") }, { uninstall: ["a\u0000b"] }, { install: [{ slug: "a\nb" }] }]) {
      expect(codesOf(await askGraphql(api, query, { change }))).toEqual(["request_invalid"]);
    }
  });

  it("that the operation does not know, or of another type, are refused", async () => {
    expect(codesOf(await askGraphql(api, query, { change: { unknown: 1 } }))).toEqual(["graphql_invalid"]);
    expect(codesOf(await askGraphql(api, query, {}))).toEqual(["graphql_invalid"]);
    expect(codesOf(await askGraphql(api, `query ($first: Int!) { builds(first: $first) { nextCursor } }`, { first: 2 ** 40 }))).toEqual(["graphql_invalid"]);
  });

  it("count for the cost as they are", async () => {
    const large = `query ($first: Int!) { builds(first: $first) { nodes { steps { name status } requests { reason } } } }`;
    expect(codesOf(await askGraphql(api, large, { first: 10 }))).toEqual([]);
    expect(codesOf(await askGraphql(api, large, { first: 2_000_000_000 }))).toEqual(["graphql_limit"]);
    expect(codesOf(await askGraphql(api, large, { first: -2_000_000_000 }))).toEqual(["request_invalid"]);
  });
});

function ask(payload: unknown): ReturnType<TestApi["ask"]> {
  return api.ask("POST", "/graphql", payload);
}

describe("a request", () => {
  it("is one operation: batches and fields beside it are refused", async () => {
    for (const payload of [[{ query: "{ me { name } }" }], { query: "{ me { name } }", more: 1 }, {}, { query: 1 }, "text"]) {
      const response = await ask(payload);
      expect([response.statusCode, response.headers["content-type"]]).toEqual([400, "application/problem+json; charset=utf-8"]);
    }
  });

  it("carries out the operation that it names, and is held to its cost alone", async () => {
    const query = `query Large { builds(first: 200) { nodes { releases { build { releases { build { id } } } } } } } query Small { me { name } }`;
    const named = async (operationName?: string): Promise<unknown> => (await ask({ query, ...(operationName !== undefined && { operationName }) })).json();
    expect(await named("Small")).toEqual({ data: { me: { name: "admin" } } });
    expect(await named("Large")).toMatchObject({ errors: [{ extensions: { code: "graphql_limit" } }] });
    expect(await named("Other")).toMatchObject({ errors: [{ extensions: { code: "graphql_invalid" } }] });
    expect(await named()).toMatchObject({ errors: [{ extensions: { code: "graphql_invalid" } }] });
  });

  it("by GET may only listen", async () => {
    for (const document of ["{ me { name } }", `mutation { cancelBuild(id: "bld_x") { build { id } } }`]) {
      const response = await api.ask("GET", `/graphql?query=${encodeURIComponent(document)}`, undefined, { accept: "text/event-stream, application/json" });
      expect([response.statusCode, response.headers["allow"]]).toEqual([405, "POST"]);
      expect(response.body).toContain("method_not_allowed");
    }
    expect((await api.ask("GET", "/graphql")).statusCode).toBe(400);
  });

  it("has no page of its own, and says nothing to who may not ask", async () => {
    const response = await api.app.inject({ method: "GET", url: "/graphql", headers: { accept: "text/html" } });
    expect([response.statusCode, response.headers["content-type"]]).toEqual([401, "application/problem+json; charset=utf-8"]);
    expect((await api.ask("GET", "/graphql", undefined, { accept: "text/html" })).body).not.toContain("<html");
  });

  it("for a subscription that is not answered as a stream says how", async () => {
    const response = await api.ask("POST", "/graphql", { query: "subscription { events { id } }" }, { accept: "application/json" });
    expect([response.statusCode, response.json<{ code: string; hint: string }>().code]).toEqual([400, "graphql_invalid"]);
    expect(response.json<{ hint: string }>().hint).toContain("text/event-stream");
  });
});
