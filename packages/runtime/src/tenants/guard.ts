import { type ModuleResponse, problem } from "../routes.ts";
import type { TenantModules } from "./tenant-modules.ts";

/** Answers 404 for a module that the tenant has not enabled, as if it were not there; undefined: go on. */
export async function guardModule(tenants: TenantModules, tenant: string, slug: string): Promise<ModuleResponse | undefined> {
  if (await tenants.isEnabled(tenant, slug)) return undefined;
  return problem(404, "MODULE_NOT_ENABLED", "Not found", `The module "${slug}" is not enabled for this tenant.`);
}
