import { join } from "node:path";
import { fixedPlace, type Mount, type ToolchainContext } from "../toolchain.ts";
import { cargoHomeOf } from "./cargo-home.ts";

/**
 * Where commands see what they work on. rustc mixes the paths of sources into what it writes, so that only the same
 * places give the same bytes: where the sandbox can, every build sees the same.
 */
export interface Places {
  /** As commands see it, like all others. */
  readonly workspace: string;
  readonly cargoHome: string;
  readonly target: string;
  /** What puts them there. */
  readonly mounts: readonly Mount[];
  /** Where a path that a command saw really is. */
  readonly onMachine: (path: string) => string;
}

/** The places of one build. `target` (absolute, on the machine) is the workspace's own where it is left out. */
export async function placesOf(context: ToolchainContext, { target, home }: { readonly target?: string; readonly home: "rw" | "ro" }): Promise<Places> {
  const cargoHome = cargoHomeOf(context.cacheDirectory);
  if ((await context.run.protects?.()) !== true) {
    return { workspace: context.workspace, cargoHome, target: target ?? join(context.workspace, "target"), mounts: [], onMachine: (path) => path };
  }
  const workspace: Mount = { from: context.workspace, at: `${fixedPlace}/workspace`, mode: "rw" };
  const kept: Mount = { from: cargoHome, at: `${fixedPlace}/cargo`, mode: home };
  const compiled: Mount[] = target === undefined ? [] : [{ from: target, at: `${fixedPlace}/target`, mode: "rw" }];
  const mounts = [workspace, kept, ...compiled];
  return { workspace: workspace.at, cargoHome: kept.at, target: compiled[0]?.at ?? `${workspace.at}/target`, mounts, onMachine: (path) => onMachine(path, mounts) };
}

function onMachine(path: string, mounts: readonly Mount[]): string {
  const mount = mounts.find(({ at }) => path === at || path.startsWith(`${at}/`));
  return mount === undefined ? path : `${mount.from}${path.slice(mount.at.length)}`;
}
