import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { access, readdir } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";

/** Which `.crate` file is meant. */
export interface CrateId {
  readonly name: string;
  readonly version: string;
  /** SHA-256 in hexadecimal: two registries may have different crates of one name. */
  readonly checksum: string | undefined;
}

/** The downloaded `.crate` file of a cargo home or of a registry on the disk (`local`); undefined when it is not there. */
export async function findCrateFile(home: string, { name, version, checksum }: CrateId, local: readonly string[] = []): Promise<string | undefined> {
  const cache = join(home, "registry", "cache");
  const directories = [...(await readdir(cache).catch(() => [])).map((registry) => join(cache, registry)), ...local];
  for (const directory of directories) {
    const file = join(directory, `${name}-${version}.crate`);
    const there = await access(file).then(() => true, () => false);
    if (there && (checksum === undefined || (await sha256(file)) === checksum)) return file;
  }
  return undefined;
}

async function sha256(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}
