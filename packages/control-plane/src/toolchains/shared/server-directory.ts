import { posix } from "node:path";
import type { HostDescriptor } from "../../manifest/host-descriptor.ts";

/** Directory of the surface whose package manifest takes the modules as dependencies, "" for the host's root. */
export function serverDirectory(host: HostDescriptor): string {
  const surface = host.surfaces.find(({ name }) => name === "server") ?? host.surfaces[0];
  const directory = posix.normalize(surface?.directory ?? ".");
  return directory === "." ? "" : directory.replace(/\/$/, "");
}
