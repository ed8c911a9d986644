import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { openTestApi, type TestApi } from "../../../../test/support/api.ts";

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const schemaObject = z.record(z.string(), z.unknown());
const media = z.strictObject({ schema: schemaObject });
const operation = z.strictObject({
  operationId: z.string().regex(/^[a-z][A-Za-z0-9]+$/),
  tags: z.tuple([z.string()]),
  summary: z.string().min(1),
  description: z.string().min(1),
  security: z.array(z.record(z.string(), z.array(z.string()))).optional(),
  parameters: z.array(z.strictObject({ name: z.string(), in: z.enum(["path", "query", "header"]), required: z.boolean().optional(), description: z.string().optional(), schema: schemaObject })).optional(),
  requestBody: z.strictObject({ required: z.boolean().optional(), content: z.record(z.string(), media) }).optional(),
  responses: z.record(z.string().regex(/^(?:[1-5]\d\d|default)$/), z.strictObject({ description: z.string(), content: z.record(z.string(), media).optional() })),
});
/** The parts of OpenAPI 3.1 that we use, strictly. */
const openapi = z.strictObject({
  openapi: z.literal("3.1.0"),
  info: z.strictObject({ title: z.string(), version: z.string(), description: z.string() }),
  components: z.strictObject({ securitySchemes: z.record(z.string(), z.union([z.strictObject({ type: z.literal("http"), scheme: z.string() }), z.strictObject({ type: z.literal("apiKey"), in: z.literal("cookie"), name: z.string() })])), schemas: z.record(z.string(), schemaObject) }),
  paths: z.record(z.string().startsWith("/"), z.record(z.enum(["get", "post", "put", "patch", "delete"]), operation.optional())),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  tags: z.array(z.strictObject({ name: z.string(), description: z.string() })),
});

async function readDocument(): Promise<z.output<typeof openapi>> {
  return openapi.parse((await api.app.inject("/openapi.json")).json());
}

type Operation = z.output<typeof operation>;

function operations(document: z.output<typeof openapi>): readonly { readonly path: string; readonly method: string; readonly operation: Operation }[] {
  return Object.entries(document.paths).flatMap(([path, item]) => Object.entries(item).flatMap(([method, each]) => (each === undefined ? [] : [{ path, method, operation: each }])));
}

describe("/openapi.json", () => {
  it("is OpenAPI 3.1", async () => {
    const document = await readDocument();
    expect(operations(document).length).toBeGreaterThan(18);
  });

  it("declares every parameter of a path, and errors of every operation", async () => {
    for (const { path, operation: each } of operations(await readDocument())) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect([path, each.parameters?.filter(({ in: where }) => where === "path").map(({ name }) => name) ?? []]).toEqual([path, named]);
      expect(Object.keys(each.responses)).toContain("default");
      expect(each.responses["default"]?.content).toHaveProperty(["application/problem+json"]);
    }
  });

  it("names every operation once, as a function of a client, and groups it under a tag that it describes", async () => {
    const document = await readDocument();
    const all = operations(document).map(({ operation: each }) => each);
    const names = all.map(({ operationId }) => operationId);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    const described = document.tags.map(({ name }) => name);
    expect(all.flatMap(({ operationId, tags: [tag] }) => (described.includes(tag) ? [] : [`${operationId}: ${tag}`]))).toEqual([]);
  });

  it("refers to nothing that is not in it", async () => {
    const document = await readDocument();
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference]) => reference ?? "");
    expect(references.length).toBeGreaterThan(0);
    for (const reference of new Set(references)) {
      expect(reference).toMatch(/^#\/components\/schemas\//);
      expect(Object.keys(document.components.schemas)).toContain(reference.split("/").at(-1));
    }
  });
});

describe("answers", () => {
  /** Every GET route with something to show, and the two dry requests. */
  const asked: readonly (readonly ["GET" | "POST", string, string, unknown?])[] = [
    ["GET", "/healthz", "/healthz"],
    ["GET", "/readyz", "/readyz"],
    ["GET", "/admin/builds", "/admin/builds"],
    ["GET", "/admin/builds/{id}", "/admin/builds/BUILD"],
    ["GET", "/admin/builds/{id}/logs", "/admin/builds/BUILD/logs"],
    ["GET", "/admin/deployments", "/admin/deployments"],
    ["GET", "/admin/releases", "/admin/releases"],
    ["GET", "/admin/environments", "/admin/environments"],
    ["GET", "/admin/environments/{name}", "/admin/environments/prod"],
    ["GET", "/admin/manifest", "/admin/manifest"],
    ["GET", "/admin/catalog", "/admin/catalog"],
    ["GET", "/admin/modules", "/admin/modules"],
    ["GET", "/admin/events", "/admin/events"],
    ["POST", "/admin/plans", "/admin/plans", { install: ["forum"] }],
    ["POST", "/admin/builds", "/admin/builds", { install: ["blog"] }],
    ["POST", "/admin/builds/{id}/cancel", "/admin/builds/BUILD/cancel"],
    ["POST", "/admin/builds/{id}/deploy", "/admin/builds/BUILD/deploy", { environment: "prod" }],
    ["GET", "/admin/nothing", "/admin/nothing"],
  ];

  it("are what the description promises, to the last key", async () => {
    const document = await readDocument();
    const { build_id: build } = z.object({ build_id: z.string() }).parse((await api.ask("POST", "/admin/builds", { install: ["forum"] })).json());
    for (const [method, path, url, body] of asked) {
      const response = await api.ask(method, url.replace("BUILD", build), body);
      const responses: Operation["responses"] = document.paths[path]?.[method.toLowerCase() as "get" | "post"]?.responses ?? { default: { description: "", content: { "application/problem+json": media.parse({ schema: document.components.schemas["ProblemDetails"] }) } } };
      const declared = responses[String(response.statusCode)] ?? responses["default"];
      const schema = declared?.content?.[response.headers["content-type"]?.toString().split(";")[0] ?? ""]?.schema;
      expect([path, schema]).toEqual([path, expect.anything()]);
      const reading = z.fromJSONSchema(inline(schema, document.components.schemas) as Parameters<typeof z.fromJSONSchema>[0]).safeParse(response.json());
      expect([path, response.statusCode, reading.error?.issues ?? []]).toEqual([path, response.statusCode, []]);
    }
  });
});

/** The schema with what it refers to in its place. */
function inline(value: unknown, schemas: Record<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((each) => inline(each, schemas));
  if (typeof value !== "object" || value === null) return value;
  if ("$ref" in value && typeof value.$ref === "string") return inline(schemas[value.$ref.split("/").at(-1) ?? ""], schemas);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, inline(each, schemas)]));
}
