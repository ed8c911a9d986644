import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from "fastify";
import { serializerCompiler, type ZodTypeProvider } from "fastify-type-provider-zod";
import { LastUse } from "../access/tokens/last-use.ts";
import type { ControlPlane } from "../control-plane.ts";
import { networkMatcher } from "../config/networks.ts";
import { version } from "../config/version.ts";
import { openMetrics } from "../telemetry/metrics/metrics.ts";
import { adminPage } from "./admin-page.ts";
import { authenticate } from "./authenticate.ts";
import { readJsonBodies } from "./bodies.ts";
import { describeApi } from "./documentation.ts";
import { openToOrigins } from "./edge/cross-origin.ts";
import { docsPage } from "./edge/docs-page.ts";
import { limitRates, type HoldToRate } from "./edge/rate-limits.ts";
import { secureAnswers, setBareHeaders } from "./edge/security-headers.ts";
import { refuseUnknownParameters } from "./edge/strict-queries.ts";
import { graphqlRoutes } from "./graphql/routes.ts";
import { honourIdempotencyKeys } from "./idempotency.ts";
import { metricsRoute } from "./metrics-route.ts";
import { observeRequest, observeRequests } from "./observe-requests.ts";
import { tellOrigins } from "./origin.ts";
import { openRoutes } from "./open-routes.ts";
import { rememberMethods } from "./other-methods.ts";
import { holdToEnvironments, holdToPermissions } from "./permit.ts";
import { refuseControlCharacters } from "./plain-text.ts";
import { answerError, answerNotFound, answerNotHttp } from "./problem-details.ts";
import { nameRequests, requestIdHeader, tellRequestIds } from "./request-id.ts";
import { adminRoutes } from "./rest/index.ts";
import { openSignIn } from "./sign-in/open.ts";
import { pageRoutes } from "./sign-in/pages.ts";
import { signInRoutes } from "./sign-in/routes.ts";
import { endStreamsOnClose } from "./sse.ts";
import { traceRequests } from "./trace-requests.ts";

const bodyLimit = 1024 * 1024;
/** How long a client may take to send a request. Streams of events are answers and may last. */
const requestTimeout = 60_000;

/** The API as a Fastify application that listens nowhere yet: tests call it without a socket. */
export async function buildApi(plane: ControlPlane) {
  const isTrusted = networkMatcher(plane.config.trustedProxies);
  const app = Fastify({
    loggerInstance: plane.logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: "request_id" }),
    bodyLimit,
    requestTimeout,
    genReqId: nameRequests(isTrusted),
    trustProxy: isTrusted,
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: "idle",
    frameworkErrors: (error, request, reply) => {
      // What is no address reaches no hook.
      observeRequest(request, reply, metrics.http);
      reply.raw.setHeader(requestIdHeader, request.id);
      setBareHeaders(reply.raw);
      answerError(error, request, reply);
    },
    clientErrorHandler: answerNotHttp,
  }).withTypeProvider<ZodTypeProvider>();
  refuseUnknownParameters(app);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(answerError);
  const methodsAt = rememberMethods(app);
  app.setNotFoundHandler((request, reply) => answerNotFound(request, reply, methodsAt));
  app.decorateRequest("principal", undefined);
  app.decorateRequest("signedIn", undefined);
  app.decorateRequest("recognizeAgain", undefined);
  readJsonBodies(app);
  endStreamsOnClose(app);
  const metrics = await openMetrics({ ...plane, version, openStreams: () => app.eventStreams.size });
  app.addHook("onClose", () => metrics.stop());
  tellRequestIds(app);
  tellOrigins(app);
  observeRequests(app, metrics.http);
  if (plane.config.tracesEndpoint !== undefined) traceRequests(app);
  await secureAnswers(app, { isHttps: plane.config.signIn.publicUrl?.startsWith("https:") === true });
  openToOrigins(app, plane.config.corsOrigins);
  const holdToRate = await limitRates(app, plane.config.rates);
  // Before its body is looked at: what is wrong with that is nobody's concern where nothing takes it.
  app.addHook("onRequest", async (request, reply) => (request.is404 ? answerNotFound(request, reply, methodsAt) : undefined));
  await describeApi(app);
  await docsPage(app);
  openRoutes(app, plane);
  const signIn = openSignIn(plane);
  const recognition = { handle: plane.handle, lastUse: new LastUse(plane.handle, plane.logger), signIn };
  app.addHook("onClose", () => recognition.lastUse.settle());
  await app.register(async (scope) => pageRoutes(scope));
  await app.register(adminPage);
  await app.register(
    async (open) => {
      open.addHook("preValidation", refuseControlCharacters);
      signInRoutes(open.withTypeProvider<ZodTypeProvider>(), plane, signIn);
    },
    { prefix: "/auth" },
  );
  await app.register(
    async (admin) => {
      holdToCredentials(admin, recognition, holdToRate);
      admin.addHook("preValidation", refuseControlCharacters);
      // Whoever may not do it any more is not told the answer of before either.
      holdToEnvironments(admin);
      honourIdempotencyKeys(admin, plane.handle);
      adminRoutes(admin.withTypeProvider<ZodTypeProvider>(), plane);
    },
    { prefix: "/admin" },
  );
  await app.register(async (scope) => {
    holdToCredentials(scope, recognition, holdToRate);
    metricsRoute(scope.withTypeProvider<ZodTypeProvider>(), metrics);
    // A document has lines; what it says is looked at field by field.
    graphqlRoutes(scope.withTypeProvider<ZodTypeProvider>(), plane);
  });
  await app.ready();
  return app;
}

/** Every route of `app` wants credentials and a permission. */
function holdToCredentials(app: FastifyInstance, recognition: Parameters<typeof authenticate>[0], holdToRate: HoldToRate): void {
  app.addHook("onRequest", (request, reply) => authenticate(recognition, request, reply));
  app.addHook("onRequest", holdToRate);
  holdToPermissions(app);
}
