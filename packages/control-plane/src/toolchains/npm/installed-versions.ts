import * as semver from "semver";
import type { HostDescriptor } from "../../manifest/host-descriptor.ts";
import type { ModuleSpec } from "../../manifest/manifest.ts";
import { serverDirectory } from "../shared/server-directory.ts";
import { findInLock, type LockEntry, readLockfile } from "./lockfile.ts";

/** See `Toolchain.readInstalledVersions`. A lockfile that cannot be read has no versions: the build tells what is wrong with it. */
export async function readInstalledVersions(directory: string, host: HostDescriptor, modules: readonly ModuleSpec[]): Promise<ReadonlyMap<string, string>> {
  const lockfile = await readLockfile(directory);
  if (!lockfile.ok || lockfile.value === undefined) return new Map();
  const { packages } = lockfile.value;
  const server = serverDirectory(host);
  return new Map(modules.flatMap((spec) => {
    const entry = findInLock(packages, server, spec.packageName)?.entry;
    return entry?.version !== undefined && fits(spec, entry) ? [[spec.slug, entry.version] as const] : [];
  }));
}

function fits(spec: ModuleSpec, { version = "", resolved = "", link }: LockEntry): boolean {
  if (link === true) return false;
  if (spec.source === "git") return /^git[+:@]/.test(resolved);
  return spec.source === "npm" && semver.satisfies(version, spec.version ?? "*", { includePrerelease: true });
}
