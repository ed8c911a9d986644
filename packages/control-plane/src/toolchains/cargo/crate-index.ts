import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import * as semver from "semver";
import { z } from "zod";
import { toSemverRange } from "../../manifest/version-range.ts";

/** One version of a crate as the registry's index has it. */
export interface IndexedVersion {
  readonly version: string;
  /** SHA-256 of the `.crate` file in hexadecimal. */
  readonly checksum: string;
  /** Kept for those who have it locked, and offered to nobody else. */
  readonly yanked: boolean;
}

const entry = z.object({ name: z.string(), vers: z.string(), cksum: z.string(), yanked: z.boolean().nullish() });

/**
 * What cargo heard last of a crate, newest version first; empty where it heard nothing. `home` is a cargo home, `local` are
 * directories of registries that lie on the disk. A home knows several registries after the operator chose another mirror:
 * what it was told last counts.
 */
export async function readCrateIndex(home: string, name: string, local: readonly string[] = []): Promise<readonly IndexedVersion[]> {
  const path = indexPath(name);
  const registries = join(home, "registry", "index");
  const known = (await readdir(registries).catch(() => [])).map((registry) => join(registries, registry, ".cache", path));
  const file = await lastWritten([...known, ...local.map((directory) => join(directory, "index", path))]);
  return file === undefined ? [] : parseIndex(await readFile(file), name);
}

/** Reads the lines of an index, whatever cargo puts between them in its cache. */
export function parseIndex(bytes: Buffer, name: string): readonly IndexedVersion[] {
  const pieces = bytes.toString("utf8").split(/[\0\n]/).filter((piece) => piece.startsWith("{"));
  const versions = pieces.flatMap((piece) => {
    const parsed = entry.safeParse(parseJson(piece));
    return parsed.success && parsed.data.name === name && semver.valid(parsed.data.vers) !== null ? [{ version: parsed.data.vers, checksum: parsed.data.cksum, yanked: parsed.data.yanked === true }] : [];
  });
  return versions.toSorted((a, b) => semver.rcompare(a.version, b.version));
}

/** The newest version that a requirement allows, as cargo reads it: pre-releases only where it names one, yanked ones never. */
export function newestAllowed(versions: readonly IndexedVersion[], requirement: string): IndexedVersion | undefined {
  const range = toSemverRange(requirement, "cargo");
  return range === undefined ? undefined : versions.find(({ version, yanked }) => !yanked && semver.satisfies(version, range));
}

/** Where registries put a crate: `1/a`, `2/ab`, `3/a/abc`, `ab/cd/abcd`. */
export function indexPath(name: string): string {
  const lower = name.toLowerCase();
  if (lower.length <= 2) return `${lower.length}/${lower}`;
  return lower.length === 3 ? `3/${lower[0]}/${lower}` : `${lower.slice(0, 2)}/${lower.slice(2, 4)}/${lower}`;
}

async function lastWritten(files: readonly string[]): Promise<string | undefined> {
  const dated = await Promise.all(files.map(async (file) => ({ file, time: await stat(file).then(({ mtimeMs }) => mtimeMs, () => undefined) })));
  return dated.filter(({ time }) => time !== undefined).toSorted((a, b) => (b.time ?? 0) - (a.time ?? 0))[0]?.file;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
