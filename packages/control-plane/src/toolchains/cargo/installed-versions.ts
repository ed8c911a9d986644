import { join } from "node:path";
import type { HostDescriptor } from "../../manifest/host-descriptor.ts";
import type { ModuleSpec } from "../../manifest/manifest.ts";
import { serverDirectory } from "../shared/server-directory.ts";
import { readCargoManifest } from "./cargo-manifest.ts";
import { lockedRelease } from "./locked-module.ts";
import { readLockfile } from "./lockfile.ts";

/** See `Toolchain.readInstalledVersions`. A lockfile that cannot be read has no versions: the build tells what is wrong with it. */
export async function readInstalledVersions(directory: string, host: HostDescriptor, modules: readonly ModuleSpec[]): Promise<ReadonlyMap<string, string>> {
  const lockfile = await readLockfile(directory);
  if (!lockfile.ok || lockfile.value === undefined) return new Map();
  const { value } = lockfile;
  const server = (await readCargoManifest(join(directory, serverDirectory(host))))?.name;
  return new Map(modules.flatMap((spec) => {
    const found = lockedRelease(value, spec, server);
    return found === undefined ? [] : [[spec.slug, found.version] as const];
  }));
}
