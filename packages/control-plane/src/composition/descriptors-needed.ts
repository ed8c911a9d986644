import type { Catalog } from "../manifest/catalog.ts";
import type { Manifest, ModuleSpec } from "../manifest/manifest.ts";
import { indexCatalogs } from "./catalog-index.ts";
import { catalogWord } from "./catalog-word.ts";
import type { Change, DescriptorReading } from "./plan.ts";
import { situationOf } from "./situation.ts";
import { byText } from "./text-order.ts";
import { wantModules } from "./wanted.ts";

/** What decides which descriptors a plan needs. */
export interface DescriptorNeeds {
  readonly manifest: Manifest;
  readonly change: Change;
  readonly catalogs: readonly Catalog[];
  /** Exact versions of the present lockfile, by slug; see `HostFacts`. */
  readonly installedVersions?: ReadonlyMap<string, string>;
}

/** How a descriptor is to be read. */
export interface ReadingWish {
  /** Of the newest version that the spec allows, even where the lockfile holds one that would do: an upgrade asks for that. */
  readonly newest: boolean;
}

/**
 * The specs whose descriptors must still be read, sorted by slug: every module of the manifest (also those that go,
 * which may be core) and every wanted one, at the spec that the plan would write. Descriptors bring new modules along:
 * read these, add them to `known`, and ask again until the list is empty.
 */
export function descriptorsNeeded(needs: DescriptorNeeds, known: ReadonlyMap<string, DescriptorReading>): ModuleSpec[] {
  const situation = situationOf({ ...needs, descriptors: known });
  const specs = new Map([...situation.current, ...wantModules(situation).modules]);
  return [...specs.values()].filter((spec) => !known.has(spec.slug)).toSorted((a, b) => byText(a.slug, b.slug));
}

/**
 * Reads all descriptors that a plan needs through `read`, which answers undefined for a source that cannot be reached:
 * then the catalog's word stands in for it, unverified. All reads of one round are made at once.
 */
export async function readDescriptors(needs: DescriptorNeeds, read: (spec: ModuleSpec, wish: ReadingWish) => Promise<DescriptorReading | undefined>): Promise<ReadonlyMap<string, DescriptorReading>> {
  const catalog = indexCatalogs(needs.catalogs);
  const known = new Map<string, DescriptorReading>();
  const upgraded = new Set(needs.change.upgrade.map(({ slug }) => slug));
  for (let specs = descriptorsNeeded(needs, known); specs.length > 0; specs = descriptorsNeeded(needs, known)) {
    const readings = await Promise.all(specs.map(async (spec) => [spec.slug, (await read(spec, { newest: upgraded.has(spec.slug) })) ?? catalogWord(spec, catalog)] as const));
    for (const [slug, reading] of readings) known.set(slug, reading);
  }
  return known;
}
