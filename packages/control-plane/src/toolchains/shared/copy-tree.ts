import { access, copyFile, mkdir, rename, rm, stat, utimes } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fail } from "../../errors/problem.ts";
import { runTool } from "./run-tool.ts";

/** Files that npm writes in place: each tree has its own. */
const recordName = ".package-lock.json";

/** Copies a directory with its links and times; where the file system shares blocks between copies, it costs next to nothing. */
export async function copyTree(from: string, to: string): Promise<void> {
  await runCopy(process.platform === "darwin" ? ["-cpPR"] : ["-a", "--reflink=auto"], from, to);
}

/** A second directory of the same files. Whoever gets it may replace files, not write into them. */
export async function linkTree(from: string, to: string): Promise<void> {
  if (process.platform !== "linux") return copyTree(from, to);
  await runCopy(["-al"], from, to).catch(async () => {
    await rm(to, { recursive: true, force: true });
    await copyTree(from, to);
  });
  await unshare(from, to);
}

/** Moves a directory, also to another file system. */
export async function moveTree(from: string, to: string): Promise<void> {
  if (!(await exists(from))) return;
  await mkdir(dirname(to), { recursive: true });
  await rename(from, to).catch(async () => {
    await copyTree(from, to);
    await rm(from, { recursive: true, force: true });
  });
}

async function unshare(from: string, to: string): Promise<void> {
  await rm(join(to, recordName), { force: true });
  if (!(await exists(join(from, recordName)))) return;
  await copyFile(join(from, recordName), join(to, recordName));
  const { atime, mtime } = await stat(join(from, recordName));
  // npm trusts its record only while nothing in the tree is newer.
  await utimes(join(to, recordName), atime, mtime);
}

async function runCopy(flags: readonly string[], from: string, to: string): Promise<void> {
  if (!(await exists(from))) return;
  await mkdir(dirname(to), { recursive: true });
  const { exitCode, stderr } = await runTool({ argv: ["cp", ...flags, "--", from, to], env: { PATH: "/usr/local/bin:/usr/bin:/bin", LC_ALL: "C" }, timeoutSeconds: 600 });
  if (exitCode === 0) return;
  if (stderr.includes("No space left on device")) fail("disk_full", "no space left while copying installed packages");
  throw new Error(`cp failed: ${stderr.trim().split("\n").at(-1)}`);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(() => true, () => false);
}
