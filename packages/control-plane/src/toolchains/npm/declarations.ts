import { posix } from "node:path";
import * as semver from "semver";
import { problem, type Problem, type Result } from "../../errors/problem.ts";
import type { ModuleSpec } from "../../manifest/manifest.ts";
import { pinRevision } from "../shared/git-mirror.ts";
import { resolveModulePath } from "../shared/module-path.ts";
import { serverDirectory } from "../shared/server-directory.ts";
import type { ToolchainContext } from "../toolchain.ts";
import { findInLock, type Lockfile } from "./lockfile.ts";
import { registryRequest } from "./registry-package.ts";

/** A module as a dependency: what npm is asked for, and how to see that it is there already. */
export interface Declaration {
  readonly spec: ModuleSpec;
  /** Argument of `npm install`, e.g. `@acme/forum@^1.2.0`. */
  readonly request: string;
  /** Whether package.json and lockfile say so already. */
  readonly matches: (declared: string, lockfile: Lockfile) => boolean;
  /** Only for `git`. */
  readonly commit?: string;
  /** Only for a `path` outside the host: the directory to pack. */
  readonly external?: string;
}

/** Works out what to declare for a module. Pins git revisions and checks paths; the problem names the module. */
export async function declare(spec: ModuleSpec, context: ToolchainContext): Promise<Result<Declaration>> {
  if (spec.source === "path") return declarePath(spec, context);
  if (spec.source === "git") return declareGit(spec, context);
  const request = registryRequest(spec);
  if (request === undefined) return refused(problem("version_not_found", `${spec.packageName}@${spec.version} is not a package name with a version range`), spec);
  return { ok: true, value: { spec, request, matches: (declared, lockfile) => matchesVersion(spec, declared, lockfile, serverDirectory(context.host)) } };
}

function matchesVersion(spec: ModuleSpec, declared: string, lockfile: Lockfile, server: string): boolean {
  const entry = findInLock(lockfile.packages, server, spec.packageName)?.entry;
  if (entry?.version === undefined || entry.link === true || semver.validRange(declared) === null) return false;
  const wanted = spec.version !== undefined && semver.validRange(spec.version) !== null ? spec.version : "*";
  return semver.satisfies(entry.version, wanted, { includePrerelease: wanted === "*" }) && semver.satisfies(entry.version, declared, { includePrerelease: true });
}

async function declarePath(spec: ModuleSpec, context: ToolchainContext): Promise<Result<Declaration>> {
  const found = await resolveModulePath(spec.path ?? "", context.workspace, context.pathRoots);
  if (!found.ok) return refused(found.problems[0] ?? problem("path_refused", "path refused"), spec);
  const { inHost, directory } = found.value;
  if (inHost === undefined) return { ok: true, value: { spec, request: directory, external: directory, matches: () => false } };
  const server = serverDirectory(context.host);
  const reference = `file:${posix.relative(server, inHost)}`;
  const matches: Declaration["matches"] = (declared, lockfile) => {
    const entry = findInLock(lockfile.packages, server, spec.packageName)?.entry;
    return normalizeFile(declared) === normalizeFile(reference) && entry?.link === true && entry.resolved === inHost;
  };
  return { ok: true, value: { spec, request: `${spec.packageName}@file:${inHost}`, matches } };
}

function normalizeFile(reference: string): string {
  return reference.startsWith("file:") ? posix.normalize(reference.slice("file:".length)) : reference;
}

async function declareGit(spec: ModuleSpec, context: ToolchainContext): Promise<Result<Declaration>> {
  const pinned = await pinRevision(spec.git ?? "", spec.rev ?? "HEAD", context.cacheDirectory);
  if (!pinned.ok) return refused(pinned.problems[0] ?? problem("git_unreachable", "git failed"), spec);
  const { commit } = pinned.value;
  const address = npmGitAddress(spec.git ?? "");
  const matches: Declaration["matches"] = (declared, lockfile) => {
    const entry = findInLock(lockfile.packages, serverDirectory(context.host), spec.packageName)?.entry;
    return declared.endsWith(`#${commit}`) && entry?.resolved?.endsWith(`#${commit}`) === true;
  };
  return { ok: true, value: { spec, request: `${spec.packageName}@${address}#${commit}`, commit, matches } };
}

/** npm's way to write a git address: `git+https://…`, `git+ssh://…`. */
function npmGitAddress(address: string): string {
  const scp = /^([^@/]+@[^:/]+):(?!\/\/)(.*)$/.exec(address);
  if (scp !== null) return `git+ssh://${scp[1]}/${scp[2]?.replace(/^\//, "")}`;
  return address.startsWith("git+") ? address : `git+${address}`;
}

function refused(reason: Problem, spec: ModuleSpec): { readonly ok: false; readonly problems: readonly [Problem] } {
  return { ok: false, problems: [{ ...reason, module: spec.slug }] };
}
