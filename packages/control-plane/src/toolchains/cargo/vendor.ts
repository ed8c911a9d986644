import { copyFile, lstat, mkdir, readdir, readFile, readlink, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join, posix, resolve, sep } from "node:path";
import { problem, type Problem } from "../../errors/problem.ts";
import type { ModuleSpec } from "../../manifest/manifest.ts";
import { isBelow } from "../shared/module-path.ts";
import { runTool } from "../shared/run-tool.ts";
import { toolEnvironment } from "../shared/tool-environment.ts";
import { vendorDirectory } from "../shared/vendor-directory.ts";
import { cargoManifestName, readCargoManifest } from "./cargo-manifest.ts";
import { excludeFromWorkspace, includeInWorkspace } from "./workspace-exclude.ts";

/** Directories that no crate needs and that its author never commits. */
const neverTaken: ReadonlySet<string> = new Set([".git", "target", "node_modules"]);

/** Where the crate of a module of another root lies in the host, with `/`. */
export function vendoredPath(slug: string): string {
  return posix.join(vendorDirectory, slug);
}

/**
 * Takes a crate of another root into the host: the files that git tracks there or would track, byte for byte, so that the
 * composition commit holds everything that it needs. Links that leave the crate are refused: path_refused. A crate that is the
 * root of a workspace itself is excluded from the host's.
 */
export async function takeIn(spec: ModuleSpec, directory: string, workspace: string): Promise<Problem | undefined> {
  const files = (await trackedByGit(directory)) ?? (await allFiles(directory));
  const taken = files.filter((file) => !file.split("/").some((part) => neverTaken.has(part)));
  if (!taken.includes(cargoManifestName)) return problem("descriptor_missing", `${spec.path} has no ${cargoManifestName}, or git ignores it`, { module: spec.slug, hint: `Name a directory that holds a crate.` });
  const destination = join(workspace, vendoredPath(spec.slug));
  await rm(destination, { recursive: true, force: true });
  for (const file of taken) {
    const refused = await takeFile(directory, destination, file);
    if (refused !== undefined) return problem("path_refused", `${spec.path}: ${refused}`, { module: spec.slug, hint: "Put the file itself into the crate." });
  }
  const isRoot = (await readCargoManifest(destination))?.workspace !== undefined;
  await editRoot(workspace, (text) => (isRoot ? excludeFromWorkspace : includeInWorkspace)(text, vendoredPath(spec.slug)));
  return undefined;
}

/** Removes what was taken in for a module that comes from elsewhere now, or not at all. A host's own crate in that place stays. */
export async function leaveOut(spec: ModuleSpec, workspace: string): Promise<void> {
  const place = vendoredPath(spec.slug);
  const own = spec.path === undefined ? "" : posix.normalize(spec.path).replace(/\/$/, "");
  if (own === place || own.startsWith(`${place}/`)) return;
  if ((await lstat(join(workspace, place)).catch(() => undefined)) === undefined) return;
  await rm(join(workspace, place), { recursive: true, force: true });
  await editRoot(workspace, (text) => includeInWorkspace(text, place));
}

async function editRoot(workspace: string, edit: (text: string) => string): Promise<void> {
  const file = join(workspace, cargoManifestName);
  const text = await readFile(file, "utf8").catch(() => undefined);
  const edited = text === undefined ? undefined : edit(text);
  if (edited !== undefined && edited !== text) await writeFile(file, edited);
}

/** Undefined where there is no repository. Nothing that the repository's own settings name is run. */
async function trackedByGit(directory: string): Promise<string[] | undefined> {
  const argv = ["git", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "safe.directory=*", "-C", directory, "ls-files", "-z", "--cached", "--others", "--exclude-standard"] as const;
  const { exitCode, stdout } = await runTool({ argv, env: toolEnvironment(), timeoutSeconds: 60 });
  return exitCode === 0 ? [...new Set(stdout.toString("utf8").split("\0"))].filter((file) => file !== "") : undefined;
}

async function allFiles(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1).split(sep).join("/"));
}

async function takeFile(from: string, to: string, file: string): Promise<string | undefined> {
  const [source, destination] = [join(from, file), join(to, file)];
  const found = await lstat(source).catch(() => undefined);
  // A tracked file that was deleted, or a submodule.
  if (found === undefined || found.isDirectory()) return undefined;
  await mkdir(dirname(destination), { recursive: true });
  if (!found.isSymbolicLink()) {
    await copyFile(source, destination);
    return undefined;
  }
  const target = await readlink(source);
  if (!isBelow(resolve(dirname(source), target), from) || target.startsWith("/")) return `${file} is a link that leads out of the crate`;
  await symlink(target, destination);
  return undefined;
}
