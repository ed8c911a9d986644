import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fail } from "../../errors/problem.ts";
import { git, GitError } from "../../processes/git.ts";
import { withLockFile } from "../../processes/lock-file.ts";
import type { Checkout } from "./checkout.ts";

/** Who a composition commit is by, and what it says. */
export interface CommitMessage {
  readonly author: { readonly name: string; readonly email: string };
  readonly text: string;
}

/** A commit that changed a file, and how. */
export interface FileChange {
  readonly commit: string;
  readonly author: string;
  /** ISO 8601. */
  readonly at: string;
  /** The commit's message. */
  readonly message: string;
  /** Lines of the unified diff of this file, from its first hunk on, without lines that stayed. */
  readonly diff: readonly string[];
}

/**
 * The host's git repository, through a bare mirror of our own: no build ever sees the mirror,
 * and no command ever runs inside the host's own clone except git's receiving end when a commit lands.
 */
export class HostRepository {
  readonly #address: string;
  readonly #mirror: string;

  constructor(address: string, dataDirectory: string) {
    this.#address = address;
    this.#mirror = join(dataDirectory, "host.git");
  }

  /** The commit that the branch points at now; the mirror has its objects afterwards. */
  async tip(branch: string): Promise<string> {
    const ref = branchRef(branch);
    const listed = await this.#remote(["ls-remote", "--", this.#address, ref]);
    const commit = listed.split("\t")[0]?.trim();
    if (!commit) return fail("ref_not_found", `the host repository has no branch ${JSON.stringify(branch)}`);
    if (!(await this.#isFetched(ref, commit))) await this.#fetch(ref);
    return commit;
  }

  /** A file of a commit as text; undefined when the commit has no such file. */
  async readFile(commit: string, path: string): Promise<string | undefined> {
    try {
      return await this.#git(["cat-file", "blob", `${commit}:${path}`]);
    } catch (error) {
      if (error instanceof GitError && (await this.#git(["ls-tree", "--full-tree", commit, "--", path])) === "") return undefined;
      throw error;
    }
  }

  /** Commits up to `tip` that changed a file, the newest first; those before the commit `before` where it is given. */
  async history(tip: string, path: string, { limit, before }: { readonly limit: number; readonly before?: string | undefined }): Promise<readonly FileChange[]> {
    const format = "%x01%H%x00%an%x00%aI%x00%B%x00";
    const skip = before === undefined ? [] : ["--skip=1"];
    const told = await this.#git(["log", `--max-count=${limit}`, ...skip, `--format=${format}`, "--patch", "--unified=0", "--no-color", "--no-ext-diff", "--no-textconv", "--first-parent", "--diff-merges=first-parent", "--end-of-options", before ?? tip, "--", path]);
    return told.split("\u0001").slice(1).map(toFileChange);
  }

  /** SHA-256 over what git says of these paths at the commit: equal for equal contents. */
  async digestOf(commit: string, paths: readonly string[]): Promise<string> {
    const listed = await this.#git(["ls-tree", "-r", "--full-tree", commit, "--", ...paths]);
    return createHash("sha256").update(listed).digest("hex");
  }

  /** Writes the commit's files into an empty directory, without any `.git`. */
  async checkOut(commit: string, directory: string): Promise<Checkout> {
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(directory, { recursive: true });
    const index = `${directory}.index`;
    rmSync(index, { force: true });
    const options = { env: { GIT_INDEX_FILE: index } };
    await this.#git(["--work-tree", directory, "read-tree", commit], options);
    await this.#git(["--work-tree", directory, "checkout-index", "--all", "--force"], { ...options, cwd: directory });
    const files = (await this.#git(["ls-tree", "-r", "-z", "--name-only", "--full-tree", commit])).split("\0").filter(Boolean);
    return { commit, directory, index, files };
  }

  /** Commits the given files of a checkout on top of its commit; the same commit when nothing changed. */
  async commit(checkout: Checkout, paths: readonly string[], message: CommitMessage): Promise<string> {
    const env = { GIT_INDEX_FILE: checkout.index };
    const options = { cwd: checkout.directory, env };
    // git refuses a path that is neither there nor was: a lockfile that no module needed, say.
    const known = paths.filter((path) => existsSync(join(checkout.directory, path)) || checkout.files.some((file) => file === path || file.startsWith(`${path}/`)));
    await this.#git(["--work-tree", checkout.directory, "add", "--all", "--force", "--", ...known], options);
    const tree = (await this.#git(["write-tree"], options)).trim();
    if (tree === (await this.#git(["rev-parse", `${checkout.commit}^{tree}`])).trim()) return checkout.commit;
    return this.#commitTree(tree, checkout.commit, message);
  }

  /** A commit on top of `parent` whose files are those of `source`. */
  async commitTreeOf(source: string, parent: string, message: CommitMessage): Promise<string> {
    return this.#commitTree(`${source}^{tree}`, parent, message);
  }

  /** Moves the branch to the commit, as a fast-forward only. False: the branch moved in the meantime. */
  async land(commit: string, branch: string): Promise<boolean> {
    const ref = branchRef(branch);
    // For a host that is somebody's work tree: git itself updates it, and refuses when that would lose changes.
    const receive = "git -c receive.denyCurrentBranch=updateInstead receive-pack";
    try {
      await this.#remote(["--git-dir", this.#mirror, "push", "--porcelain", `--receive-pack=${receive}`, "--", this.#address, `${commit}:${ref}`]);
      return true;
    } catch (error) {
      if (!(error instanceof GitError)) throw error;
      if ((await this.tip(branch)) === commit) return true;
      if (!(await this.#isAncestor(await this.tip(branch), commit))) return false;
      return fail("landing_refused", `the host repository refused the commit on ${branch}: ${refusalOf(error)}`, {}, error);
    }
  }

  async #commitTree(tree: string, parent: string, message: CommitMessage): Promise<string> {
    const env = {
      GIT_AUTHOR_NAME: message.author.name,
      GIT_AUTHOR_EMAIL: message.author.email,
      GIT_COMMITTER_NAME: "Modyard",
      GIT_COMMITTER_EMAIL: "modyard@localhost",
    };
    return (await this.#git(["commit-tree", tree, "-p", parent, "-F", "-"], { env, input: message.text })).trim();
  }

  async #fetch(ref: string): Promise<void> {
    await withLockFile(`${this.#mirror}.lock`, async () => {
      if (!existsSync(join(this.#mirror, "HEAD"))) await git(["init", "--quiet", "--bare", this.#mirror]);
      removeOldLocks(this.#mirror);
      await this.#remote(["--git-dir", this.#mirror, "fetch", "--quiet", "--no-tags", "--", this.#address, `+${ref}:${ref}`]);
    });
  }

  /** By the mirror's branch and not by the commit: git writes a commit before its files, and moves the branch when all are there. */
  async #isFetched(ref: string, commit: string): Promise<boolean> {
    if (!existsSync(join(this.#mirror, "HEAD"))) return false;
    const found = await this.#git(["for-each-ref", "--format=%(objectname)", ref]);
    return found.trim() === commit;
  }

  /** Whether the commit is the tip or lies before it. */
  /** Paths whose contents are not the same in two commits. */
  async changedFiles(before: string, after: string): Promise<readonly string[]> {
    const listed = await this.#git(["diff", "--name-only", "-z", "--no-renames", before, after, "--"]);
    return listed.split("\0").filter((path) => path !== "");
  }

  async contains(tip: string, commit: string): Promise<boolean> {
    return this.#isAncestor(commit, tip);
  }

  async #isAncestor(ancestor: string, commit: string): Promise<boolean> {
    return this.#succeeds(["merge-base", "--is-ancestor", ancestor, commit]);
  }

  async #succeeds(args: readonly string[]): Promise<boolean> {
    try {
      await this.#git(args);
      return true;
    } catch (error) {
      if (error instanceof GitError) return false;
      throw error;
    }
  }

  #git(args: readonly string[], options: { cwd?: string; env?: Record<string, string>; input?: string } = {}): Promise<string> {
    return git(["--git-dir", this.#mirror, ...args], options);
  }

  async #remote(args: readonly string[]): Promise<string> {
    try {
      return await git(args, { withUserSettings: true });
    } catch (error) {
      if (error instanceof GitError && /not appear to be a git repository|does not exist|Could not resolve host|unable to access|Connection refused/.test(error.stderr)) {
        fail("host_not_found", `the host repository cannot be read: ${lastWords(error)}`, {}, error);
      }
      throw error;
    }
  }
}

function toFileChange(told: string): FileChange {
  const [commit = "", author = "", at = "", message = "", patch = ""] = told.split("\0");
  const lines = patch.split("\n");
  const first = lines.findIndex((line) => line.startsWith("@@"));
  return { commit, author, at, message: message.trim(), diff: first < 0 ? [] : lines.slice(first).filter((line) => /^[-+@]/.test(line)) };
}

/** What the receiving side said: its own lines, and git's reason in `push --porcelain`: `! SOURCE:DEST [remote rejected] (reason)`. */
function refusalOf(error: GitError): string {
  const reasons = error.stdout.split("\n").flatMap((line) => /^!\t[^\t]*\t(.*)$/.exec(line)?.[1] ?? []);
  const remote = error.stderr.split("\n").flatMap((line) => /^remote: (.*\S)/.exec(line)?.[1] ?? []).slice(-3);
  return reasons.length === 0 ? lastWords(error) : [...reasons, ...remote].join(" ");
}

/** What git says after every failure of a remote, whatever the reason was. */
const generalities = /^(fatal: Could not read from remote repository\.|Please make sure you have the correct access rights|and the repository exists\.|)$/;

function lastWords(error: GitError): string {
  const lines = error.stderr.split("\n").map((line) => line.trim());
  const telling = lines.filter((line) => !generalities.test(line));
  return (telling.length === 0 ? lines : telling).slice(-3).join(" ").replaceAll(/\s+/g, " ").trim();
}

/** What git itself refuses in a branch's name (see git-check-ref-format), told without starting git for it. */
const notInBranch = /^[-/.]|\.\.|@\{|\/[/.]|[\s~^:?*[\\\p{Cc}]|[/.]$|\.lock(\/|$)|^@$/u;

function branchRef(branch: string): string {
  const name = branch.startsWith("refs/heads/") ? branch.slice("refs/heads/".length) : branch;
  if (name === "" || notInBranch.test(name)) fail("ref_not_found", `${JSON.stringify(branch)} is not a branch name`);
  return `refs/heads/${name}`;
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
