import { assert, asyncProperty, constantFrom, oneof, option, record, tuple, type Arbitrary } from "fast-check";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { openTestApi, type TestApi } from "../support/api.ts";
import { hostileText, hostileValue, spoilt, valuesOf, type JsonSchema } from "../support/schema-arbitrary.ts";

/** MODYARD_FUZZ_RUNS: so many requests of each operation, for as long as it takes; otherwise few, and not for long. */
const asked = Number(process.env["MODYARD_FUZZ_RUNS"] ?? 0);
const runs = asked > 0 ? asked : 15;
const longestMs = asked > 0 ? 3_600_000 : 600;
/** An answer that takes longer hangs: plans read repositories, on a machine that may be busy. */
const patienceMs = 60_000;

const media = z.object({ schema: z.record(z.string(), z.unknown()).optional() });
const operationSchema = z.object({
  operationId: z.string(),
  security: z.array(z.unknown()).optional(),
  parameters: z.array(z.object({ name: z.string(), in: z.string(), required: z.boolean().optional(), schema: z.record(z.string(), z.unknown()) })).default([]),
  requestBody: z.object({ content: z.record(z.string(), media) }).optional(),
  responses: z.record(z.string(), z.object({ content: z.record(z.string(), media).optional() })),
});
const documentSchema = z.object({ components: z.object({ schemas: z.record(z.string(), z.record(z.string(), z.unknown())) }), paths: z.record(z.string(), z.record(z.string(), operationSchema)) });
type Operation = z.output<typeof operationSchema>;

let api: TestApi;
let schemas: Readonly<Record<string, JsonSchema>>;
let operations: readonly { readonly path: string; readonly method: string; readonly operation: Operation }[];
/** Good values by the names of fields. */
let known: Readonly<Record<string, readonly unknown[]>>;
/** What requests come with: nothing, nonsense, or the token of each role. */
let credentials: readonly string[];

beforeAll(async () => {
  api = await openTestApi(undefined, { MODYARD_READS_PER_MINUTE: "0", MODYARD_WRITES_PER_MINUTE: "0" });
  const document = documentSchema.parse((await api.app.inject("/openapi.json")).json());
  schemas = document.components.schemas;
  operations = Object.entries(document.paths).flatMap(([path, item]) => Object.entries(item).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })));
  const { build_id: build } = z.object({ build_id: z.string() }).parse((await api.ask("POST", "/admin/builds", { install: ["forum"] })).json());
  known = { id: [build, "bld_01h00000000000000000000000", "tok_01h00000000000000000000000", "00000000-0000-0000-0000-000000000000"], name: ["prod", "elsewhere"], environment: ["prod"], manifest_ref: ["main", "gone"], install: ["forum", "blog"], uninstall: ["pages"], upgrade: ["content"], cursor: [build], role: ["viewer", "owner"], url: ["https://hooks.example/x", "http://127.0.0.1:1/"], deploy_to: ["prod"], query: ["{ builds { id } }", "{ __schema { types { name } } }", "mutation { x }", "{"] };
  const tokens = await Promise.all(["viewer", "operator", "administrator"].map(async (role) => z.object({ token: z.string() }).parse((await api.ask("POST", "/admin/tokens", { name: `fuzz-${role}`, grants: [{ environment: null, role }] })).json()).token));
  credentials = ["", "Bearer nonsense-nonsense", ...[...tokens, api.token].map((token) => `Bearer ${token}`)];
});
afterAll(() => api?.close());

/** The schema with what it refers to in its place. */
function inline(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inline);
  if (typeof value !== "object" || value === null) return value;
  if ("$ref" in value && typeof value.$ref === "string") return inline(schemas[value.$ref.split("/").at(-1) ?? ""]);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, inline(each)]));
}

interface FuzzRequest {
  readonly authorization: string;
  readonly path: readonly string[];
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  readonly key: string | null;
}

function requestsTo({ parameters, requestBody }: Operation): Arbitrary<FuzzRequest> {
  const inPath = parameters.filter((each) => each.in === "path").map(({ name }) => oneof(constantFrom(...(known[name] ?? ["x"]).map(String)), hostileText));
  const inQuery = parameters.filter((each) => each.in === "query").map(({ name, schema }) => [name, oneof({ weight: 4, arbitrary: valuesOf(schema, known, name) }, { weight: 1, arbitrary: hostileValue })] as const);
  const schema = inline(requestBody?.content["application/json"]?.schema) as JsonSchema | undefined;
  const good = schema === undefined ? undefined : valuesOf(schema, known);
  const body = good === undefined ? oneof({ weight: 4, arbitrary: constantFrom<unknown>(undefined) }, { weight: 1, arbitrary: hostileValue }) : oneof({ weight: 3, arbitrary: good }, { weight: 2, arbitrary: spoilt(good) }, { weight: 1, arbitrary: hostileValue });
  const owner = credentials.at(-1) ?? "";
  return record({
    authorization: oneof({ weight: 2, arbitrary: constantFrom(owner) }, { weight: 1, arbitrary: constantFrom(...credentials) }),
    path: tuple(...inPath),
    query: tuple(record(Object.fromEntries(inQuery), { requiredKeys: parameters.filter((each) => each.in === "query" && each.required === true).map(({ name }) => name) }), option(hostileText, { freq: 8 })).map(([query, extra]) => (extra === null ? query : { ...query, [extra]: extra })),
    body,
    key: option(hostileText, { freq: 10 }),
  });
}

