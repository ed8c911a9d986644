import fastifySwagger from "@fastify/swagger";
import type { FastifyInstance, RouteOptions } from "fastify";
import { createJsonSchemaTransform } from "fastify-type-provider-zod";
import { permissions } from "../access/permissions.ts";
import { version } from "../config/version.ts";
import { completeDescription } from "./described-schemas.ts";
import { tags } from "./tags.ts";

const info = { title: "Modyard", version, description: "Installs and removes modules of an application by rebuilding it." };
/** Behind https the cookie's name begins with `__Host-`. */
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
    transformObject: completeDescription,
  });
}

/** What it takes to ask for an operation, from the table that it is held to. */
function whoMay({ config, schema }: RouteOptions): string {
  const permission = config?.permission;
  if (permission === undefined) return schema?.security?.length === 0 ? "Open to everybody." : "";
  const { scope, roles } = permissions[permission];
  return `Takes the permission \`${permission}\`${scope === "environment" ? " in the environment concerned" : ""}: ${roles.join(", ")}.`;
}
