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
import { manifestHistoryRoutes } from "./manifest-history.ts";
import { meRoutes } from "./me.ts";
import { peopleRoutes } from "./people.ts";
import { personGrantRoutes } from "./person-grants.ts";
import { moduleRoutes } from "./modules.ts";
import { planRoutes } from "./plans.ts";
import { registryRoutes } from "./registry.ts";
import { releaseComparisonRoutes } from "./release-comparison.ts";
import { releaseRoutes } from "./releases.ts";
import { retentionRoutes } from "./retention.ts";
import { sessionRoutes } from "./sessions.ts";
import { settingsRoutes } from "./settings.ts";
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
  releaseComparisonRoutes,
  environmentRoutes,
  environmentSettingsRoutes,
  environmentHealthRoutes,
  compositionRoutes,
  moduleRoutes,
  registryRoutes,
  manifestHistoryRoutes,
  eventRoutes,
  journalRoutes,
  retentionRoutes,
  settingsRoutes,
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
