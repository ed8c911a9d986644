import { posix } from "node:path";
import type { HostDescriptor } from "../../manifest/host-descriptor.ts";
import { serverDirectory } from "../shared/server-directory.ts";
import { vendorDirectory } from "../shared/vendor-directory.ts";
import { cargoManifestName } from "./cargo-manifest.ts";
import { lockfileName } from "./lockfile.ts";

/** See `Toolchain.compositionFiles`. */
export function compositionFiles(host: HostDescriptor): readonly string[] {
  return [...new Set([lockfileName, cargoManifestName, posix.join(serverDirectory(host), cargoManifestName), vendorDirectory])];
}
