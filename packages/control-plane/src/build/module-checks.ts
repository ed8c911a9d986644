import { join } from "node:path";
import semver from "semver";
import { compareVersions } from "../composition/versions.ts";
import { canonicalJson } from "../manifest/canonical-json.ts";
import type { Descriptor } from "../manifest/descriptor.ts";
import type { ModuleSpec } from "../manifest/manifest.ts";
import { isRegistrySource } from "../manifest/source-rules.ts";
import type { DescriptorSource } from "../toolchains/toolchain.ts";
import { fitOf, type ModuleFit } from "./module-fit.ts";
import type { PlannerOptions } from "./planner.ts";
import { RegistryMemory } from "./registry-memory.ts";
import type { HostSnapshot } from "./snapshot.ts";

/** What is good to know of a module at a glance: whether there is a newer one, and whether it fits this host. */
export interface ModuleCheck extends ModuleFit {
  readonly slug: string;
  /** What it says of itself; undefined: it could not be read. */
  readonly description: string | undefined;
  /** What it would be installed as, or is; undefined: it could not be read. */
  readonly version: string | undefined;
  /** The newest version that its registry offers, pre-releases only where there is nothing else; undefined: not known. */
  readonly newest: string | undefined;
  /** Whether `newest` is newer than what is installed. */
  readonly updateAvailable: boolean;
}

/** What a module and its registry say of it. */
interface Heard {
  readonly version: string | undefined;
  readonly newest: string | undefined;
  readonly descriptor: Descriptor | undefined;
}

const memories = new WeakMap<PlannerOptions, RegistryMemory<Heard>>();

/** How long an answer is waited for, and since when what was heard earlier is too old (milliseconds since 1970). */
export interface CheckPatience {
  readonly patienceMs: number;
  readonly notBefore?: number | undefined;
}

/**
 * Checks modules of the manifest or the catalogs, as far as that is known within `patienceMs`: the rest is being asked for, and is
 * there soon. Unknown slugs are left out.
 */
export async function checkModules(options: PlannerOptions, snapshot: HostSnapshot, slugs: readonly string[], { patienceMs, notBefore }: CheckPatience): Promise<{ readonly checks: readonly ModuleCheck[]; readonly complete: boolean }> {
  const memory = memories.get(options) ?? new RegistryMemory<Heard>();
  memories.set(options, memory);
  const offered = new Map(snapshot.catalogs.toReversed().flatMap(({ entries }) => entries.map(({ spec }) => [spec.slug, spec] as const)));
  const present = new Map(snapshot.manifest.modules.map((spec) => [spec.slug, spec]));
  const specs = [...new Set(slugs)].flatMap((slug) => present.get(slug) ?? offered.get(slug) ?? []);
  const late = Symbol("late");
  const timer = new Promise<typeof late>((resolve) => setTimeout(() => resolve(late), patienceMs).unref());
  const heard = await Promise.all(specs.map((spec) => Promise.race([hear(options, snapshot, memory, spec, present.has(spec.slug), notBefore), timer])));
  const checks = specs.flatMap((spec, index) => {
    const each = heard[index];
    return each === late || each === undefined ? [] : [judge(snapshot, spec, each)];
  });
  return { checks, complete: !heard.includes(late) };
}

async function hear(options: PlannerOptions, snapshot: HostSnapshot, memory: RegistryMemory<Heard>, spec: ModuleSpec, installed: boolean, notBefore?: number): Promise<Heard | undefined> {
  const toolchain = options.toolchains(snapshot.host.toolchain);
  const source: DescriptorSource = { hostDirectory: snapshot.tree, pathRoots: options.pathRoots, cacheDirectory: join(options.dataDirectory, "cache") };
  const ask = async (): Promise<Heard | undefined> => {
    const reading = await toolchain.readDescriptor(spec, source);
    const versions = isRegistrySource(spec.source) ? await toolchain.listVersions(spec, source) : [];
    const { descriptor, resolvedVersion } = "code" in reading ? {} : reading;
    return descriptor === undefined && versions.length === 0 ? undefined : { version: resolvedVersion ?? descriptor?.version, newest: newestOf(versions), descriptor };
  };
  // What lies in the host's own tree is read at once, and changes with each commit; so does what is locked.
  if (spec.source === "path") return ask();
  return memory.read(canonicalJson({ spec, locked: installed ? (snapshot.installedVersions.get(spec.slug) ?? "") : "" }), ask, notBefore);
}

function newestOf(versions: readonly string[]): string | undefined {
  const known = versions.flatMap((version) => semver.parse(version) ?? []).toSorted(semver.rcompare);
  return (known.find(({ prerelease }) => prerelease.length === 0) ?? known[0])?.version;
}

function judge(snapshot: HostSnapshot, { slug }: ModuleSpec, { version, newest, descriptor }: Heard): ModuleCheck {
  const installed = snapshot.installedVersions.get(slug);
  const updateAvailable = newest !== undefined && installed !== undefined && (compareVersions(newest, installed, snapshot.host.toolchain) ?? 0) > 0;
  return { slug, description: descriptor?.description, version, newest, updateAvailable, ...fitOf(snapshot, slug, descriptor) };
}
