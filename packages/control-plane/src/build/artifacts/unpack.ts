import { createReadStream, createWriteStream } from "node:fs";
import { chmod, mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createZstdDecompress } from "node:zlib";
import { extract, type Header } from "tar-stream";
import { fail } from "../../errors/problem.ts";
import { DigestMeter } from "./digest-meter.ts";
import { EntryPlaces } from "./entry-places.ts";

const smallBytes = 256 * 1024;
/** So many small files are written at once. */
const writesAtOnce = 64;

/**
 * Writes the files of a `.tar.zst` below a directory, and nothing beside it: the digest is known at the end only. Throws
 * artifact_damaged when its contents are not those of the digest.
 */
export async function unpackArtifact(file: string, directory: string, digest: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  const untar = extract();
  const meter = new DigestMeter();
  const feeding = pipeline(createReadStream(file), createZstdDecompress(), meter, untar);
  // A damaged file ends the loop below with the same error; it must not also count as unhandled.
  feeding.catch(() => undefined);
  const writes = new Writes();
  const folders = new Folders();
  const places = new EntryPlaces();
  for await (const entry of untar) {
    const path = join(directory, places.take(entry.header));
    await folders.make(dirname(path));
    await unpackEntry(path, entry.header, entry, writes);
  }
  await writes.done();
  await feeding;
  if (meter.result().digest !== digest) damaged(digest);
}

/** Whether a `.tar.zst` holds exactly what its digest says. */
export async function isIntact(file: string, digest: string): Promise<boolean> {
  const meter = new DigestMeter();
  try {
    await pipeline(createReadStream(file), createZstdDecompress(), meter, new Writable({ write: (_chunk, _encoding, done) => done() }));
  } catch (error) {
    // Of the disk, not of the contents.
    if (error instanceof Error && "syscall" in error) throw error;
    return false;
  }
  return meter.result().digest === digest;
}

export function damaged(digest: string): never {
  return fail("artifact_damaged", `the artifact ${digest.slice(0, 12)}… is not what was published: its bytes have changed`);
}

async function unpackEntry(path: string, header: Header, content: AsyncIterable<unknown>, writes: Writes): Promise<void> {
  if (header.type === "symlink") return symlink(header.linkname, path);
  if (header.size > smallBytes) return pipeline(content, createWriteStream(path, { mode: header.mode }));
  const chunks: Buffer[] = [];
  for await (const chunk of content) chunks.push(chunk as Buffer);
  return writes.add(async () => {
    await writeFile(path, Buffer.concat(chunks), { mode: header.mode });
    // The umask takes bits away from the mode given at creation.
    if (header.mode === 0o755) await chmod(path, header.mode);
  });
}

/** Makes each folder once. */
class Folders {
  readonly #made = new Set<string>();

  async make(folder: string): Promise<void> {
    if (this.#made.has(folder)) return;
    await mkdir(folder, { recursive: true });
    this.#made.add(folder);
  }
}

/** Runs a bounded number of writes at once; the first error comes out at the next `add` or at `done`. */
class Writes {
  readonly #running = new Set<Promise<void>>();

  async add(write: () => Promise<void>): Promise<void> {
    const running = write().finally(() => this.#running.delete(running));
    this.#running.add(running);
    if (this.#running.size >= writesAtOnce) await Promise.race(this.#running);
  }

  async done(): Promise<void> {
    await Promise.all(this.#running);
  }
}
