import { copyFile, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { cachedDirectory, hashSources, repositoryRoot } from "./files.ts";
import { run } from "./run.ts";
import { storedGzip } from "./stored-gzip.ts";

const runtimeDirectory = join(repositoryRoot, "packages", "runtime");

/**
 * Packs `@modyard/runtime` as a registry would hand it out, and returns the tarball's path. One content has one
 * tarball, byte for byte, and is packed once.
 */
export async function packRuntime(): Promise<string> {
  const manifest = JSON.parse(await readFile(join(runtimeDirectory, "package.json"), "utf8")) as { version: string };
  const compiler = JSON.parse(await readFile(join(repositoryRoot, "node_modules", "typescript", "package.json"), "utf8")) as { version: string };
  const key = await hashSources([runtimeDirectory, join(repositoryRoot, "tsconfig.json"), import.meta.filename], compiler.version);
  const name = `modyard-runtime-${manifest.version}.tgz`;
  return join(await cachedDirectory("runtime", key, (directory) => pack(directory, name)), name);
}

/** Compiles beside the package and not in it: several tests may pack at once. */
async function pack(directory: string, name: string): Promise<void> {
  await run(repositoryRoot, process.execPath, join("node_modules", "typescript", "bin", "tsc"), "-p", runtimeDirectory, "--outDir", join(directory, "dist"));
  await copyFile(join(runtimeDirectory, "package.json"), join(directory, "package.json"));
  await run(directory, "npm", "pack", "--ignore-scripts", "--silent");
  await writeFile(join(directory, name), storedGzip(gunzipSync(await readFile(join(directory, name)))));
  await rm(join(directory, "dist"), { recursive: true });
  await rm(join(directory, "package.json"));
}
