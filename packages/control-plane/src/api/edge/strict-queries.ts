import type { FastifyInstance } from "fastify";
import { validatorCompiler } from "fastify-type-provider-zod";
import { z } from "zod";

/** Refuses parameters in addresses that an operation does not know, as bodies are held to theirs: a misspelt filter would be none. An operation that says itself what becomes of others (a loose object) is left so. */
export function refuseUnknownParameters(app: FastifyInstance): void {
  app.setValidatorCompiler<z.ZodType>((route) => {
    const { schema, httpPart } = route;
    return validatorCompiler(httpPart === "querystring" && schema instanceof z.ZodObject && schema.def.catchall === undefined ? { ...route, schema: schema.strict() } : route);
  });
  app.addHook("onRoute", (route) => {
    const { schema, url } = route;
    if (schema !== undefined && schema.hide !== true && schema.querystring === undefined && /^\/(?:admin|auth|metrics)\b/.test(url)) route.schema = { ...schema, querystring: z.object({}) };
  });
}
