import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { isAbandoned } from "../../processes/half-made.ts";
import { processIdentity } from "../../processes/identity.ts";
import { lockKind, ownerOf } from "../../processes/lock-file.ts";
import type { Orphan } from "./orphan.ts";

/** No tool works so long at one temporary file, in milliseconds. */
const staleMs = 2 * 60 * 60 * 1000;

/** Workspaces, half-made files and locks of this data directory that nobody holds any more. */
export function orphanFiles(dataDirectory: string): Orphan[] {
  const below = (...parts: string[]): string => join(dataDirectory, ...parts);
  const environments = list(below("environments")).map((name) => below("environments", name));
  const mirrors = [below("host.git"), ...list(below("cache", "git")).map((name) => below("cache", "git", name))];
  const ours = [dataDirectory, below("workspaces"), below("artifacts"), below("trees"), below("cache"), below("cache", "npm"), below("cache", "npm", "trees"), below("cache", "npm", "packing"), below("cache", "npm", "settings"), below("cache", "cargo"), below("cache", "cargo", "targets"), ...environments, ...environments.map((path) => join(path, "prepared"))];
  return [
    ...orphanWorkspaces(below("workspaces")),
    ...ours.flatMap((directory) => list(directory).flatMap((name) => judge(directory, name))),
    ...[below("cache", "npm", "downloads", "_cacache", "tmp"), ...mirrors.map((mirror) => join(mirror, "objects", "pack"))].flatMap(staleIn),
  ];
}

function orphanWorkspaces(directory: string): Orphan[] {
  const slots = list(directory).filter((name) => /^\d+$/.test(name) && ownerOf(join(directory, `${name}.lock`)) !== "lives");
  return slots.map((name) => ({ kind: "workspace", name: join(directory, name), text: "workspace of a build whose worker is gone" }));
}

function judge(directory: string, name: string): Orphan[] {
  const path = join(directory, name);
  const partialOf = /\.(\d+)\.partial$/.exec(name)?.[1];
  if (isAbandoned(name) || (partialOf !== undefined && processIdentity(Number(partialOf)) === undefined)) return [{ kind: "half_made", name: path, text: "half made by a process that is gone" }];
  if (lockKind(name) !== undefined && ownerOf(path) === "gone") return [{ kind: "lock", name: path, text: "lock of a process that is gone" }];
  return [];
}

/** What other programs call temporary tells no owner: only its age says that nobody is at it. */
function staleIn(directory: string): Orphan[] {
  const names = list(directory).filter((name) => directory.endsWith("pack") === name.startsWith("tmp_"));
  return names.filter((name) => ageOf(join(directory, name)) > staleMs).map((name) => ({ kind: "half_made", name: join(directory, name), text: "temporary, and untouched for hours" }));
}

function list(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function ageOf(path: string): number {
  return Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
}
