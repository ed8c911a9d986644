import { z } from "zod";
import type { ControlPlane } from "../../control-plane.ts";
import { listLeases, takeOver } from "../../deployment/leases.ts";
import { actorOf } from "../authenticate.ts";
import { reasonText } from "../views/common.ts";
import { leasesView, showLease } from "../views/lease.ts";
import type { Api } from "./app.ts";

export function leaseRoutes(api: Api, plane: ControlPlane): void {
  const leases = async () => ({ leases: (await listLeases(plane.handle)).map(showLease) });
  api.get("/leases", { schema: { summary: "What is under way, and who holds it", response: { 200: leasesView } } }, leases);

  const params = z.object({ id: z.string().max(100) });
  const body = z.strictObject({ reason: reasonText.default("") }).nullish();
  api.post("/leases/:id/take-over", { schema: { summary: "Take work away from its holder and give it to the next worker", params, body, response: { 200: leasesView } } }, async (request) => {
    await takeOver(plane, request.params.id, actorOf(request), request.body?.reason ?? "");
    return leases();
  });
}
