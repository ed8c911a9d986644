import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { isAbsolute, join, relative, resolve } from "node:path";
import { fail } from "../../../errors/problem.ts";
import { halfMadeName, isAbandoned } from "../../../processes/half-made.ts";

/** Unpacks the artifact of this digest into an existing, empty directory; the artifact store's part. */
export type Unpack = (digest: string, directory: string) => Promise<void>;

/** Where an artifact lies unpacked: one directory for all releases of one digest. */
export function preparedDirectory(directory: string, digest: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9:_-]{0,200}$/.test(digest)) fail("artifact_missing", `"${digest}" is not the digest of an artifact`);
  return join(directory, "prepared", digest.replaceAll(":", "-"));
}

/** Unpacks the artifact unless it is there. Whole or not at all: it is unpacked beside its place and then renamed. */
export async function prepareArtifact(directory: string, digest: string, unpack: Unpack): Promise<void> {
  const place = preparedDirectory(directory, digest);
  if (existsSync(place)) return;
  await mkdir(join(directory, "prepared"), { recursive: true });
  const temporary = join(directory, "prepared", halfMadeName());
  await mkdir(temporary, { mode: 0o700 });
  try {
    await unpack(digest, temporary);
    await renameUnlessThere(temporary, place);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  await removeAbandoned(directory);
}

/** A release's working directory as an absolute path; it cannot leave the artifact. */
export function workingDirectory(prepared: string, below: string): string {
  const path = resolve(prepared, below);
  const inside = relative(prepared, path);
  if (inside.startsWith("..") || isAbsolute(inside)) fail("path_refused", `the working directory "${below}" is not inside the artifact`);
  return path;
}

async function renameUnlessThere(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ENOTEMPTY" && code !== "EEXIST") throw error; // Somebody else was faster with the same bytes.
  }
}

/** Removes what killed processes left half unpacked. */
async function removeAbandoned(directory: string): Promise<void> {
  for (const name of await readdir(join(directory, "prepared"))) {
    if (isAbandoned(name)) await rm(join(directory, "prepared", name), { recursive: true, force: true });
  }
}
