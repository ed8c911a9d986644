import { hash } from "node:crypto";
import { type Dirent, lstatSync, lutimesSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
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
 * time that cargo saw it with, and all others `now` (milliseconds): so cargo compiles what changed, and nothing else.
 */
export async function settleTimes(workspace: string, known: FileTimes, now: number): Promise<FileTimes> {
  const times: [string, readonly [string, number]][] = [];
  let sinceBreath = 0;
  for await (const [path, content] of contents(workspace, "")) {
    const before = Object.hasOwn(known, path) ? known[path] : undefined;
    const time = before?.[0] === content ? before[1] : now;
    lutimesSync(join(workspace, path), time / 1000, time / 1000);
    times.push([path, [content, time]]);
    sinceBreath += 1;
    if (sinceBreath % filesAtOnce === 0) await breathe();
  }
  return Object.fromEntries(times);
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
