import { join } from "node:path";
import type { HostDescriptor } from "../../manifest/host-descriptor.ts";
import { serverDirectory } from "../shared/server-directory.ts";
import { readPlainFileSync } from "../shared/plain-file.ts";
import { type CargoManifest, cargoManifestName, parseCargoManifest } from "./cargo-manifest.ts";

/** See `Toolchain.readHostVersion`: the server's own Cargo.toml, or else the workspace's. */
export function readHostVersion(directory: string, host: HostDescriptor): string | undefined {
  const [server, root] = [manifestIn(join(directory, serverDirectory(host))), manifestIn(directory)];
  const own = server?.version === "workspace" ? root?.workspace?.packageVersion : server?.version;
  return own ?? (root?.version === "workspace" ? undefined : root?.version) ?? root?.workspace?.packageVersion;
}

function manifestIn(directory: string): CargoManifest | undefined {
  const text = readPlainFileSync(join(directory, cargoManifestName));
  return text === undefined ? undefined : parseCargoManifest(text);
}
