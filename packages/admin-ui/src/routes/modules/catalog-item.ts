import type { CheckModulesResponse, ListCatalogResponse, ListModulesResponse } from "@modyard/client";

type Entry = ListCatalogResponse["entries"][number];
type Installed = ListModulesResponse["modules"][number];
type Check = CheckModulesResponse["checks"][number];

/** A module as the marketplace shows it: what a catalog says, and what is installed. */
export interface CatalogItem {
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly tags: readonly string[];
  /** The version that a catalog offers, where it names one. */
  readonly offered: string | undefined;
  /** The exact version that is installed; undefined: it is not. */
  readonly installed: string | undefined;
  readonly source: string;
  /** The name of its package, where its spec has one. */
  readonly packageName: string | undefined;
  /** Of what comes from git: its commit, tag or branch. */
  readonly rev: string | undefined;
  /** Another revision of the same repository than the installed one, where a catalog offers it. */
  readonly otherRev: string | undefined;
  /** A core module: always on. */
  readonly required: boolean;
  readonly dependsOn: readonly string[];
  /** Of the installed ones, those that need it. */
  readonly neededBy: readonly string[];
  readonly updateAvailable: boolean;
  /** The newest version that is known of, where it is newer than the installed one. */
  readonly newest: string | undefined;
  /** What an upgrade has to name to come to it; undefined: the upgrade finds it by itself. */
  readonly upgradeTo: string | undefined;
  /** Whether it fits this host; undefined: that is not known. */
  readonly compatible: boolean | undefined;
  /** The host versions that it is made for. */
  readonly compatServer: string | undefined;
  /** Of the installed ones, those that it cannot live with. */
  readonly conflictsWith: readonly string[];
}

/** Catalog and composition joined by slug: what is installed first, each by name. `checks`: what their registries said so far. */
export function catalogItems(entries: readonly Entry[], installed: readonly Installed[], checks: readonly Check[] = []): readonly CatalogItem[] {
  const present = new Map(installed.map((module) => [module.slug, module]));
  const offered = new Map(entries.map((entry) => [entry.slug, entry]));
  const slugs = [...new Set([...present.keys(), ...offered.keys()])];
  return slugs
    .map((slug) => item(slug, offered.get(slug), present.get(slug), installed, checks.find((check) => check.slug === slug)))
    .toSorted((one, other) => Number(other.installed !== undefined) - Number(one.installed !== undefined) || one.name.localeCompare(other.name));
}

function item(slug: string, entry: Entry | undefined, module: Installed | undefined, all: readonly Installed[], check: Check | undefined): CatalogItem {
  const spec: Readonly<Record<string, unknown>> = module?.spec ?? entry?.spec ?? {};
  const offered = text(entry?.spec["version"]);
  // What is a part of the host's own tree is in every build as it is there.
  const update = module?.spec["source"] === "path" ? null : check?.update_available === true ? check.newest : offered !== undefined && module !== undefined && isNewer(offered, module.version) ? offered : null;
  return {
    slug,
    name: entry?.name ?? module?.name ?? slug,
    description: entry?.description ?? check?.description ?? "",
    tags: entry?.tags ?? [],
    offered: offered ?? check?.version ?? undefined,
    installed: module?.version,
    source: text(spec["source"]) ?? "",
    packageName: text(spec["package"]) ?? text(spec["crate"]),
    rev: text(spec["rev"]),
    otherRev: module !== undefined && entry?.spec["git"] === spec["git"] && entry?.spec["rev"] !== spec["rev"] ? text(entry?.spec["rev"]) : undefined,
    required: spec["required"] === true || module?.kind === "core",
    dependsOn: module?.depends_on ?? [],
    neededBy: all.filter((other) => other.depends_on.includes(slug)).map((other) => other.slug),
    updateAvailable: module !== undefined && update !== null,
    newest: update ?? undefined,
    upgradeTo: update !== null && check?.update_available === true && check.newest !== null ? upgradeTo(text(module?.spec["version"]), check.newest) : undefined,
    compatible: check?.compatible ?? undefined,
    compatServer: check?.compat_server ?? undefined,
    conflictsWith: check?.conflicts_with ?? [],
  };
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** The manifest's way of writing versions is kept: an exact one becomes another exact one, a range one that begins there. */
function upgradeTo(written: string | undefined, newest: string): string {
  return written !== undefined && /^\d+\.\d+\.\d+/.test(written) ? newest : `^${newest}`;
}

/** Whether an exact version is newer; ranges say nothing of the kind. */
function isNewer(offered: string, installed: string): boolean {
  const [one, other] = [offered, installed].map((version) => /^(\d+)\.(\d+)\.(\d+)$/.exec(version)?.slice(1).map(Number));
  if (one === undefined || other === undefined) return false;
  const at = one.findIndex((part, index) => part !== other[index]);
  return at >= 0 && (one[at] ?? 0) > (other[at] ?? 0);
}

/** What is left of a list under what somebody typed and chose. */
export function matching(items: readonly CatalogItem[], { q = "", tag, show }: { readonly q?: string; readonly tag?: string; readonly show?: string }): readonly CatalogItem[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  return items.filter((each) => {
    const told = `${each.slug} ${each.name} ${each.description} ${each.tags.join(" ")}`.toLowerCase();
    const state = show === "installed" ? each.installed !== undefined : show === "available" ? each.installed === undefined : show === "updates" ? each.updateAvailable : true;
    return state && (tag === undefined || each.tags.includes(tag)) && words.every((word) => told.includes(word));
  });
}
