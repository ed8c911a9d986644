import { posix } from "node:path";
import { type CargoManifest, cargoManifestName, parseCargoManifest } from "./cargo-manifest.ts";

/** Reads a file by its path below the host or repository, with `/`; undefined when there is none. */
export type ReadText = (path: string) => Promise<string | undefined>;

/** The manifest of the crate in `directory` ("" for the top) with what it inherits from its workspace filled in. */
export async function readInheritingManifest(directory: string, read: ReadText): Promise<CargoManifest | undefined> {
  const text = await read(posix.join(directory, cargoManifestName));
  const own = text === undefined ? undefined : parseCargoManifest(text);
  if (own === undefined || (own.version !== "workspace" && own.description !== "workspace")) return own;
  const { version, description, ...rest } = own;
  const root = own.workspace ?? (await findWorkspace(directory, own.workspaceRoot, read));
  const filled = { version: version === "workspace" ? root?.packageVersion : version, description: description === "workspace" ? root?.packageDescription : description };
  return { ...rest, ...(filled.version === undefined ? {} : { version: filled.version }), ...(filled.description === undefined ? {} : { description: filled.description }) };
}

/** The workspace that cargo would take a crate for a member of: the one it names, or the nearest upwards. */
async function findWorkspace(directory: string, named: string | undefined, read: ReadText): Promise<CargoManifest["workspace"]> {
  const candidates = named === undefined ? parents(directory) : [posix.join(directory, named)];
  for (const candidate of candidates.filter((path) => !path.startsWith(".."))) {
    const text = await read(posix.join(candidate, cargoManifestName));
    const found = text === undefined ? undefined : parseCargoManifest(text)?.workspace;
    if (found !== undefined) return found;
  }
  return undefined;
}

function parents(directory: string): string[] {
  const parts = directory.split("/").filter((part) => part !== "");
  return parts.map((_, index) => parts.slice(0, parts.length - index - 1).join("/"));
}
