import { z } from "zod";
import type { ControlPlane } from "../../control-plane.ts";
import { fail } from "../../errors/problem.ts";
import { previewRetention, runRetention, type RetentionReport } from "../../retention/run-retention.ts";
import { actorOf } from "../authenticate.ts";
import { reasonText } from "../views/common.ts";
import { retentionView, showRetention } from "../views/retention.ts";
import type { Api } from "./app.ts";

const body = z.strictObject({ dry_run: z.boolean().default(false), reason: reasonText.default("") }).nullish();

export function retentionRoutes(api: Api, plane: ControlPlane): void {
  const { retention, config } = plane;
  const show = (report: RetentionReport, dryRun: boolean) => showRetention(report, retention.budget, config.freeBytes, dryRun);

  api.get("/retention", { config: { permission: "read" }, schema: { operationId: "previewRetention", tags: ["retention"], summary: "What is kept, and what would be removed now, and why", response: { 200: retentionView } } }, async () => show(await previewRetention(retention), true));

  api.post("/retention", { config: { permission: "retention.run" }, schema: { operationId: "runRetention", tags: ["retention"], summary: "Remove what is no longer needed", body, response: { 200: retentionView } } }, async (request) => {
    const { dry_run: dryRun = false, reason = "" } = request.body ?? {};
    if (dryRun) return show(await previewRetention(retention), true);
    const report = await runRetention(retention, { actor: actorOf(request), reason, isAsked: true });
    return report === undefined ? fail("retention_running", "another process removes things just now") : show(report, false);
  });
}
