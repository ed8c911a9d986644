import { z } from "zod";
import type { Permission } from "../../access/permissions.ts";
import type { ControlPlane } from "../../control-plane.ts";
import { environmentOfDeployment } from "../operations/approvals.ts";
import { environmentOfRollback } from "../operations/deployments.ts";

/** What it takes to ask for a field of Query, Mutation or Subscription. */
export interface FieldRule {
  readonly permission: Permission;
  /** The environment that the field is about, where the permission is for environments. Undefined: about none. */
  readonly environment?: (args: Readonly<Record<string, unknown>>, plane: ControlPlane) => Promise<string | undefined> | string | undefined;
}

const read: FieldRule = { permission: "read" };
// Where the build is to run is looked at once it is known what is wanted: see requestBuildAs.
const change: FieldRule = { permission: "build.request" };
const rollbackArguments = z.object({ buildId: z.string().nullish(), environment: z.string().nullish(), targetRelease: z.string().nullish() });

/** The one table of fields and permissions. A field without a row, or a row without a field, and the server does not start. */
export const fieldRules: Readonly<Record<string, FieldRule>> = {
  "Query.me": { permission: "self.manage" },
  "Query.builds": read,
  "Query.build": read,
  "Query.buildLog": read,
  "Query.releases": read,
  "Query.release": read,
  "Query.deployments": read,
  "Query.deployment": read,
  "Query.environments": read,
  "Query.environment": read,
  "Query.manifest": read,
  "Query.catalog": read,
  "Query.moduleRegistry": read,
  "Query.plan": read,
  "Query.events": read,
  "Query.leases": read,
  "Mutation.requestBuild": change,
  "Mutation.installModule": change,
  "Mutation.uninstallModule": change,
  "Mutation.upgradeModule": change,
  "Mutation.cancelBuild": { permission: "build.cancel" },
  "Mutation.deploy": { permission: "deployment.request", environment: ({ environment }) => z.string().parse(environment) },
  "Mutation.rollback": { permission: "deployment.rollback", environment: (args, plane) => environmentOfArguments(plane, args) },
  "Mutation.approveDeployment": { permission: "deployment.approve", environment: environmentOfDecision },
  "Mutation.rejectDeployment": { permission: "deployment.approve", environment: environmentOfDecision },
  "Mutation.withdrawDeployment": { permission: "deployment.request", environment: environmentOfDecision },
  "Subscription.buildProgress": read,
  "Subscription.buildLog": read,
  "Subscription.events": read,
};

function environmentOfDecision({ id }: Readonly<Record<string, unknown>>, plane: ControlPlane): Promise<string> {
  return environmentOfDeployment(plane, z.string().parse(id));
}

/** The environment that a rollback is about: the one named, or what the build or release says. */
export function environmentOfArguments(plane: ControlPlane, args: unknown): Promise<string> {
  const { buildId, environment, targetRelease } = rollbackArguments.parse(args);
  return typeof environment === "string" ? Promise.resolve(environment) : environmentOfRollback(plane, buildId ?? undefined, targetRelease ?? undefined);
}
