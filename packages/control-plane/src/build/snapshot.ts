import type { Catalog } from "../manifest/catalog.ts";
import type { HostDescriptor } from "../manifest/host-descriptor.ts";
import type { Manifest } from "../manifest/manifest.ts";
import type { Problem } from "../errors/problem.ts";

/** The host as it stands at one commit: everything that planning and building begin with. */
export interface HostSnapshot {
  readonly branch: string;
  readonly commit: string;
  readonly manifestText: string;
  readonly manifest: Manifest;
  readonly host: HostDescriptor;
  /** The host's own version, against which modules state their compatibility. */
  readonly hostVersion?: string;
  /** Exact versions of the lockfile, by slug; see `Toolchain.readInstalledVersions`. */
  readonly installedVersions: ReadonlyMap<string, string>;
  readonly catalogs: readonly Catalog[];
  /** Catalogs that could not be read; plans carry them as warnings. */
  readonly catalogProblems: readonly Problem[];
  /** SHA-256 over the lockfiles and package manifests. */
  readonly lockDigest: string;
  /** A checkout for reading, shared and never built in. */
  readonly tree: string;
}
