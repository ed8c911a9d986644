import fastifySwagger from "@fastify/swagger";
import Fastify, { LogController, type FastifyBaseLogger } from "fastify";
import { jsonSchemaTransform, serializerCompiler, validatorCompiler, type ZodTypeProvider } from "fastify-type-provider-zod";
import { randomUUID } from "node:crypto";
import type { ControlPlane } from "../control-plane.ts";
import { problem } from "../errors/problem.ts";
import { authenticate } from "./authenticate.ts";
import { honourIdempotencyKeys } from "./idempotency.ts";
import { answerError, problemDetails } from "./problem-details.ts";
import { adminRoutes } from "./rest/index.ts";

const bodyLimit = 1024 * 1024;

/** The API as a Fastify application that listens nowhere yet: tests call it without a socket. */
export async function buildApi(plane: ControlPlane) {
  const app = Fastify({
    loggerInstance: plane.logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit,
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: true,
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((request, reply) => {
    const missing = problem("route_not_found", `there is nothing at ${request.method} ${request.url.split("?")[0]}`);
    return reply.status(404).type("application/problem+json").send(problemDetails([missing], 404, request));
  });
  app.decorateRequest("owner", undefined);
  await app.register(fastifySwagger, {
    openapi: { openapi: "3.1.0", info: { title: "Modyard", version: "0.1.0" }, components: { securitySchemes: { token: { type: "http", scheme: "bearer" } } }, security: [{ token: [] }] },
    transform: jsonSchemaTransform,
  });
  const open = { schema: { security: [], hide: false } };
  app.get("/healthz", open, () => ({ status: "ok" }));
  app.get("/readyz", open, async () => {
    await plane.handle.db.selectFrom("builds").select("id").limit(1).execute();
    return { status: "ok" };
  });
  app.get("/openapi.json", open, () => app.swagger());
  await app.register(
    async (admin) => {
      admin.addHook("onRequest", (request) => authenticate(plane.handle, request));
      honourIdempotencyKeys(admin, plane.handle);
      adminRoutes(admin.withTypeProvider<ZodTypeProvider>(), plane);
    },
    { prefix: "/admin" },
  );
  await app.ready();
  return app;
}
