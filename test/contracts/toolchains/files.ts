import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Writes files given as path -> text. */
export async function writeFiles(directory: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    const file = join(directory, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

/** Runs git in a directory and gives what it printed. */
export async function git(directory: string, ...args: string[]): Promise<string> {
  const identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "init.defaultBranch=main"];
  const { stdout } = await run("git", [...identity, "-C", directory, ...args]);
  return stdout.trim();
}

/** Makes a directory a repository if it is none, and commits everything in it. */
export async function commitAll(directory: string): Promise<string> {
  await git(directory, "init", "--quiet");
  await git(directory, "add", "--all");
  await git(directory, "commit", "--quiet", "--allow-empty", "--message", "A state for a test");
  return git(directory, "rev-parse", "HEAD");
}
