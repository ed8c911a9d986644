import { problem, type Problem } from "../errors/problem.ts";
import type { ModuleSpec, PackageKind } from "../manifest/manifest.ts";
import { isRegistrySource } from "../manifest/source-rules.ts";
import { didYouMean } from "./did-you-mean.ts";
import type { InstallRequest, UpgradeRequest } from "./plan.ts";
import type { Situation } from "./situation.ts";
import { isSameSpec, keepStatedFacts, writtenVersion } from "./spec.ts";
import { answerRange, compareVersions, isExactVersion, pinTo, raiseRange } from "./versions.ts";

/** What a request comes to: a spec for the manifest, nothing to do and why, or why it cannot be. */
export type Requested = { readonly spec: ModuleSpec } | { readonly unchanged: Problem } | { readonly blocker: Problem };

/** The spec that an install writes: the request's own, else the first catalog's; a version of the request overrides. */
export function specToInstall(situation: Situation, request: InstallRequest): Requested {
  const { slug } = request;
  const current = situation.current.get(slug);
  if (current !== undefined && request.spec === undefined && request.version === undefined) return alreadyInstalled(slug);
  const base = request.spec ?? current ?? situation.catalog.get(slug)?.[0].spec;
  if (base === undefined) return unknownModule(situation, slug);
  if (request.version !== undefined && base.source === "path") {
    return { blocker: problem("version_not_applicable", `\`${slug}\` comes from a path source, which has no versions to choose from`, { module: slug }) };
  }
  const named = request.version === undefined ? {} : base.source === "git" ? { rev: request.version } : { version: request.version };
  const spec = keepStatedFacts(current, { ...base, slug, ...named });
  return current !== undefined && isSameSpec(current, spec) ? alreadyInstalled(slug) : { spec };
}

/** The spec that an upgrade writes: the version or revision named, else the newest of the catalogs. */
export function specToUpgrade(situation: Situation, request: UpgradeRequest): Requested {
  const { slug } = request;
  const current = situation.current.get(slug);
  if (current === undefined) {
    return { blocker: problem("module_not_installed", `\`${slug}\` is not installed, so it cannot be upgraded.${didYouMean(slug, situation.current.keys())}`, { module: slug }) };
  }
  const isGit = current.source === "git";
  const rev = request.rev ?? (isGit ? request.version : undefined);
  const version = isGit ? undefined : request.version;
  const misplaced = (version !== undefined && !isRegistrySource(current.source)) || (rev !== undefined && !isGit);
  if (misplaced) {
    return { blocker: problem("version_not_applicable", `\`${slug}\` comes from a ${current.source} source, which has no ${version === undefined ? "revisions" : "versions"} to choose from`, { module: slug }) };
  }
  if (current.source === "path") return upToDate(slug, "it is part of the host's own tree, and every build takes it as it is there");
  const asked = version !== undefined ? { ...current, version } : rev !== undefined ? { ...current, rev } : newestOffered(situation, current);
  if (asked === undefined) {
    return { blocker: problem("upgrade_unknown", `No catalog offers \`${slug}\` from \`${current.packageName}\` (${current.source})`, { module: slug }) };
  }
  const spec = raiseToNewest(situation, current, asked, version !== undefined || rev !== undefined);
  if (!isSameSpec(current, spec)) return { spec };
  if (isRegistrySource(spec.source) && situation.descriptors.get(slug)?.verified === false) {
    return { blocker: problem("upgrade_unknown", `Which version of \`${slug}\` is the newest is not known: \`${spec.packageName}\` could not be read`, { module: slug, hint: "Try again when its source can be reached, or name the version to upgrade to." }) };
  }
  return upToDate(slug, `it is at ${situation.installed.get(slug) ?? writtenVersion(current)}, and nothing newer is offered`);
}

/**
 * A range goes on holding what is installed, so an upgrade must write more than the same range again: its lower end
 * becomes the newest version that the registry has in it. The way in which the manifest writes the version is kept.
 */
function raiseToNewest({ descriptors, installed, manifest }: Situation, current: ModuleSpec, asked: ModuleSpec, named: boolean): ModuleSpec {
  const reading = descriptors.get(current.slug);
  const newest = reading?.verified === true ? reading.resolvedVersion : undefined;
  if (newest === undefined) return asked;
  const kind = manifest.packageKind;
  const now = installed.get(current.slug);
  const isOlder = now !== undefined && (compareVersions(newest, now, kind) ?? 0) < 0;
  // Revisions have no order of their own: which is older, the packages say.
  if (!isRegistrySource(asked.source)) return isOlder && !named ? current : asked;
  const raised = raiseRange(asked.version ?? "*", newest, kind);
  if (now === newest) return named ? asked : current;
  if (named) return { ...asked, version: raised };
  if (isOlder) return current;
  const pinned = current.version !== undefined && isExactVersion(current.version, kind);
  return { ...asked, version: pinned ? pinTo(newest, kind) : raised };
}

/** The newest of what the catalogs offer from the same package and source; never an older one than now. */
function newestOffered(situation: Situation, current: ModuleSpec): ModuleSpec | undefined {
  const kind = situation.manifest.packageKind;
  const offers = (situation.catalog.get(current.slug) ?? [])
    .map((entry) => entry.spec)
    .filter((spec) => spec.source === current.source && spec.packageName === current.packageName && spec.git === current.git);
  const first = offers[0];
  // What the host's people took from a registry themselves is no less upgradable: the registry offers it.
  if (first === undefined) return isRegistrySource(current.source) && situation.descriptors.get(current.slug)?.resolvedVersion !== undefined ? current : undefined;
  if (current.source === "git") return first.rev === undefined ? current : { ...current, rev: first.rev };
  return offers.reduce((best, offer) => {
    if (offer.version === undefined || best.version === undefined) return best;
    const newer = (compareVersions(offer.version, best.version, kind) ?? 0) > 0 || widens(offer.version, best.version, kind);
    return newer ? { ...current, version: offer.version } : best;
  }, current);
}

/** A range that holds the one version that the manifest is pinned to, and others. */
function widens(range: string, version: string, kind: PackageKind | undefined): boolean {
  return isExactVersion(version, kind) && !isExactVersion(range, kind) && answerRange(version, range, kind) === "inside";
}

function alreadyInstalled(slug: string): Requested {
  return { unchanged: problem("module_already_installed", `\`${slug}\` is installed already`, { module: slug }) };
}

function upToDate(slug: string, because: string): Requested {
  return { unchanged: problem("module_up_to_date", `\`${slug}\` stays as it is: ${because}`, { module: slug }) };
}

function unknownModule(situation: Situation, slug: string): Requested {
  const known = [...situation.catalog.keys(), ...situation.current.keys()];
  const named = [...situation.catalog.values()].find(([{ spec }]) => spec.packageName === slug)?.[0].spec.slug;
  const advice = named === undefined ? didYouMean(slug, known) : ` That is the package of \`${named}\`: modules are named by their slugs.`;
  return { blocker: problem("module_unknown", `No catalog has a module \`${slug}\`.${advice}`, { module: slug }) };
}