/** What no answer may tell: traces of the stack, files of this machine, statements, the server's own secrets. */
const leaks = [/\n\s+at /, /\bnode_modules\b/, /\.[cm]?[jt]s:\d+/, /\b(?:select|insert into|update|delete from) [\w"*]+[^.]{0,80}\b(?:from|values|set|where)\b/i, /\b(?:ECONNREFUSED|ENOENT|EACCES|SQLSTATE|syntax error at or near|violates \w+ constraint)\b/, /\bZodError\b|\bTypeError\b/];

async function ask(method: string, path: string, sent: FuzzRequest) {
  let place = 0;
  const address = path.replaceAll(/\{\w+\}/g, () => encodeURIComponent((sent.path[place++] ?? "").toWellFormed()));
  const query = new URLSearchParams(Object.entries(sent.query).map(([name, value]) => [name.toWellFormed(), (typeof value === "string" ? value : (JSON.stringify(value) ?? "")).toWellFormed()])).toString();
  const key = sent.key === null || !/^[\x20-\x7e]*$/.test(sent.key) ? {} : { "idempotency-key": sent.key };
  const payload = sent.body === undefined || method === "GET" ? {} : { payload: JSON.stringify(sent.body) ?? "null" };
  const headers = { ...(sent.authorization !== "" && { authorization: sent.authorization }), ...("payload" in payload && { "content-type": "application/json" }), ...key };
  const answer = api.app.inject({ method: method as "GET", url: `${address}${query === "" ? "" : `?${query}`}`, headers, ...payload });
  const hung = sleep(patienceMs, undefined, { ref: false }).then(() => Promise.reject(new Error(`${method} ${address} hangs`)));
  return { address, response: await Promise.race([answer, hung]) };
}

/** What the log has of a request. */
function logged(id: string): string {
  return api.logged().split("\n").filter((line) => line.includes(id)).join("\n").slice(0, 2_000);
}

it("refuses variables of GraphQL that are no JSON, which the fuzz found unanswered once", async () => {
  for (const name of ["variables", "extensions"]) {
    for (const text of ["*x+", "{", "[]", "1"]) expect((await api.ask("GET", `/graphql?query=%7B&${name}=${encodeURIComponent(text)}`)).statusCode).toBe(400);
  }
});

it("answers whatever is asked of any operation, by anybody, as the description promises, and tells nothing of its inside", { timeout: asked > 0 ? 3_600_000 : 300_000 }, async () => {
  const seen = new Map<number, number>();
  for (const { path, method, operation } of operations) {
    const isOpen = operation.security?.length === 0;
    await assert(
      asyncProperty(requestsTo(operation), async (sent) => {
        const { address, response } = await ask(method, path, sent);
        const { statusCode: status, body } = response;
        seen.set(status, (seen.get(status) ?? 0) + 1);
        const told = `${operation.operationId}: ${method} ${address} -> ${status} ${body.slice(0, 600)}`;
        expect(status, `${told}\n${status < 500 ? "" : logged(String(response.headers["x-request-id"]))}`).toBeLessThan(500);
        if (!isOpen && !sent.authorization.startsWith("Bearer mya_") && address.replaceAll(/%\w\w|\W/g, "") !== "") expect([401, 404, 400], told).toContain(status);
        const type = String(response.headers["content-type"] ?? "").split(";")[0] ?? "";
        // GraphQL tells errors of documents by its own protocol.
        const isGraphql = path === "/graphql" && type !== "application/problem+json";
        if (status >= 400 && isGraphql) expect(z.object({ errors: z.array(z.object({ message: z.string(), extensions: z.object({ code: z.string() }) })).min(1) }).safeParse(response.json()).success, told).toBe(true);
        else if (status >= 400) expect([type, z.object({ status: z.literal(status), code: z.string(), request_id: z.literal(String(response.headers["x-request-id"])) }).safeParse(type === "application/problem+json" ? response.json() : {}).success], told).toEqual(["application/problem+json", true]);
        for (const leak of leaks) expect(leak.test(status >= 400 || isGraphql ? body : ""), `${String(leak)} ${told}`).toBe(false);
        // Where it keeps its things is itself one of the settings, for who may see those.
        const secrets = operation.operationId === "getSettings" && status === 200 ? [api.token] : [api.plane.config.dataDirectory, api.token];
        for (const secret of secrets) expect(body.includes(secret), told).toBe(false);
        const declared = (operation.responses[String(status)] ?? operation.responses["default"])?.content?.[type]?.schema;
        if (declared === undefined || !type.endsWith("json")) return;
        const reading = z.fromJSONSchema(inline(declared) as Parameters<typeof z.fromJSONSchema>[0]).safeParse(response.json());
        expect(reading.error?.issues ?? [], told).toEqual([]);
      }),
      // The same requests each time, where nobody asks for others.
      { numRuns: runs, interruptAfterTimeLimit: longestMs, markInterruptAsFailure: false, endOnFailure: true, ...(asked === 0 && { seed: 1 }) },
    );
  }
  // It got past the first checks, and was refused for every kind of reason.
  for (const status of [200, 400, 401, 403, 404]) expect([status, seen.get(status) ?? 0]).toEqual([status, expect.toSatisfy((count: number) => count > 0)]);
});
