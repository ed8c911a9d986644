import type { FastifyReply, FastifyRequest } from "fastify";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { z } from "zod";
import type { ControlPlane } from "../../control-plane.ts";
import { fail } from "../../errors/problem.ts";
import { principalOf } from "../authenticate.ts";
import { idempotencyKeyOf } from "../idempotency.ts";
import { baseOf, type Api } from "../rest/app.ts";
import { closeWhenRefused } from "../still-allowed.ts";
import { json } from "../views/common.ts";
import type { GraphqlContext } from "./context.ts";
import { usualLimits, type Limits } from "./limits/limits.ts";
import { openLoaders } from "./loaders.ts";
import { guardedSchema } from "./schema.ts";
import { openYoga } from "./yoga.ts";

const text = z.string().min(1).max(100_000);
const requestBody = z.strictObject({
  query: text.describe("The document."),
  variables: z.record(z.string(), json).nullish(),
  operationName: z.string().max(200).nullish(),
  extensions: z.record(z.string(), json).nullish(),
});
/** The library answers what it cannot parse by an error of its own. */
const jsonText = (longest: number) => z.string().max(longest).refine(isJsonObject, "not an object as JSON");
const requestQuery = z.strictObject({ query: text.describe("The document: a subscription."), variables: jsonText(50_000).optional().describe("As JSON."), operationName: z.string().max(200).optional(), extensions: jsonText(10_000).optional() });
const answerView = z.object({ data: json.optional(), errors: z.array(z.object({ message: z.string(), extensions: z.object({ code: z.string(), title: z.string(), hint: z.string() }).catchall(json) }).catchall(json)).optional() });
const description = "The schema is told by introspection. Subscriptions are answered as `text/event-stream`, each event with its number as its id: `Last-Event-ID` loses nothing.";

/** The same operations as below /admin, for programs that say themselves what they want to know. */
export function graphqlRoutes(api: Api, plane: ControlPlane, limits: Limits = usualLimits): void {
  const yoga = openYoga(guardedSchema().schema, limits, plane.logger);
  const answer = async (request: FastifyRequest, reply: FastifyReply, asked: Request): Promise<void> => {
    const response = await yoga.fetch(asked, contextOf(plane, request, reply));
    if (response.status === 405) reply.header("allow", "POST");
    if (response.status === 406) fail("graphql_invalid", "this is not answered as the header Accept wants it", { hint: "Send `Accept: application/json`, for subscriptions `Accept: text/event-stream`." });
    await send(request, reply, response);
  };

  const common = { tags: ["graphql"], response: { 200: answerView } };
  api.post("/graphql", { bodyLimit: limits.bodyBytes, config: { permission: "read" }, schema: { ...common, operationId: "graphql", summary: "Queries, mutations and subscriptions in GraphQL", description, body: requestBody } }, async (request, reply) => {
    await answer(request, reply, new Request(addressOf(request), { method: "POST", headers: headersOf(request), body: JSON.stringify(request.body) }));
    return reply;
  });
  api.get("/graphql", { exposeHeadRoute: false, config: { permission: "read" }, schema: { ...common, operationId: "graphqlSubscribe", summary: "Subscriptions in GraphQL, for browsers", description, querystring: requestQuery } }, async (request, reply) => {
    await answer(request, reply, new Request(addressOf(request), { headers: headersOf(request) }));
    return reply;
  });
}

function isJsonObject(written: string): boolean {
  try {
    const value: unknown = JSON.parse(written);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** The library looks at the path and the query only. */
function addressOf({ url }: FastifyRequest): string {
  return `http://modyard${url}`;
}

function headersOf({ headers }: FastifyRequest): Record<string, string> {
  return { accept: acceptOf(headers.accept), "content-type": "application/json" };
}

// What is accepted of what there is: JSON, and streams of ours. Where anything will do, the library has streams of its own, whose
// events have no numbers to go on from, and multipart.
function acceptOf(accept = "*/*"): string {
  const answers = /\bapplication\/graphql-response\+json\b/.test(accept) ? "application/graphql-response+json" : "application/json";
  const known = [
    { type: answers, accepted: /\bapplication\/(?:graphql-response\+json|json|\*)|\*\/\*/ },
    { type: "text/event-stream", accepted: /\btext\/(?:event-stream|\*)|\*\/\*/ },
  ];
  return known.filter(({ accepted }) => accepted.test(accept)).map(({ type }) => type).join(", ") || "none/none";
}

function contextOf(plane: ControlPlane, request: FastifyRequest, reply: FastifyReply): GraphqlContext {
  const lastEventId = Number(request.headers["last-event-id"] ?? Number.NaN);
  return {
    plane,
    principal: principalOf(request),
    idempotencyKey: idempotencyKeyOf(request),
    base: baseOf(request),
    lastEventId: Number.isSafeInteger(lastEventId) ? lastEventId : undefined,
    streams: request.server.eventStreams,
    watch: (waiter) => closeWhenRefused(request, waiter),
    holdChange: () => request.holdChange(reply),
    telling: {},
    loaders: openLoaders(plane),
  };
}

async function send(request: FastifyRequest, reply: FastifyReply, response: Response): Promise<void> {
  reply.status(response.status).headers(Object.fromEntries(response.headers));
  const isStream = response.headers.get("content-type")?.startsWith("text/event-stream") === true;
  if (!isStream || response.body === null) {
    await reply.send(await response.text());
    return;
  }
  try {
    request.holdStream();
  } catch (error) {
    await response.body.cancel();
    throw error;
  }
  // Closed with the stream: a connection kept for later requests would hold the server when it stops.
  reply.raw.shouldKeepAlive = false;
  await reply.send(Readable.fromWeb(response.body as ReadableStream));
}
