import { join } from "node:path";
import type { DescriptorReading } from "../composition/plan.ts";
import { fail, ModyardError, type Problem } from "../errors/problem.ts";
import type { CatalogEntry } from "../manifest/catalog.ts";
import type { ModuleSpec } from "../manifest/manifest.ts";
import { fitOf, type ModuleFit } from "./module-fit.ts";
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
  /** Whether it goes together with the host and its modules, as far as it says. */
  readonly fit: ModuleFit;
}

/** Reads a module of the manifest or of a catalog, from where it comes from. Nothing of it runs. */
export async function readModuleDetails(options: PlannerOptions, snapshot: HostSnapshot, slug: string): Promise<ModuleDetails> {
  const present = snapshot.manifest.modules.find((spec) => spec.slug === slug);
  const entry = snapshot.catalogs.flatMap(({ entries }) => entries).find((each) => each.slug === slug);
  const spec = present ?? entry?.spec ?? fail("module_not_found", `there is no module ${JSON.stringify(slug)} in the manifest or a catalog`);
  const toolchain = options.toolchains(snapshot.host.toolchain);
  const source = { hostDirectory: snapshot.tree, pathRoots: options.pathRoots, cacheDirectory: join(options.dataDirectory, "cache") };
  const [reading, versions] = await Promise.all([asProblem(toolchain.readDescriptor(spec, source)), toolchain.listVersions(spec, source)]);
  return detailsOf(snapshot, spec, reading, versions, entry);
}

/** What was read of a module, seen from this host. */
export function detailsOf(snapshot: HostSnapshot, spec: ModuleSpec, reading: DescriptorReading | Problem, versions: readonly string[], entry?: CatalogEntry): ModuleDetails {
  const { slug } = spec;
  const installed = snapshot.manifest.modules.some((each) => each.slug === slug);
  const descriptor = "code" in reading ? undefined : reading.descriptor;
  const known = { slug, spec, entry, installed, installedVersion: snapshot.installedVersions.get(slug), versions, fit: fitOf(snapshot, slug, descriptor) };
  return "code" in reading ? { ...known, reading: undefined, problem: reading } : { ...known, reading, problem: undefined };
}

/** A source may throw what is wrong with it; who looks is told all the same. */
export async function asProblem(reading: Promise<DescriptorReading | Problem>): Promise<DescriptorReading | Problem> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof ModyardError) return error.problems[0];
    throw error;
  }
}
