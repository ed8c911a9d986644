import { planRequest } from "../../build/request.ts";
import type { HostSnapshot } from "../../build/snapshot.ts";
import { noChange } from "../../composition/change.ts";
import type { ComposedModule } from "../../composition/composition.ts";
import type { Plan } from "../../composition/plan.ts";
import type { ControlPlane } from "../../control-plane.ts";
import type { Problem } from "../../errors/problem.ts";
import type { CatalogEntry } from "../../manifest/catalog.ts";
import type { Page, PageWish } from "./page.ts";

/** A branch as it is now, and its composition. */
export interface BranchState {
  readonly branch: string;
  readonly snapshot: HostSnapshot;
  readonly plan: Plan;
}

/** The manifest of a branch, with what it resolves to. */
export async function readBranch(plane: ControlPlane, branch = plane.config.branch): Promise<BranchState> {
  return { branch, ...(await planRequest(plane, branch, noChange)) };
}

/** A module of the composition, and whether tenants have it from the start. */
export type RegisteredModule = ComposedModule & { readonly defaultEnabled: boolean };

/** The modules in dependency order, as the generated registry has them. */
export function registeredModules({ composition }: Plan): readonly RegisteredModule[] {
  const enabled = new Set(composition.defaultEnabled);
  return composition.modules.map((module) => ({ ...module, defaultEnabled: enabled.has(module.slug) }));
}

/** A module that can be installed, and whether it is. */
export type OfferedModule = CatalogEntry & { readonly installed: boolean };

/** A page of the catalog, by slug, and what is wrong with its files. The cursor is the last slug of the page before. */
export interface CatalogPage extends Page<OfferedModule> {
  readonly problems: readonly Problem[];
}

export async function pageOfCatalog(plane: ControlPlane, { branch = plane.config.branch, limit, cursor = "" }: PageWish & { readonly branch?: string | undefined }): Promise<CatalogPage> {
  const { manifest, catalogs, catalogProblems } = await plane.reader.snapshot(branch);
  const installed = new Set(manifest.modules.map(({ slug }) => slug));
  // The first catalog that has a module goes before the others.
  const offered = new Map(catalogs.toReversed().flatMap(({ entries }) => entries.map((entry) => [entry.slug, entry] as const)));
  const left = [...offered.values()].filter(({ slug }) => slug > cursor).toSorted((one, other) => (one.slug < other.slug ? -1 : 1));
  const items = left.slice(0, limit).map((entry) => ({ ...entry, installed: installed.has(entry.slug) }));
  return { items, problems: catalogProblems, next: left.length > limit ? (items.at(-1)?.slug ?? null) : null };
}
