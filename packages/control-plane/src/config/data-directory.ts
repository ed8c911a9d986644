import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fail } from "../errors/problem.ts";

/**
 * Makes the data directory where it is not there. It may lie inside somebody's repository: it keeps itself out of git.
 * @throws {ModyardError} `config_invalid` or `disk_full` where nothing can be written.
 */
export function prepareDataDirectory(directory: string): void {
  try {
    makeDirectory(directory);
    writeFileSync(join(directory, ".gitignore"), "*\n");
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    if (code === "ENOSPC" || code === "EDQUOT") fail("disk_full", `no space is left for the data directory ${directory}`, {}, error);
    fail("config_invalid", `--data or MODYARD_DATA: ${directory} cannot be written: ${reasons[code] ?? message}`, { hint: "Name another directory with --data, or give this user the right to write there; `modyard doctor` says more." }, error);
  }
}

/** Level by level: below `/proc`, and other places where a directory is there and takes no other, `recursive` never comes back. */
function makeDirectory(path: string): void {
  if (existsSync(path)) return;
  makeDirectory(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process that starts now may have made it.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: "this user may not write there",
  EPERM: "this user may not write there",
  ENOENT: "no directory can be made there",
  EROFS: "its file system is read-only",
  ENOTDIR: "what stands in its place or above it is a file",
  EEXIST: "what stands in its place is a file",
};
