import { posix } from "node:path";
import type { ModuleSpec } from "../../manifest/manifest.ts";
import type { ToolchainContext } from "../toolchain.ts";
import { readCargoManifest } from "./cargo-manifest.ts";
import { type HostCommand, hostCommands } from "./commands.ts";

/** Where the modules of other roots lie inside the workspace. */
const takenIn = "vendor/modules";

/** The host's commands of one kind, complete. Tests are those of the application and of the modules that the workspace holds. */
export async function stepCommands(context: ToolchainContext, kind: "build" | "test", specs: readonly ModuleSpec[]): Promise<HostCommand[]> {
  const { app, profile, target, host } = context;
  const packages = kind === "build" ? [app] : [...new Set([app, ...(await memberModules(context.workspace, specs))])];
  return hostCommands(host, kind, { packages, profile, ...(target === undefined ? {} : { target }) });
}

/** Crates of the modules that are members of the workspace, sorted: only those can be tested from it. */
export async function memberModules(workspace: string, specs: readonly ModuleSpec[]): Promise<string[]> {
  const root = (await readCargoManifest(workspace))?.workspace;
  if (root === undefined) return [];
  const excluded = root.exclude.map(clean);
  const listed = new Set(root.members.map(clean));
  const members = specs.filter((spec) => {
    const directory = directoryOf(spec);
    return directory !== undefined && (listed.has(directory) || !excluded.some((path) => directory === path || directory.startsWith(`${path}/`)));
  });
  return members.map(({ packageName }) => packageName).toSorted();
}

/** Directory of a `path` module inside the workspace; undefined for modules of other sources. */
export function directoryOf({ path, slug }: ModuleSpec): string | undefined {
  if (path === undefined) return undefined;
  const directory = clean(path);
  return directory.startsWith("../") || posix.isAbsolute(directory) ? `${takenIn}/${slug}` : directory;
}

function clean(path: string): string {
  return posix.normalize(path).replace(/\/$/, "");
}
