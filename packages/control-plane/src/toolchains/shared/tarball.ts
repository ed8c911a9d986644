import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { extract } from "tar-stream";

/** Largest file that is read out of an archive, in bytes: descriptors are small. */
const maximumFile = 1024 * 1024;

/**
 * Reads a few files out of a `.tgz` without unpacking it. `names` are paths below the archive's one top directory.
 * A file that is missing or larger than 1 MB is left out.
 */
export async function readTarball(file: string, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const entries = extract();
  entries.on("entry", (header, stream, next) => {
    const name = header.name.replace(/^(\.\/)?[^/]+\//, "");
    const wanted = header.type === "file" && names.includes(name) && (header.size ?? 0) <= maximumFile;
    const chunks: Buffer[] = [];
    stream.on("data", (chunk) => {
      if (wanted) chunks.push(chunk as Buffer);
    });
    stream.on("end", () => {
      if (wanted) found.set(name, Buffer.concat(chunks).toString("utf8"));
      next();
    });
    stream.on("error", next);
  });
  await pipeline(createReadStream(file), createGunzip(), entries);
  return found;
}
