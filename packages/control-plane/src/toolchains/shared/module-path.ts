import { realpath, stat } from "node:fs/promises";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { problem, type Problem, type Result } from "../../errors/problem.ts";
import { refuseRelativePath } from "../../manifest/host-path.ts";

/** Where a `path` module really lies. */
export interface ModulePath {
  /** Absolute path without symbolic links. */
  readonly directory: string;
  /** Path relative to the host with `/`; absent for a module of another root. */
  readonly inHost?: string;
}

/**
 * Finds the directory of a `path` module: below the host, or else below one of the allowed roots.
 * What a symbolic link points to counts, not where the link lies. Problems: path_refused, path_not_found.
 */
export async function resolveModulePath(path: string, hostDirectory: string, pathRoots: readonly string[]): Promise<Result<ModulePath>> {
  const reason = refuseRelativePath(path);
  if (reason !== undefined) return refused("path_refused", `path ${JSON.stringify(path)} is refused`, reason);
  const host = await realpath(hostDirectory);
  const roots = await Promise.all(pathRoots.map((root) => realpath(root).catch(() => undefined)));
  const allowed = [host, ...roots.filter((root) => root !== undefined)];
  let escapes = false;
  for (const base of allowed) {
    const directory = await realpath(resolve(base, path)).catch(() => undefined);
    const lexical = isBelow(resolve(base, path), base);
    if (directory === undefined) escapes ||= base === host && !lexical;
    else if (!allowed.some((root) => isBelow(directory, root)) || reserved(directory, host)) escapes = true;
    else if ((await stat(directory)).isDirectory()) return { ok: true, value: { directory, ...(isBelow(directory, host) ? { inHost: relative(host, directory).split(sep).join("/") } : {}) } };
  }
  if (escapes) return refused("path_refused", `path ${JSON.stringify(path)} leads outside the host and the allowed roots`);
  return refused("path_not_found", `there is no directory ${JSON.stringify(path)} in the host or the allowed roots`);
}

/** Whether `path` lies strictly below `root`; both absolute. */
export function isBelow(path: string, root: string): boolean {
  const way = relative(root, path);
  return way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** The real path of a file of a module, or undefined when it is missing or a link that leaves the module. */
export async function fileInside(directory: string, name: string): Promise<string | undefined> {
  const file = await realpath(join(directory, name)).catch(() => undefined);
  return file !== undefined && isBelow(file, directory) ? file : undefined;
}

/** The repository's own data and what the package manager writes are no places for modules. */
function reserved(directory: string, host: string): boolean {
  if (!isBelow(directory, host)) return false;
  return relative(host, directory).split(sep).some((part) => part === ".git" || part === "node_modules");
}

function refused(code: "path_refused" | "path_not_found", message: string, hint?: string): { readonly ok: false; readonly problems: readonly [Problem] } {
  return { ok: false, problems: [problem(code, message, hint === undefined ? {} : { hint })] };
}
