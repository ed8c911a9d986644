import { posix } from "node:path";
import * as semver from "semver";
import { problem, type Problem, type Result } from "../../errors/problem.ts";
import type { SpecValue } from "../../manifest/format-spec.ts";
import type { ModuleSpec } from "../../manifest/manifest.ts";
import { toSemverRange } from "../../manifest/version-range.ts";
import { pinRevision } from "../shared/git-mirror.ts";
import { resolveModulePath } from "../shared/module-path.ts";
import { serverDirectory } from "../shared/server-directory.ts";
import type { ToolchainContext } from "../toolchain.ts";
import type { CargoDependency } from "./cargo-manifest.ts";
import type { DependencyKeys } from "./edit-dependencies.ts";
import { isFromRegistry, type LockedPackage, lockedCommit } from "./lockfile.ts";
import { vendoredPath } from "./vendor.ts";

/** A module as a dependency: what Cargo.toml should say of it, and how to see that the lockfile has it already. */
export interface Declaration {
  readonly spec: ModuleSpec;
  /** What the entry should say, given the one that is there and the workspace's own entry of the same name: words that mean the same stay. */
  readonly keysFor: (present: CargoDependency | undefined, inherited: CargoDependency | undefined, locked: LockedPackage | undefined) => DependencyKeys;
  /** Whether the lockfile's package is one that the spec means. */
  readonly fits: (locked: LockedPackage) => boolean;
  /** Only for `git`. */
  readonly commit?: string;
  /** Only for a `path` outside the host: the directory to take in. */
  readonly external?: string;
}

/** Where a dependency comes from, as an entry says it. `means`: whether another entry says the same in other words. */
interface Origin {
  readonly keys: readonly (readonly [string, SpecValue])[];
  readonly means: (entry: CargoDependency, locked: LockedPackage | undefined, base: string) => boolean;
}

/** Works out what to declare for a module. Pins git revisions and checks paths; the problem names the module. */
export async function declare(spec: ModuleSpec, context: ToolchainContext): Promise<Result<Declaration>> {
  if (spec.source === "path") return declarePath(spec, context);
  if (spec.source === "git") return declareGit(spec, context);
  return declareRegistry(spec, context);
}

function declareRegistry(spec: ModuleSpec, context: ToolchainContext): Result<Declaration> {
  const range = toSemverRange(spec.version ?? "*", "cargo");
  if (range === undefined || !isCrateName(spec.packageName)) return refused(problem("version_not_found", `${spec.packageName} ${spec.version} is not a crate's name with a version requirement`), spec);
  const origin: Origin = {
    keys: [["version", spec.version ?? "*"]],
    // Where any version will do, the host may have chosen one.
    means: ({ version, git, path }) => git === undefined && path === undefined && version !== undefined && ((spec.version ?? "*") === "*" || sameRange(version, spec.version ?? "*")),
  };
  // A host may patch a crate of the registry with one of its own tree.
  const fits = (locked: LockedPackage): boolean => (isFromRegistry(locked) || locked.source === undefined) && semver.satisfies(locked.version, range, { includePrerelease: true });
  return { ok: true, value: { spec, keysFor: keysFrom(spec, origin, context), fits } };
}

async function declarePath(spec: ModuleSpec, context: ToolchainContext): Promise<Result<Declaration>> {
  const found = await resolveModulePath(spec.path ?? "", context.workspace, context.pathRoots);
  if (!found.ok) return refused(found.problems[0] ?? problem("path_refused", "path refused"), spec);
  const { inHost, directory } = found.value;
  const place = inHost ?? vendoredPath(spec.slug);
  const origin: Origin = {
    keys: [["path", posix.relative(serverDirectory(context.host), place) || "."]],
    means: ({ path, git }, _, base) => git === undefined && path !== undefined && posix.normalize(posix.join(base, path)).replace(/\/$/, "") === posix.normalize(place),
  };
  return { ok: true, value: { spec, keysFor: keysFrom(spec, origin, context), fits: ({ source }) => source === undefined, ...(inHost === undefined ? { external: directory } : {}) } };
}

async function declareGit(spec: ModuleSpec, context: ToolchainContext): Promise<Result<Declaration>> {
  const pinned = await pinRevision(spec.git ?? "", spec.rev ?? "HEAD", context.cacheDirectory);
  if (!pinned.ok) return refused(pinned.problems[0] ?? problem("git_unreachable", "git failed"), spec);
  const { commit } = pinned.value;
  const address = cargoGitAddress(spec.git ?? "");
  const fits = (locked: LockedPackage): boolean => lockedCommit(locked) === commit;
  const origin: Origin = {
    keys: [["git", address], ["rev", commit]],
    // A host that wrote the tag itself keeps it as long as the lockfile has the commit that it means.
    means: ({ git, rev, tag, branch }, locked) => git === address && (rev === commit || ([rev, tag, branch].includes(spec.rev) && locked !== undefined && fits(locked))),
  };
  return { ok: true, value: { spec, keysFor: keysFrom(spec, origin, context), fits, commit } };
}

/** Keys that say where a dependency comes from; those that are not wanted go, unless the entry means the same as it is. */
const originKeys = ["path", "git", "rev", "tag", "branch", "version"] as const;

function keysFrom(spec: ModuleSpec, origin: Origin, context: ToolchainContext): Declaration["keysFor"] {
  const server = serverDirectory(context.host);
  return (present, inherited, locked) => {
    if (present?.workspace === true && inherited !== undefined && origin.means(inherited, locked, "")) {
      return withFeatures([["workspace", true]], spec.features.filter((feature) => !inherited.features.includes(feature)), present);
    }
    if (present === undefined || present.workspace || !origin.means(present, locked, server)) return withFeatures(origin.keys, spec.features, present);
    return withFeatures(originKeys.flatMap((key) => (present[key] === undefined ? [] : [[key, present[key]] as const])), spec.features, present);
  };
}

/** Order carries no meaning in features: what is written stays in its place, new ones follow. */
function withFeatures(keys: readonly (readonly [string, SpecValue])[], wanted: readonly string[], present: CargoDependency | undefined): DependencyKeys {
  const kept = present?.features.filter((feature) => wanted.includes(feature)) ?? [];
  const features = [...new Set([...kept, ...wanted])];
  return new Map<string, SpecValue>([...keys, ...(features.length === 0 ? [] : [["features", features] as const])]);
}

function sameRange(a: string, b: string): boolean {
  if (a === b) return true;
  const [left, right] = [toSemverRange(a, "cargo"), toSemverRange(b, "cargo")];
  return left !== undefined && right !== undefined && semver.validRange(left) === semver.validRange(right);
}

/** cargo reads addresses as URLs, not as ssh's `git@host:path`. */
export function cargoGitAddress(address: string): string {
  const scp = /^([^@/]+@[^:/]+):(?!\/\/)(.*)$/.exec(address);
  return scp === null ? address : `ssh://${scp[1]}/${scp[2]?.replace(/^\//, "")}`;
}

function isCrateName(name: string): boolean {
  return /^[A-Za-z][A-Za-z0-9_-]{0,63}$/.test(name);
}

function refused(reason: Problem, spec: ModuleSpec): { readonly ok: false; readonly problems: readonly [Problem] } {
  return { ok: false, problems: [{ ...reason, module: spec.slug }] };
}
