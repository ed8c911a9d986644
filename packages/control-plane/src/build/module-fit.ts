import { answerRange } from "../composition/versions.ts";
import type { Descriptor } from "../manifest/descriptor.ts";
import type { HostSnapshot } from "./snapshot.ts";

/** Whether a module goes together with this host, as far as its descriptor says. */
export interface ModuleFit {
  /** The range of host versions that it works with, where it says so. */
  readonly compatServer: string | undefined;
  /** Undefined: it does not say, or the host's version is not known. */
  readonly compatible: boolean | undefined;
  /** Slugs of modules of the manifest that it cannot live with. */
  readonly conflictsWith: readonly string[];
}

/** Pure: what the descriptor says of hosts and other modules, answered for this host and its manifest. */
export function fitOf({ manifest, hostVersion, installedVersions, host }: HostSnapshot, slug: string, descriptor: Descriptor | undefined): ModuleFit {
  const kind = host.toolchain;
  const range = descriptor?.compat.server;
  const fits = range === undefined || hostVersion === undefined ? "unknown" : answerRange(hostVersion, range, kind);
  const conflictsWith = manifest.modules.filter((other) => {
    const refused = other.slug === slug ? undefined : descriptor?.conflicts[other.slug];
    const present = installedVersions.get(other.slug) ?? other.version;
    return refused !== undefined && present !== undefined && answerRange(present, refused, kind) === "inside";
  });
  return { compatServer: range, compatible: fits === "inside" ? true : fits === "outside" ? false : undefined, conflictsWith: conflictsWith.map((other) => other.slug) };
}
