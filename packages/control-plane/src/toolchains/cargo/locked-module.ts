import * as semver from "semver";
import type { ModuleSpec } from "../../manifest/manifest.ts";
import { toSemverRange } from "../../manifest/version-range.ts";
import { findLocked, findLockedDependency, isFromRegistry, type LockedPackage, lockedCommit, type Lockfile } from "./lockfile.ts";

/**
 * The package that a lockfile has of a registry or git module, if it is what the spec allows. A lockfile may hold several
 * versions of one crate: the one that `dependent` (the server's own package) means counts, or else the newest.
 */
export function lockedRelease(lockfile: Lockfile, spec: ModuleSpec, dependent?: string): LockedPackage | undefined {
  const server = dependent === undefined ? undefined : findLocked(lockfile, dependent, ({ source }) => source === undefined);
  const direct = server === undefined ? undefined : findLockedDependency(lockfile, server, spec.packageName);
  if (direct !== undefined) return fits(spec, direct) ? direct : undefined;
  return findLocked(lockfile, spec.packageName, (found) => fits(spec, found));
}

function fits(spec: ModuleSpec, found: LockedPackage): boolean {
  if (spec.source === "git") return lockedCommit(found) !== undefined;
  const range = toSemverRange(spec.version ?? "*", "cargo");
  return spec.source === "crates-io" && isFromRegistry(found) && range !== undefined && semver.satisfies(found.version, range, { includePrerelease: true });
}
