import { hash } from "node:crypto";
import { lutimes, readdir, readFile, readlink, stat } from "node:fs/promises";
import { join } from "node:path";
import type { FileTimes } from "./target-record.ts";

/** What compilers and package managers keep in a workspace for themselves. */
const notSources = new Set([".git", "target", "node_modules"]);

/** Files that are read at once. */
const width = 32;

/**
 * Cargo goes by times, but every checkout has new ones. Gives each file and directory of the workspace whose content is `known` the
 * time that cargo saw it with, and all others `now` (milliseconds): so cargo compiles what changed, and nothing else.
 */
export async function settleTimes(workspace: string, known: FileTimes, now: number): Promise<FileTimes> {
  const found: [string, string][] = [];
  await hashAll(workspace, "", found);
  const times = found.map(([path, content]): [string, [string, number]] => {
    const before = Object.hasOwn(known, path) ? known[path] : undefined;
    return [path, [content, before?.[0] === content ? before[1] : now]];
  });
  for (const part of batches(times)) await Promise.all(part.map(([path, [, time]]) => lutimes(join(workspace, path), time / 1000, time / 1000)));
  return Object.fromEntries(times.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

async function hashAll(workspace: string, below: string, found: [string, string][]): Promise<void> {
  const entries = (await readdir(join(workspace, below), { withFileTypes: true })).filter(({ name }) => !notSources.has(name));
  const plain = entries.filter((entry) => !entry.isDirectory());
  for (const part of batches(plain)) {
    const contents = await Promise.all(part.map((entry) => contentOf(join(workspace, below, entry.name), entry)));
    part.forEach(({ name }, index) => {
      const content = contents[index];
      if (content !== undefined) found.push([below + name, content]);
    });
  }
  for (const entry of entries) if (entry.isDirectory()) await hashAll(workspace, `${below}${entry.name}/`, found);
  found.push([below === "" ? "./" : below, digest(entries.map(({ name }) => name).toSorted().join("\0"))]);
}

async function contentOf(path: string, entry: { isFile(): boolean; isSymbolicLink(): boolean }): Promise<string | undefined> {
  if (entry.isSymbolicLink()) return `link ${digest(await readlink(path))}`;
  if (!entry.isFile()) return undefined;
  const [{ mode }, bytes] = await Promise.all([stat(path), readFile(path)]);
  return `${bytes.length} ${mode & 0o100} ${digest(bytes)}`;
}

function digest(data: string | Buffer): string {
  return hash("sha256", data, "base64url").slice(0, 27);
}

function* batches<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += width) yield items.slice(start, start + width);
}
