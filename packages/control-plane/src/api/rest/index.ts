import type { ControlPlane } from "../../control-plane.ts";
import type { Api } from "./app.ts";
import { approvalRoutes } from "./approvals.ts";
import { buildRoutes } from "./builds.ts";
import { compositionRoutes } from "./composition.ts";
import { deploymentRoutes } from "./deployments.ts";
import { environmentHealthRoutes } from "./environment-health.ts";
import { environmentSettingsRoutes } from "./environment-settings.ts";
import { environmentRoutes } from "./environments.ts";
import { eventRoutes } from "./events.ts";
import { journalRoutes } from "./journal.ts";
import { leaseRoutes } from "./leases.ts";
import { logRoutes } from "./logs.ts";
import { meRoutes } from "./me.ts";
import { peopleRoutes } from "./people.ts";
import { personGrantRoutes } from "./person-grants.ts";
import { moduleRoutes } from "./modules.ts";
import { planRoutes } from "./plans.ts";
import { releaseRoutes } from "./releases.ts";
import { retentionRoutes } from "./retention.ts";
import { sessionRoutes } from "./sessions.ts";
import { tokenRoutes } from "./tokens.ts";
import { webhookDeliveryRoutes } from "./webhook-deliveries.ts";
import { webhookRoutes } from "./webhooks.ts";

/** Every route below /admin. */
const routes: readonly ((api: Api, plane: ControlPlane) => void)[] = [
  planRoutes,
  buildRoutes,
  logRoutes,
  leaseRoutes,
  deploymentRoutes,
  approvalRoutes,
  releaseRoutes,
  environmentRoutes,
  environmentSettingsRoutes,
  environmentHealthRoutes,
  compositionRoutes,
  moduleRoutes,
  eventRoutes,
  journalRoutes,
  retentionRoutes,
  webhookRoutes,
  webhookDeliveryRoutes,
  meRoutes,
  tokenRoutes,
  peopleRoutes,
  sessionRoutes,
  personGrantRoutes,
];

export function adminRoutes(api: Api, plane: ControlPlane): void {
  for (const add of routes) add(api, plane);
}
