import { basename, join } from "node:path";
import type { DescriptorReading } from "../composition/plan.ts";
import type { Problem } from "../errors/problem.ts";
import type { ModuleSpec } from "../manifest/manifest.ts";
import { SLUG } from "../manifest/schema/values.ts";
import { isRegistrySource } from "../manifest/source-rules.ts";
import type { DescriptorSource } from "../toolchains/toolchain.ts";
import { asProblem, detailsOf, type ModuleDetails } from "./module-details.ts";
import type { PlannerOptions } from "./planner.ts";
import type { HostSnapshot } from "./snapshot.ts";

/** Where a module is that is in no catalog; what is not stated of it, it says itself. */
export interface ModuleAddress {
  readonly source: "registry" | "git" | "path";
  readonly slug?: string | undefined;
  readonly packageName?: string | undefined;
  readonly version?: string | undefined;
  readonly git?: string | undefined;
  readonly rev?: string | undefined;
  readonly path?: string | undefined;
}

/** A module says at most its package's name and its slug that were not known before. */
const mostCorrections = 2;

/** Looks at a module by its address, before it is in any manifest. Nothing of it runs. Its slug and package's name are found out where they are not stated. */
export async function readModuleAt(options: PlannerOptions, snapshot: HostSnapshot, address: ModuleAddress): Promise<ModuleDetails> {
  const toolchain = options.toolchains(snapshot.host.toolchain);
  const source: DescriptorSource = { hostDirectory: snapshot.tree, pathRoots: options.pathRoots, cacheDirectory: join(options.dataDirectory, "cache"), newest: true };
  const first = specAt(snapshot, address);
  const versions = first.source === "git" || first.source === "path" ? [] : toolchain.listVersions(first, source);
  const read = (spec: ModuleSpec): Promise<DescriptorReading | Problem> => asProblem(toolchain.readDescriptor(spec, source));
  let spec = first;
  let reading = await read(spec);
  for (let round = 0; round < mostCorrections; round += 1) {
    const corrected = correct(spec, address, reading);
    if (corrected === undefined) break;
    spec = corrected;
    reading = await read(spec);
  }
  return detailsOf(snapshot, withRange(spec, address, reading), reading, await versions);
}

function specAt({ host }: HostSnapshot, { source, slug, packageName = "", version, git, rev, path }: ModuleAddress): ModuleSpec {
  const common = { slug: slug ?? slugLike(packageName || basename(path ?? git ?? "", ".git")), packageName, features: [], required: false, dependsOn: [] };
  if (source === "git") return { ...common, source, ...(git !== undefined && { git }), rev: rev ?? "HEAD" };
  if (source === "path") return { ...common, source, ...(path !== undefined && { path }) };
  return { ...common, source: host.toolchain === "npm" ? "npm" : "crates-io", version: version ?? "*" };
}

/** Who names no version gets the newest, and what is compatible with it later: as the catalogs of most hosts say it. */
function withRange(spec: ModuleSpec, { version }: ModuleAddress, reading: DescriptorReading | Problem): ModuleSpec {
  const newest = "code" in reading ? undefined : reading.resolvedVersion;
  return version !== undefined || newest === undefined || !isRegistrySource(spec.source) ? spec : { ...spec, version: `^${newest}` };
}

/** With what the module itself says where the address left it open; undefined: there is nothing to correct. */
function correct(spec: ModuleSpec, address: ModuleAddress, reading: DescriptorReading | Problem): ModuleSpec | undefined {
  if (!("code" in reading) || reading.code !== "descriptor_mismatch") return undefined;
  const { slug, packageName } = reading.details ?? {};
  if (typeof packageName === "string" && address.packageName === undefined) return { ...spec, packageName, slug: address.slug ?? slugLike(packageName) };
  if (typeof slug === "string" && address.slug === undefined) return { ...spec, slug };
  return undefined;
}

/** A package's name says mostly how its module is called: `@acme/module-forum` and `rustok-forum` are probably `forum`. */
function slugLike(name: string): string {
  const plain = name.replace(/^@[^/]*\//, "").toLowerCase().replace(/^(module|modyard|rustok|plugin)-/, "").replaceAll(/[^a-z0-9_-]+/g, "-").replace(/^[^a-z]+|-+$/g, "");
  return SLUG.test(plain) ? plain : "module";
}
