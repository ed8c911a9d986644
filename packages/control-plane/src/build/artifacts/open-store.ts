import { join } from "node:path";
import type { ArtifactStore } from "./artifact-store.ts";
import { DirectoryArtifactStore } from "./directory-store.ts";
import { parseOciAddress } from "./oci/address.ts";
import { findCredentials } from "./oci/credentials.ts";
import { RegistryArtifactStore } from "./registry-store.ts";

/** A store, and what of it must never appear in a log. */
export interface OpenedStore {
  readonly artifacts: ArtifactStore;
  readonly secrets: readonly string[];
}

/** The store that MODYARD_ARTIFACTS names; the data directory's own where it names none. Throws config_invalid. */
export function openArtifactStore(dataDirectory: string, env: Readonly<Record<string, string | undefined>>): OpenedStore {
  const directory = join(dataDirectory, "artifacts");
  const text = env["MODYARD_ARTIFACTS"] ?? "";
  if (text === "") return { artifacts: new DirectoryArtifactStore(directory), secrets: [] };
  const address = parseOciAddress(text);
  const credentials = findCredentials(address.host, env);
  return { artifacts: new RegistryArtifactStore({ address, credentials, cacheDirectory: directory }), secrets: credentials === undefined ? [] : [credentials.password] };
}
