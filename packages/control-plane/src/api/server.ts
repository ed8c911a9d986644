import Fastify, { LogController, type FastifyBaseLogger } from "fastify";
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from "fastify-type-provider-zod";
import { randomUUID } from "node:crypto";
import { LastUse } from "../access/tokens/last-use.ts";
import type { ControlPlane } from "../control-plane.ts";
import { authenticate } from "./authenticate.ts";
import { readJsonBodies } from "./bodies.ts";
import { describeApi } from "./documentation.ts";
import { honourIdempotencyKeys } from "./idempotency.ts";
import { openRoutes } from "./open-routes.ts";
import { rememberMethods } from "./other-methods.ts";
import { holdToEnvironments, holdToPermissions } from "./permit.ts";
import { refuseControlCharacters } from "./plain-text.ts";
import { answerError, answerNotFound, answerNotHttp } from "./problem-details.ts";
import { adminRoutes } from "./rest/index.ts";
import { endStreamsOnClose } from "./sse.ts";

const bodyLimit = 1024 * 1024;
/** How long a client may take to send a request. Streams of events are answers and may last. */
const requestTimeout = 60_000;

/** The API as a Fastify application that listens nowhere yet: tests call it without a socket. */
export async function buildApi(plane: ControlPlane) {
  const app = Fastify({
    loggerInstance: plane.logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit,
    requestTimeout,
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: "idle",
    frameworkErrors: answerError,
    clientErrorHandler: answerNotHttp,
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(answerError);
  const methodsAt = rememberMethods(app);
  app.setNotFoundHandler((request, reply) => answerNotFound(request, reply, methodsAt));
  app.decorateRequest("principal", undefined);
  readJsonBodies(app);
  endStreamsOnClose(app);
  await describeApi(app);
  openRoutes(app, plane);
  const recognition = { handle: plane.handle, lastUse: new LastUse(plane.handle, plane.logger) };
  app.addHook("onClose", () => recognition.lastUse.settle());
  await app.register(
    async (admin) => {
      admin.addHook("onRequest", (request, reply) => authenticate(recognition, request, reply));
      holdToPermissions(admin);
      admin.addHook("preValidation", refuseControlCharacters);
      honourIdempotencyKeys(admin, plane.handle);
      holdToEnvironments(admin);
      adminRoutes(admin.withTypeProvider<ZodTypeProvider>(), plane);
    },
    { prefix: "/admin" },
  );
  await app.ready();
  return app;
}
