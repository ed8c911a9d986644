import { join, posix } from "node:path";
import type { ModuleSpec } from "../../manifest/manifest.ts";
import type { ToolchainContext } from "../toolchain.ts";
import { readCargoManifest } from "./cargo-manifest.ts";
import { type HostCommand, hostCommands } from "./commands.ts";
import { vendoredPath } from "./vendor.ts";

/** The host's commands of one kind, complete. Tests are those of the application and of the modules that the workspace holds. */
export async function stepCommands(context: ToolchainContext, kind: "build" | "test", specs: readonly ModuleSpec[]): Promise<HostCommand[]> {
  const { app, profile, target, host } = context;
  const packages = kind === "build" ? [app] : [...new Set([app, ...(await memberModules(context.workspace, specs))])];
  return hostCommands(host, kind, { packages, profile, ...(target === undefined ? {} : { target }) });
}

/** Crates of the modules that are members of the workspace, sorted: only those can be tested from it. */
async function memberModules(workspace: string, specs: readonly ModuleSpec[]): Promise<string[]> {
  const root = (await readCargoManifest(workspace))?.workspace;
  if (root === undefined) return [];
  const excluded = root.exclude.map(clean);
  const listed = new Set(root.members.map(clean));
  const found = await Promise.all(specs.map(async (spec) => {
    const directory = await directoryIn(workspace, spec);
    const isMember = directory !== undefined && (listed.has(directory) || !excluded.some((path) => directory === path || directory.startsWith(`${path}/`)));
    return isMember ? [spec.packageName] : [];
  }));
  return found.flat().toSorted();
}

/** Directories inside the workspace that a `path` module may have: the one of its path, or, for one of another root, where it was taken in. */
export function directoriesOf({ path, slug }: ModuleSpec): string[] {
  if (path === undefined) return [];
  const own = clean(path);
  return [...(own.startsWith("../") || posix.isAbsolute(own) ? [] : [own]), vendoredPath(slug)];
}

async function directoryIn(workspace: string, spec: ModuleSpec): Promise<string | undefined> {
  for (const directory of directoriesOf(spec)) if ((await readCargoManifest(join(workspace, directory))) !== undefined) return directory;
  return undefined;
}

function clean(path: string): string {
  return posix.normalize(path).replace(/\/$/, "");
}
