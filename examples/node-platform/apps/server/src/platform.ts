import { MemoryTenantStore, ModuleRegistry, TenantModules } from "@modyard/runtime";
import { mountModules } from "@modyard/runtime/fastify";
import { fastify as createFastify, type FastifyInstance } from "fastify";
import { defaultEnabled, registerModules } from "./modules/generated.ts";
import { mountSurface } from "./surfaces.ts";
import { defaultTenant, tenantOf } from "./tenants.ts";

export interface Platform {
  readonly fastify: FastifyInstance;
  readonly registry: ModuleRegistry;
  readonly tenants: TenantModules;
}

/** Puts the platform together: the modules of this build behind their tenants' guards, and the two static surfaces. */
export function createPlatform(): Platform {
  const registry = registerModules(new ModuleRegistry());
  const tenants = new TenantModules(registry, {
    store: new MemoryTenantStore(),
    // The platform's own tenant has everything that is installed; the others start with the defaults.
    defaultEnabled: (tenant) => (tenant === defaultTenant ? registry.slugs() : defaultEnabled),
  });
  const fastify = createFastify({ bodyLimit: 64 * 1024, logger: { level: "error" } });
  mountModules(fastify, registry, { tenants, tenantOf });
  fastify.get("/tenant/modules", async (request) => ({ tenant: tenantOf(request), modules: await tenants.list(tenantOf(request)) }));
  mountSurface(fastify, { directory: "admin", prefix: "/admin" });
  mountSurface(fastify, { directory: "storefront", prefix: "" });
  return { fastify, registry, tenants };
}
