import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);
const identity = ["-c", "user.name=Host Author", "-c", "user.email=author@example.org", "-c", "commit.gpgsign=false"];

/** Runs git in a host's work tree as its author would; its output without the last line end. */
export async function hostGit(directory: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await run("git", [...identity, ...args], { cwd: directory, maxBuffer: 1e8 });
  return stdout.trimEnd();
}
