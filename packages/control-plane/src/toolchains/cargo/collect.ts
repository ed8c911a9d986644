import { posix } from "node:path";
import { addAll, entriesOf, kindOf, stillThere } from "../shared/workspace-files.ts";
import type { ArtifactEntry, ToolchainContext } from "../toolchain.ts";

/** What only compiling needs: it is in the program. */
const sources = /(^|\/)(Cargo\.toml|Cargo\.lock|rust-toolchain|rust-toolchain\.toml|\.?rustfmt\.toml|\.?clippy\.toml)$|\.rs$|(^|\/)\.cargo\//;

/** See `Toolchain.collect`: the host's tracked files but for Rust's sources, and what was compiled. */
export async function collect(context: ToolchainContext): Promise<readonly ArtifactEntry[]> {
  const { workspace, host } = context;
  const paths = new Set((await stillThere(context)).filter((path) => !sources.test(path)));
  if ((await kindOf(workspace, "modules.toml")) === "file") paths.add("modules.toml");
  for (const surface of host.surfaces) for (const output of surface.output) await addAll(workspace, posix.join(surface.directory, output), paths);
  return entriesOf(workspace, paths);
}
