import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fail, ModyardError } from "../../errors/problem.ts";
import { git, GitError } from "../../processes/git.ts";
import { withLockFile } from "../../processes/lock-file.ts";
import { gitDenied, isGitDenied } from "../../toolchains/shared/git-denied.ts";
import { lastWords } from "./git-words.ts";

interface GitOptions {
  readonly cwd?: string;
  readonly env?: Record<string, string>;
  readonly input?: string;
}

/** The bare mirror of the host's repository, and how its remote is reached. */
export class Mirror {
  readonly directory: string;
  readonly #address: string;

  constructor(address: string, directory: string) {
    this.#address = address;
    this.directory = directory;
  }

  /** Runs git in the mirror; what it wrote to stdout. Throws GitError. */
  git(args: readonly string[], options: GitOptions = {}): Promise<string> {
    return git(["--git-dir", this.directory, ...args], options);
  }

  /** Whether git ends well; what it says is of no interest. */
  async succeeds(args: readonly string[]): Promise<boolean> {
    try {
      await this.git(args);
      return true;
    } catch (error) {
      if (error instanceof GitError) return false;
      throw error;
    }
  }

  /** Runs git where it asks the remote, with the operator's own settings. Throws host_not_found, git_denied, GitError. */
  async remote(args: readonly string[]): Promise<string> {
    try {
      return await git(args, { withUserSettings: true });
    } catch (error) {
      if (error instanceof GitError && isGitDenied(error.stderr)) throw new ModyardError(gitDenied(this.#address, lastWords(error)), { cause: error });
      if (error instanceof GitError && /not appear to be a git repository|does not exist|Could not resolve host|unable to access|Connection refused/.test(error.stderr)) {
        fail("host_not_found", `the host repository cannot be read: ${lastWords(error)}`, {}, error);
      }
      throw error;
    }
  }

  /** Brings the branch and all that it needs. */
  async fetch(ref: string): Promise<void> {
    await withLockFile(`${this.directory}.lock`, async () => {
      if (!existsSync(join(this.directory, "HEAD"))) await git(["init", "--quiet", "--bare", this.directory]);
      removeOldLocks(this.directory);
      await this.remote(["--git-dir", this.directory, "fetch", "--quiet", "--no-tags", "--", this.#address, `+${ref}:${ref}`]);
    });
  }

  /**
   * Whether the branch is at the commit.
   * By the mirror's branch, not by the commit: git writes a commit before its files, and moves the branch when all are there.
   */
  async isFetched(ref: string, commit: string): Promise<boolean> {
    if (!existsSync(join(this.directory, "HEAD"))) return false;
    const found = await this.git(["for-each-ref", "--format=%(objectname)", ref]);
    return found.trim() === commit;
  }
}

/** Longer than git holds the lock of a branch, which it only does to write one line. */
const lockMs = 30_000;

/** A git that was killed while it wrote a branch left its lock, and every later one would refuse to write it. */
function removeOldLocks(mirror: string): void {
  const locks = readdirSync(join(mirror, "refs"), { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".lock"));
  for (const file of [...locks.map((name) => join(mirror, "refs", name)), join(mirror, "packed-refs.lock")]) if (isOld(file)) rmSync(file, { force: true });
}

function isOld(file: string): boolean {
  return Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > lockMs;
}
