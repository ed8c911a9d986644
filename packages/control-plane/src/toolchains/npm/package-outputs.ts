import { readdir } from "node:fs/promises";
import { join, matchesGlob, posix } from "node:path";
import { readPackageJson, type PackageJson } from "./package-json.ts";

/** Files of a package of the host that its package.json says others use: `files`, and what its entry points lead to. */
export async function packageOutputs(workspace: string, directory: string): Promise<string[]> {
  const manifest = await readPackageJson(join(workspace, directory));
  if (manifest === undefined) return [];
  const patterns = [...(manifest.files ?? []), ...entryPoints(manifest)].map(clean);
  const included = patterns.filter((pattern) => !pattern.startsWith("!"));
  const excluded = patterns.filter((pattern) => pattern.startsWith("!")).map((pattern) => clean(pattern.slice(1)));
  const files = await listFiles(join(workspace, directory), "");
  return files.filter((file) => included.some((pattern) => covers(pattern, file)) && !excluded.some((pattern) => covers(pattern, file))).map((file) => posix.join(directory, file));
}

function clean(pattern: string): string {
  return pattern.replace(/^\.?\//, "").replace(/\/$/, "");
}

/** A pattern means a file, everything below a directory, or what a glob matches. */
function covers(pattern: string, file: string): boolean {
  return pattern === "" || pattern === file || file.startsWith(`${pattern}/`) || matchesGlob(file, pattern);
}

function entryPoints({ main, types, bin, exports }: PackageJson): string[] {
  const programs = typeof bin === "string" ? [bin] : Object.values(bin ?? {});
  return [...(main === undefined ? [] : [main]), ...(types === undefined ? [] : [types]), ...programs, ...targets(exports)];
}

function targets(exports: unknown): string[] {
  if (typeof exports === "string") return [exports];
  if (typeof exports !== "object" || exports === null) return [];
  return Object.values(exports).flatMap(targets);
}

async function listFiles(root: string, below: string): Promise<string[]> {
  const entries = await readdir(join(root, below), { withFileTypes: true }).catch(() => []);
  const lists = await Promise.all(entries.map(async (entry) => {
    const path = posix.join(below, entry.name);
    if (entry.name === "node_modules" || entry.name === ".git" || entry.name === ".cache" || entry.name.endsWith(".tsbuildinfo")) return [];
    return entry.isDirectory() ? listFiles(root, path) : [path];
  }));
  return lists.flat();
}
