import { join } from "node:path";
import type { DescriptorReading } from "../composition/plan.ts";
import { fail, ModyardError, type Problem } from "../errors/problem.ts";
import type { CatalogEntry } from "../manifest/catalog.ts";
import type { ModuleSpec } from "../manifest/manifest.ts";
import type { PlannerOptions } from "./planner.ts";
import type { HostSnapshot } from "./snapshot.ts";

/** Everything that is known of one module, installed or not, before somebody decides about it. */
export interface ModuleDetails {
  readonly slug: string;
  /** As it is in the manifest; where it is not, as the catalog would have it. */
  readonly spec: ModuleSpec;
  readonly entry: CatalogEntry | undefined;
  readonly installed: boolean;
  readonly installedVersion: string | undefined;
  /** What the module says of itself; undefined when it could not be read. */
  readonly reading: DescriptorReading | undefined;
  /** Why it could not be read. */
  readonly problem: Problem | undefined;
  /** Versions that its registry offers, the newest first. */
  readonly versions: readonly string[];
}

/** Reads a module of the manifest or of a catalog, from where it comes from. Nothing of it runs. */
export async function readModuleDetails(options: PlannerOptions, snapshot: HostSnapshot, slug: string): Promise<ModuleDetails> {
  const present = snapshot.manifest.modules.find((spec) => spec.slug === slug);
  const entry = snapshot.catalogs.flatMap(({ entries }) => entries).find((each) => each.slug === slug);
  const spec = present ?? entry?.spec ?? fail("module_not_found", `there is no module ${JSON.stringify(slug)} in the manifest or a catalog`);
  const toolchain = options.toolchains(snapshot.host.toolchain);
  const source = { hostDirectory: snapshot.tree, pathRoots: options.pathRoots, cacheDirectory: join(options.dataDirectory, "cache") };
  const [reading, versions] = await Promise.all([asProblem(toolchain.readDescriptor(spec, source)), toolchain.listVersions(spec, source)]);
  const known = { slug, spec, entry, installed: present !== undefined, installedVersion: snapshot.installedVersions.get(slug), versions };
  return "code" in reading ? { ...known, reading: undefined, problem: reading } : { ...known, reading, problem: undefined };
}

async function asProblem(reading: Promise<DescriptorReading | Problem>): Promise<DescriptorReading | Problem> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof ModyardError) return error.problems[0];
    throw error;
  }
}
