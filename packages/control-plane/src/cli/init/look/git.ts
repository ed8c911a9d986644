import { execFile } from "node:child_process";
import { stat } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import type { GitFound } from "../found.ts";

/** What git says of a directory. Git is asked only where the repository's own settings name no program that git would run. */
export async function lookAtGit(directory: string): Promise<GitFound> {
  const root = await rootAbove(directory);
  if (root === undefined) return { at: "none" };
  if (root !== directory) return { at: "below", root: relative(directory, root) };
  return (await runsPrograms(root)) ? { at: "root", commits: true } : status(root);
}

/** The nearest directory upwards with a `.git`. */
async function rootAbove(directory: string): Promise<string | undefined> {
  for (let here = directory; ; here = dirname(here)) {
    if (await stat(join(here, ".git")).then(() => true, () => false)) return here;
    if (here === dirname(here)) return undefined;
  }
}

/** Settings of the repository itself through which `git status` would run something. */
async function runsPrograms(root: string): Promise<boolean> {
  const listed = await git(root, ["config", "--list", "--show-scope", "--includes", "-z"]);
  if (listed === undefined) return true;
  // Scope and setting are separate fields: scope NUL key LF value NUL.
  const fields = listed.split("\0");
  return fields.some((scope, index) => (scope === "local" || scope === "worktree") && /^(filter\.|core\.fsmonitor|core\.hookspath|diff\.)/i.test(fields[index + 1] ?? ""));
}

async function status(root: string): Promise<GitFound> {
  const answer = await git(root, ["-c", "core.fsmonitor=false", "status", "--porcelain=v2", "--branch", "--ignore-submodules=all", "-z"]);
  if (answer === undefined) return { at: "root", commits: true };
  const lines = answer.split("\0");
  const branch = headerOf(lines, "# branch.head ");
  return {
    at: "root",
    ...(branch === undefined || branch === "(detached)" ? {} : { branch }),
    commits: headerOf(lines, "# branch.oid ") !== "(initial)",
    changed: lines.filter((line) => /^[12u?] /.test(line)).length,
  };
}

function headerOf(lines: readonly string[], start: string): string | undefined {
  return lines.find((line) => line.startsWith(start))?.slice(start.length);
}

/** Git's answer, or undefined when there is no git or it refuses. */
function git(cwd: string, args: readonly string[]): Promise<string | undefined> {
  const env = { PATH: process.env["PATH"], HOME: process.env["HOME"], LC_ALL: "C", GIT_OPTIONAL_LOCKS: "0", GIT_TERMINAL_PROMPT: "0" };
  return new Promise((resolve) => {
    execFile("git", args, { cwd, env, maxBuffer: 64 * 1024 * 1024, timeout: 20_000 }, (error, stdout) => resolve(error === null ? stdout : undefined));
  });
}
