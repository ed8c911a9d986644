import type { FastifyRequest } from "fastify";
import { z } from "zod";
import type { ControlPlane } from "../../control-plane.ts";
import type { Executor } from "../../database/connection.ts";
import { toPublicId, toUuid } from "../../database/identifiers.ts";
import { addressPolicy } from "../../events/webhooks/addresses.ts";
import { countDeliveries } from "../../events/webhooks/deliveries.ts";
import { changeWebhook, createWebhook, deleteWebhook, rotateSecret } from "../../events/webhooks/manage.ts";
import { provideSecretKey } from "../../events/webhooks/secret-key.ts";
import { getWebhook, listWebhooks, type WebhookRow } from "../../events/webhooks/store.ts";
import { checkWebhookUrl, originOf } from "../../events/webhooks/url.ts";
import { withAsked } from "../../journal/origin.ts";
import { answerOnce } from "../answer-once.ts";
import { askedOf } from "../asked.ts";
import { actorOf } from "../authenticate.ts";
import { readPage } from "../operations/page.ts";
import { pageQuery, reasonText, unknownCursor } from "../views/common.ts";
import { showWebhook, webhookSecretView, webhooksView, webhookTypes, webhookView, type WebhookSecretView, type WebhookView } from "../views/webhook.ts";
import type { Api } from "./app.ts";

const idParams = z.object({ id: z.string().max(100) });
const reason = reasonText.default("");

const settings = {
  url: z.string().min(1).max(2_000).describe("https:, on the public internet unless the operator allowed more."),
  description: reasonText,
  types: webhookTypes.describe("Types of event; empty: what happens to builds, releases, environments and modules. What is about people and tokens is sent where it is named."),
  environments: z.array(z.string().min(1).max(100)).max(100).describe("Only events about these environments; empty: all events."),
};

const makeBody = z.strictObject({ ...settings, description: settings.description.default(""), types: settings.types.default([]), environments: settings.environments.default([]), reason });
const changeBody = z.strictObject({ url: settings.url.optional(), description: settings.description.optional(), types: settings.types.optional(), environments: settings.environments.optional(), enabled: z.boolean().optional(), reason });
const rotateBody = z.strictObject({ overlap_hours: z.number().min(0).max(168).default(24).describe("So long the former secret signs, too; 0: it ends now."), reason });

/** Addresses that are told what happens. */
export function webhookRoutes(api: Api, plane: ControlPlane): void {
  const { db } = plane.handle;
  const policy = addressPolicy(plane.config.webhookPrivate);

  api.get("/webhooks", { config: { permission: "settings.read" }, schema: { operationId: "listWebhooks", tags: ["webhooks"], summary: "Webhooks, the oldest first", querystring: z.object(pageQuery), response: { 200: webhooksView } } }, async (request) => {
    const { limit, cursor } = request.query;
    const after = cursor === undefined ? undefined : (toUuid("whk", cursor) ?? unknownCursor(cursor));
    const { items, next } = await readPage(limit, (most) => listWebhooks(db, { limit: most, ...(after !== undefined && { after }) }), ({ id }) => toPublicId("whk", id));
    const counts = await countDeliveries(db, items.map(({ id }) => id));
    return { webhooks: items.map((row) => showWebhook(row, counts.get(row.id))), next_cursor: next };
  });

  api.post("/webhooks", { config: { permission: "settings.manage", tellsSecret: true }, schema: { operationId: "createWebhook", tags: ["webhooks"], summary: "Make a webhook, whose secret is told once", body: makeBody, response: { 201: webhookSecretView } } }, async (request, reply) => {
    const { reason: why, url, ...rest } = request.body;
    const wanted = { ...rest, url: checkWebhookUrl(url, policy) };
    const key = provideSecretKey(plane.config);
    let told = "";
    const { body } = await answerOnce<WebhookSecretView, 201>(request, (keep) =>
      asked(request, wanted.url, () => db.transaction().execute(async (trx) => {
        const { webhook, secret } = await createWebhook(trx, key, wanted, { actor: actorOf(request), reason: why });
        told = secret;
        await keep(trx, 201, { ...showWebhook(webhook), secret: null });
      })),
    );
    return reply.status(201).header("cache-control", "no-store").send({ ...body, secret: told });
  });

  api.get("/webhooks/:id", { config: { permission: "settings.read" }, schema: { operationId: "getWebhook", tags: ["webhooks"], summary: "One webhook", params: idParams, response: { 200: webhookView } } }, async (request) => show(db, await getWebhook(db, request.params.id)));

  api.patch("/webhooks/:id", { config: { permission: "settings.manage" }, schema: { operationId: "changeWebhook", tags: ["webhooks"], summary: "Change a webhook, switch it on or off", params: idParams, body: changeBody, response: { 200: webhookView } } }, async (request) => {
    const { reason: why, url, ...rest } = request.body;
    const changes = definedOf({ ...rest, url: url === undefined ? undefined : checkWebhookUrl(url, policy) });
    return show(db, await asked(request, changes.url, () => db.transaction().execute((trx) => changeWebhook(trx, request.params.id, changes, { actor: actorOf(request), reason: why }))));
  });

  api.delete("/webhooks/:id", { config: { permission: "settings.manage" }, schema: { operationId: "deleteWebhook", tags: ["webhooks"], summary: "Remove a webhook and what waits for it", params: idParams, querystring: z.object({ reason }), response: { 200: webhookView } } }, async (request) =>
    showWebhook(await db.transaction().execute((trx) => deleteWebhook(trx, request.params.id, { actor: actorOf(request), reason: request.query.reason }))),
  );

  api.post("/webhooks/:id/rotate-secret", { config: { permission: "settings.manage", tellsSecret: true }, schema: { operationId: "rotateWebhookSecret", tags: ["webhooks"], summary: "Give a webhook a new secret, which is told once", params: idParams, body: rotateBody.nullish(), response: { 200: webhookSecretView } } }, async (request, reply) => {
    const { overlap_hours: hours, reason: why } = rotateBody.parse(request.body ?? {});
    const key = provideSecretKey(plane.config);
    let told = "";
    const { body } = await answerOnce<WebhookSecretView, 200>(request, (keep) =>
      db.transaction().execute(async (trx) => {
        const { webhook, secret } = await rotateSecret(trx, key, request.params.id, hours, { actor: actorOf(request), reason: why });
        told = secret;
        await keep(trx, 200, { ...(await show(trx, webhook)), secret: null });
      }),
    );
    return reply.header("cache-control", "no-store").send({ ...body, secret: told });
  });
}

async function show(db: Executor, webhook: WebhookRow): Promise<WebhookView> {
  return showWebhook(webhook, (await countDeliveries(db, [webhook.id])).get(webhook.id));
}

/** In the journal stands of an asked-for address only where it goes to: some receivers' paths are secrets. */
function asked<T>({ method, routeOptions, params, query, body }: Pick<FastifyRequest, "method" | "routeOptions" | "params" | "query" | "body">, url: string | undefined, action: () => T): T {
  const told = url === undefined ? body : { ...(body as object), url: originOf(url) };
  return withAsked(askedOf({ method, routeOptions, params, query, body: told }), action);
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without what was not given: it stays as it is. */
function definedOf<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Defined<T>;
}
