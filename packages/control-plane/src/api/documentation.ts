import fastifySwagger from "@fastify/swagger";
import type { FastifyInstance, RouteOptions } from "fastify";
import { createJsonSchemaTransform } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissions } from "../access/permissions.ts";
import { version } from "../config/version.ts";
import { tags } from "./tags.ts";
import { problemDetailsView } from "./views/common.ts";

const info = { title: "Modyard", version, description: "Installs and removes modules of an application by rebuilding it." };
/** Behind https the cookie's name begins with `__Secure-`. */
const components = { securitySchemes: { token: { type: "http", scheme: "bearer" }, session: { type: "apiKey", in: "cookie", name: "modyard.session_token" } } } as const;

/** Describes every route as OpenAPI 3.1, from the schemas that requests and answers are checked with. */
export async function describeApi(app: FastifyInstance): Promise<void> {
  const toJsonSchema = createJsonSchemaTransform({ skipList: [] });
  const transform: typeof toJsonSchema = (input) => {
    const { schema, url } = toJsonSchema(input);
    return { url, schema: { ...schema, description: [schema.description, whoMay(input.route)].filter(Boolean).join(" ") } };
  };
  await app.register(fastifySwagger, {
    openapi: { openapi: "3.1.0", info, components, security: [{ token: [] }, { session: [] }], tags },
    transform,
    transformObject: (document) => ("openapiObject" in document ? withErrors(document.openapiObject) : document.swaggerObject),
  });
}

/** What it takes to ask for an operation, from the table that it is held to. */
function whoMay({ config, schema }: RouteOptions): string {
  const permission = config?.permission;
  if (permission === undefined) return schema?.security?.length === 0 ? "Open to everybody." : "";
  const { scope, roles } = permissions[permission];
  return `Takes the permission \`${permission}\`${scope === "environment" ? " in the environment concerned" : ""}: ${roles.join(", ")}.`;
}

/** Every operation may answer with problem details; saying so on each route would only repeat it. */
function withErrors<T extends { components?: object; paths?: object }>(document: T): T {
  const { $schema: _, ...schema } = z.toJSONSchema(problemDetailsView);
  const content = { "application/problem+json": { schema: { $ref: "#/components/schemas/ProblemDetails" } } };
  const described = { ...document.components, schemas: { ...(document.components && "schemas" in document.components ? (document.components.schemas as object) : {}), ProblemDetails: schema } };
  for (const item of Object.values(document.paths ?? {})) {
    for (const operation of Object.values(item as Record<string, { responses?: Record<string, unknown> }>)) {
      operation.responses = { ...operation.responses, default: { description: "The request was not carried out", content } };
    }
  }
  return { ...document, components: described };
}
