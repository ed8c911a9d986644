import type { FastifyRequest } from "fastify";
import { z } from "zod";
import type { ControlPlane } from "../../control-plane.ts";
import { toPublicId, toUuid } from "../../database/identifiers.ts";
import { deliveryStates, listDeliveries } from "../../events/webhooks/deliveries.ts";
import { resend } from "../../events/webhooks/manage.ts";
import { getWebhook } from "../../events/webhooks/store.ts";
import { sendTest } from "../../events/webhooks/test-delivery.ts";
import { answerOnce } from "../answer-once.ts";
import { actorOf } from "../authenticate.ts";
import { readPage } from "../operations/page.ts";
import { pageQuery, reasonBody, unknownCursor } from "../views/common.ts";
import { deliveriesView, deliveryView, showDelivery, type DeliveryView } from "../views/webhook.ts";
import { webhookContext } from "../webhook-context.ts";
import type { Api } from "./app.ts";

const idParams = z.object({ id: z.string().max(100) });
const resentView = z.object({ resent: z.number().describe("How many deliveries begin anew.") });
type Resent = z.output<typeof resentView>;

/** What was sent to webhooks, and sending again. */
export function webhookDeliveryRoutes(api: Api, plane: ControlPlane): void {
  const { db } = plane.handle;
  api.post("/webhooks/:id/test", { config: { permission: "settings.manage" }, schema: { operationId: "testWebhook", tags: ["webhooks"], summary: "Send an event `WebhookTested` now, and tell what came back", params: idParams, body: reasonBody, response: { 200: deliveryView } } }, async (request) => {
    const by = byOf(request, request.body);
    const answer = await answerOnce<DeliveryView, 200>(request, async (keep) => keep(db, 200, showDelivery((await sendTest(webhookContext(plane), request.params.id, by)).delivery)));
    return answer.body;
  });

  const query = z.object({ ...pageQuery, status: z.enum(deliveryStates).optional() });
  api.get("/webhooks/:id/deliveries", { config: { permission: "settings.read" }, schema: { operationId: "listWebhookDeliveries", tags: ["webhooks"], summary: "What was sent to a webhook, newest first", params: idParams, querystring: query, response: { 200: deliveriesView } } }, async (request) => {
    const { id } = await getWebhook(db, request.params.id);
    const { limit, cursor, status } = request.query;
    const before = cursor === undefined ? undefined : (toUuid("whd", cursor) ?? unknownCursor(cursor));
    const { items, next } = await readPage(limit, (most) => listDeliveries(db, id, { limit: most, ...(before !== undefined && { before }), ...(status !== undefined && { status }) }), (each) => toPublicId("whd", each.id));
    return { deliveries: items.map(showDelivery), next_cursor: next };
  });

  const again = async (request: FastifyRequest, id: string, which: Parameters<typeof resend>[2], given: z.output<typeof reasonBody>): Promise<Resent> => {
    const answer = await answerOnce<Resent, 202>(request, (keep) => db.transaction().execute(async (trx) => keep(trx, 202, { resent: (await resend(trx, id, which, byOf(request, given))).count })));
    return answer.body;
  };
  const oneParams = z.object({ id: z.string().max(100), delivery: z.string().max(100) });
  api.post("/webhooks/:id/deliveries/:delivery/resend", { config: { permission: "settings.manage" }, schema: { operationId: "resendWebhookDelivery", tags: ["webhooks"], summary: "Send one delivery again", params: oneParams, body: reasonBody, response: { 202: resentView } } }, async (request, reply) =>
    reply.status(202).send(await again(request, request.params.id, { delivery: request.params.delivery }, request.body)),
  );
  api.post("/webhooks/:id/resend-dead", { config: { permission: "settings.manage" }, schema: { operationId: "resendDeadWebhookDeliveries", tags: ["webhooks"], summary: "Send everything again whose last attempt failed", params: idParams, body: reasonBody, response: { 202: resentView } } }, async (request, reply) =>
    reply.status(202).send(await again(request, request.params.id, "dead", request.body)),
  );
}

function byOf(request: FastifyRequest, given: z.output<typeof reasonBody>): { readonly actor: string; readonly reason: string } {
  return { actor: actorOf(request), reason: given?.reason ?? "" };
}
