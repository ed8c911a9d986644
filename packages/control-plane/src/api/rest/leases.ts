import { z } from "zod";
import { authorize } from "../../access/authorize.ts";
import type { Principal } from "../../access/principal.ts";
import type { ControlPlane } from "../../control-plane.ts";
import type { Executor } from "../../database/connection.ts";
import { toUuid } from "../../database/identifiers.ts";
import { listLeases, takeOver } from "../../deployment/leases.ts";
import { findDeployments } from "../../deployment/store.ts";
import { answerOnce } from "../answer-once.ts";
import { actorOf, principalOf } from "../authenticate.ts";
import { pageOf, type PageWish } from "../operations/page.ts";
import { reasonBody, unknownCursor, wholeQuery } from "../views/common.ts";
import { leasesView, showLease, type LeasesView } from "../views/lease.ts";
import type { Api } from "./app.ts";

export function leaseRoutes(api: Api, plane: ControlPlane): void {
  api.get("/leases", { config: { permission: "read" }, schema: { operationId: "listLeases", tags: ["leases"], summary: "What is under way, and who holds it", querystring: wholeQuery, response: { 200: leasesView } } }, (request) => leases(plane.handle.db, request.query));

  const params = z.object({ id: z.string().max(100) });
  api.post("/leases/:id/take-over", { config: { permission: "lease.take_over" }, schema: { operationId: "takeOverLease", tags: ["leases"], summary: "Take work away from its holder and give it to the next worker", params, body: reasonBody, response: { 200: leasesView } } }, async (request) => {
    const { id } = request.params;
    await assertMayTouch(plane.handle.db, principalOf(request), id);
    const { body: answer } = await answerOnce<LeasesView, 200>(request, (keep) => takeOver(plane, id, actorOf(request), request.body?.reason ?? "", async (trx) => keep(trx, 200, await leases(trx))));
    return answer;
  });
}

/** Who may not deploy to an environment may not meddle with its deployments either. */
async function assertMayTouch(db: Executor, principal: Principal, leaseId: string): Promise<void> {
  const id = toUuid("dpl", leaseId);
  const [deployment] = id === undefined ? [] : await findDeployments(db, [id]);
  if (deployment !== undefined) authorize(principal, "deployment.request", deployment.environment);
}

async function leases(db: Executor, wish: PageWish = { limit: 200 }): Promise<LeasesView> {
  const { items, next } = pageOf(await listLeases({ db }), wish, ({ subjectId }) => subjectId) ?? unknownCursor(wish.cursor ?? "");
  return { leases: items.map(showLease), next_cursor: next };
}
