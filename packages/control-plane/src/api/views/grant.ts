import { z } from "zod";
import type { Grant } from "../../access/principal.ts";
import { roles } from "../../access/roles.ts";
import type { Environments } from "../../deployment/environments.ts";

/** A role, everywhere or in one environment. */
export const grantView = z.object({ environment: z.string().nullable().describe("Null: everywhere that no other grant names."), role: z.enum(roles) }).meta({ id: "Grant" });

const grantBody = z.strictObject({
  environment: z.string().min(1).max(100).nullable().default(null).describe("Left out or null: everywhere that no other grant names."),
  role: z.enum(roles),
});

/** What somebody shall have. */
export const grantsBody = z
  .array(grantBody)
  .max(50)
  .refine((grants) => new Set(grants.map(({ environment }) => environment)).size === grants.length, "one grant for everywhere at most, and one for each environment");

/** A grant for an environment that there is not would be a typing error that nobody sees. Throws environment_not_found. */
export async function assertEnvironments(environments: Environments, grants: readonly Grant[]): Promise<void> {
  for (const { environment } of grants) if (environment !== null) await environments.get(environment);
}
