import { hash } from "node:crypto";
import { type Dirent, lstatSync, lutimesSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, posix, relative, sep } from "node:path";
import { setImmediate as breathe } from "node:timers/promises";
import type { FileTimes } from "./target-record.ts";

/** What compilers and package managers keep in a workspace for themselves. */
const notSources = new Set([".git", "target", "node_modules"]);

/** Many small files are read several times faster at once than each on its own in the background; after so many, others have their turn. */
const filesAtOnce = 64;

/** Bytes beyond which a file is read in the background. */
const largeFile = 1024 * 1024;

/**
 * Cargo goes by times, but every checkout has new ones. Gives each file and directory of the workspace whose content is `known` the
 * time that cargo saw it with, and all others `now` (milliseconds): so cargo compiles what changed, and nothing else. What belongs to
 * crates in `generating` counts as changed.
 */
export async function settleTimes(workspace: string, known: FileTimes, now: number, generating: ReadonlySet<string> = new Set()): Promise<FileTimes> {
  const times: [string, readonly [string, number]][] = [];
  let sinceBreath = 0;
  for await (const [path, content] of contents(workspace, "")) {
    const before = Object.hasOwn(known, path) ? known[path] : undefined;
    const isKept = before?.[0] === content && (generating.size === 0 || !generating.has(crateOf(path, known)));
    const time = isKept ? before[1] : now;
    lutimesSync(join(workspace, path), time / 1000, time / 1000);
    times.push([path, [content, time]]);
    sinceBreath += 1;
    if (sinceBreath % filesAtOnce === 0) await breathe();
  }
  return Object.fromEntries(times);
}

/** Directories (`` for the root) of the crates in which files lie that were not there when the times were settled; what is below `ignored` does not count. */
export function cratesWithNewFiles(workspace: string, settled: FileTimes, ignored: string): string[] {
  const found = new Set<string>();
  for (const entry of readdirSync(workspace, { recursive: true, withFileTypes: true })) {
    const path = relative(workspace, join(entry.parentPath, entry.name)).split(sep).join("/");
    if (entry.isDirectory() || Object.hasOwn(settled, path) || path.startsWith(ignored) || path.split("/").some((part) => notSources.has(part))) continue;
    found.add(crateOf(path, settled));
  }
  return [...found].toSorted();
}

/** The directory of the Cargo.toml that is nearest above a file. */
function crateOf(path: string, files: FileTimes): string {
  for (let directory = posix.dirname(path); directory !== "."; directory = posix.dirname(directory)) if (Object.hasOwn(files, `${directory}/Cargo.toml`)) return directory;
  return "";
}

/** Every file, link and directory (its path ends with `/`) with what tells its content from another; directories after what lies in them. */
async function* contents(workspace: string, below: string): AsyncGenerator<readonly [path: string, content: string]> {
  const entries = readdirSync(join(workspace, below), { withFileTypes: true }).filter(({ name }) => !notSources.has(name));
  for (const entry of entries) {
    const path = below + entry.name;
    if (entry.isDirectory()) yield* contents(workspace, `${path}/`);
    else {
      const content = contentOf(join(workspace, path), entry);
      if (content !== undefined) yield [path, typeof content === "string" ? content : await content];
    }
  }
  yield [below === "" ? "./" : below, digest(entries.map(({ name }) => name).toSorted().join("\0"))];
}

function contentOf(path: string, entry: Dirent): string | Promise<string> | undefined {
  if (entry.isSymbolicLink()) return `link ${digest(readlinkSync(path))}`;
  if (!entry.isFile()) return undefined;
  const { size, mode } = lstatSync(path);
  const told = (bytes: Buffer): string => `${bytes.length} ${mode & 0o100} ${digest(bytes)}`;
  return size > largeFile ? readFile(path).then(told) : told(readFileSync(path));
}

function digest(data: string | Buffer): string {
  return hash("sha256", data, "base64url").slice(0, 27);
}
