import { createJsonSchemaTransformObject } from "fastify-type-provider-zod";

/** Any object of the description: a schema, an operation, a list of parameters. */
type Node = Readonly<Record<string, unknown>>;
type Operation = Record<string, unknown> & { responses?: Record<string, unknown>; parameters?: readonly unknown[] };
type Input = Parameters<ReturnType<typeof createJsonSchemaTransformObject>>[0];
type Document = Extract<Input, { readonly openapiObject: unknown }>["openapiObject"];

const problem = { description: "The request was not carried out", content: { "application/problem+json": { schema: { $ref: "#/components/schemas/ProblemDetails" } } } };
const idempotencyKey = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description: "Of the client's choice, new for everything it asks for: a request that is repeated with its key is carried out once and gets the first one's answer.",
  schema: { type: "string", minLength: 1, maxLength: 200, pattern: "^[!-~]*$" },
};

const addNamedSchemas = createJsonSchemaTransformObject({});

/** Adds what no route says of itself: the schemas that have a name, problem details and Idempotency-Keys. */
export function completeDescription(input: Input): object {
  const document = narrowed(addNamedSchemas(input)) as Document;
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const [method, operation] of Object.entries(item as Record<string, Operation>)) {
      operation.responses = { ...operation.responses, default: problem };
      // As `honourIdempotencyKeys` has it.
      if (method === "post" && path.startsWith("/admin/")) operation.parameters = [...(operation.parameters ?? []), idempotencyKey];
    }
  }
  return { ...document, components: { ...document.components, schemas: withoutUnused(document) } };
}

/** Every named schema comes as it is written and as it is read (`…Input`); of the latter only those that a request uses are of interest. */
function withoutUnused({ paths, components }: Document): object {
  const used = JSON.stringify(paths);
  return Object.fromEntries(Object.entries(components?.schemas ?? {}).filter(([name]) => !name.endsWith("Input") || used.includes(`"#/components/schemas/${name}"`)));
}

/**
 * Without the `allOf` that only narrows what stands beside it, such as a second pattern: those who generate clients take the whole
 * for something of which they know nothing. The API holds requests to all of it.
 */
function narrowed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(narrowed);
  if (typeof value !== "object" || value === null) return value;
  const { allOf, ...rest } = value as Node;
  const kept = allOf === undefined || "type" in rest ? rest : { ...rest, allOf };
  return Object.fromEntries(Object.entries(kept).map(([key, each]) => [key, narrowed(each)]));
}
