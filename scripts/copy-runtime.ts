// Puts the packed @modyard/runtime into a directory, for hosts whose package registry does not have it.
import { copyFile, mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { packRuntime } from "./example/pack-runtime.ts";

const [directory] = process.argv.slice(2);
if (directory === undefined || directory === "") {
  console.error("usage: node scripts/copy-runtime.ts DIRECTORY");
  process.exit(2);
}
const tarball = await packRuntime();
const copy = join(directory, basename(tarball));
await mkdir(directory, { recursive: true });
await copyFile(tarball, copy);
console.log(copy);
