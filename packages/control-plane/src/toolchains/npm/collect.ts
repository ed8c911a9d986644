import { readdir, readlink } from "node:fs/promises";
import { join, posix } from "node:path";
import { addAll, entriesOf, kindOf, stillThere } from "../shared/workspace-files.ts";
import type { ArtifactEntry, ToolchainContext } from "../toolchain.ts";
import { compositionFiles } from "./composition-files.ts";
import { hostPackages, type LockEntry, type Lockfile, readLockfile } from "./lockfile.ts";
import { packageOutputs } from "./package-outputs.ts";

/** See `Toolchain.collect`: the host's tracked files, what was compiled, and the packages that are needed at run time. */
export async function collect(context: ToolchainContext): Promise<readonly ArtifactEntry[]> {
  const { workspace, host } = context;
  const lockfile = await readLockfile(workspace);
  const packages: Lockfile["packages"] = lockfile.ok && lockfile.value !== undefined ? lockfile.value.packages : new Map<string, LockEntry>();
  const paths = new Set<string>(await stillThere(context));
  const generated = [host.registry.output, ...(host.registry.references === undefined ? [] : [host.registry.references])];
  for (const path of [...compositionFiles(host), ...generated]) if ((await kindOf(workspace, path)) === "file") paths.add(path);
  for (const surface of host.surfaces) for (const output of surface.output) await addAll(workspace, posix.join(surface.directory, output), paths);
  for (const directory of hostPackages(packages)) if (directory !== "") for (const path of await packageOutputs(workspace, directory)) paths.add(path);
  await addPackages(workspace, packages, paths);
  return entriesOf(workspace, paths);
}

async function addPackages(workspace: string, packages: Lockfile["packages"], paths: Set<string>): Promise<void> {
  const wanted = [...packages].filter(([path, entry]) => /(^|\/)node_modules\//.test(path) && entry.dev !== true && entry.extraneous !== true);
  await Promise.all(wanted.map(async ([path, entry]) => {
    if (entry.link === true) return addLink(workspace, path, paths);
    for (const name of await readdir(join(workspace, path)).catch(() => [])) {
      // Nested packages have entries of their own; one that is only for development stays out.
      if (name !== "node_modules") await addAll(workspace, posix.join(path, name), paths);
    }
  }));
  const kept = new Set(wanted.map(([path]) => path));
  const homes = new Set([...packages.keys()].flatMap((path) => /^(.*?node_modules)\//.exec(path)?.slice(1, 2) ?? []));
  for (const path of kept) homes.add(posix.join(path, "node_modules"));
  for (const home of homes) await addPrograms(workspace, posix.join(home, ".bin"), kept, paths);
}

async function addLink(workspace: string, path: string, paths: Set<string>): Promise<void> {
  if ((await kindOf(workspace, path)) === "link") paths.add(path);
}

/** Links to programs of packages that are in the artifact. */
async function addPrograms(workspace: string, directory: string, kept: ReadonlySet<string>, paths: Set<string>): Promise<void> {
  for (const name of await readdir(join(workspace, directory)).catch(() => [])) {
    const target = await readlink(join(workspace, directory, name)).catch(() => undefined);
    if (target === undefined) continue;
    const file = posix.join(directory, target);
    const owner = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];
    if (owner === undefined ? paths.has(file) : kept.has(owner)) paths.add(posix.join(directory, name));
  }
}
