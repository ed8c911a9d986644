// What other programs may import; everything else of this package is its own business.
export { readConfig, type Config, type ConfigFlags } from "./config/config.ts";
export { startServer, type RunningServer } from "./server.ts";
export { catalogue, type ErrorCode } from "./errors/catalogue.ts";
export { ModyardError, type Location, type Problem, type Result } from "./errors/problem.ts";
export { parseManifest } from "./manifest/parse-manifest.ts";
export { parseCatalog } from "./manifest/parse-catalog.ts";
export { parseDescriptor } from "./manifest/parse-descriptor.ts";
export { parseHostDescriptor } from "./manifest/parse-host-descriptor.ts";
export type { Manifest, ModuleSpec } from "./manifest/manifest.ts";
export type { Catalog, CatalogEntry } from "./manifest/catalog.ts";
export type { Descriptor } from "./manifest/descriptor.ts";
export type { HostDescriptor } from "./manifest/host-descriptor.ts";
export { planComposition, type PlanInput } from "./composition/plan-composition.ts";
export type { Change, Plan } from "./composition/plan.ts";
export type { Composition } from "./composition/composition.ts";
export { generateRegistry } from "./codegen/generate-registry.ts";
export type { SourceFile } from "./codegen/source-file.ts";
