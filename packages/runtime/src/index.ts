/** What a host and its modules import. Knows no HTTP framework; `@modyard/runtime/fastify` plugs it into Fastify. */
export type { HealthReport, ModuleDefinition, ModuleHost, ModuleInput, StartContext, TenantContext } from "./definition.ts";
export { defineModule } from "./definition.ts";
export { RuntimeError, type RuntimeErrorCode } from "./errors.ts";
export { health, type HealthAnswer, type HealthBody, type HealthStatus, type ModuleHealth, modulesHealth, type ModulesHealthBody, type ModulesHealthOptions } from "./health.ts";
export { type Identity, readIdentity } from "./identity.ts";
export { ModuleRegistry } from "./registry.ts";
export { json, type ModuleRequest, type ModuleResponse, type ModuleRoute, problem, type ProblemDetails } from "./routes.ts";
export type { Application } from "./serve/application.ts";
export type { ServeOptions } from "./serve/options.ts";
export { serve, type Serving } from "./serve/serve.ts";
export { guardModule } from "./tenants/guard.ts";
export { type TenantModule, TenantModules, type TenantModulesOptions, type ToggleOptions } from "./tenants/tenant-modules.ts";
export { MemoryTenantStore, type TenantDecisions, type TenantStore } from "./tenants/tenant-store.ts";
