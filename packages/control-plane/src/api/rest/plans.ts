import { z } from "zod";
import { usualSeconds } from "../../build/progress.ts";
import { planRequest } from "../../build/request.ts";
import type { ControlPlane } from "../../control-plane.ts";
import { changeShape, toChange } from "../views/change.ts";
import { planView, showPlan } from "../views/plan.ts";
import type { Api } from "./app.ts";

const planBody = z.strictObject({ manifest_ref: z.string().min(1).max(200).optional(), ...changeShape });

export function planRoutes(api: Api, plane: ControlPlane): void {
  api.post("/plans", { config: { permission: "read" }, schema: { operationId: "planChange", tags: ["composition"], summary: "What a change would do, and whether it may be made", body: planBody, response: { 200: planView } } }, async (request) => {
    const { manifest_ref: branch = plane.config.branch, ...change } = request.body;
    const { plan } = await planRequest(plane, branch, toChange(change));
    return showPlan(plan, await usualSeconds(plane.handle.db));
  });
}
