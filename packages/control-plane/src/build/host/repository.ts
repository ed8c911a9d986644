import { createHash } from "node:crypto";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fail } from "../../errors/problem.ts";
import { GitError } from "../../processes/git.ts";
import { branchRef } from "./branch-ref.ts";
import type { Checkout } from "./checkout.ts";
import { fileChangeFormat, readFileChanges, type FileChange } from "./file-history.ts";
import { refusalOf } from "./git-words.ts";
import { Mirror } from "./mirror.ts";

/** Who a composition commit is by, and what it says. */
export interface CommitMessage {
  readonly author: { readonly name: string; readonly email: string };
  readonly text: string;
}

/**
 * The host's git repository, through a bare mirror of our own: no build ever sees the mirror,
 * and no command ever runs inside the host's own clone except git's receiving end when a commit lands.
 */
export class HostRepository {
  readonly #address: string;
  readonly #mirror: Mirror;

  constructor(address: string, dataDirectory: string) {
    this.#address = address;
    this.#mirror = new Mirror(address, join(dataDirectory, "host.git"));
  }

  /** The commit that the branch points at now; the mirror has its objects afterwards. */
  async tip(branch: string): Promise<string> {
    const ref = branchRef(branch);
    const listed = await this.#mirror.remote(["ls-remote", "--", this.#address, ref]);
    const commit = listed.split("\t")[0]?.trim();
    if (!commit) return fail("ref_not_found", `the host repository has no branch ${JSON.stringify(branch)}`);
    if (!(await this.#mirror.isFetched(ref, commit))) await this.#mirror.fetch(ref);
    return commit;
  }

  /** A file of a commit as text; undefined when the commit has no such file. */
  async readFile(commit: string, path: string): Promise<string | undefined> {
    try {
      return await this.#mirror.git(["cat-file", "blob", `${commit}:${path}`]);
    } catch (error) {
      if (error instanceof GitError && (await this.#mirror.git(["ls-tree", "--full-tree", commit, "--", path])) === "") return undefined;
      throw error;
    }
  }

  /** Commits up to `tip` that changed a file, the newest first; those before the commit `before` where it is given. */
  async history(tip: string, path: string, { limit, before }: { readonly limit: number; readonly before?: string | undefined }): Promise<readonly FileChange[]> {
    const skip = before === undefined ? [] : ["--skip=1"];
    const told = await this.#mirror.git(["log", `--max-count=${limit}`, ...skip, `--format=${fileChangeFormat}`, "--patch", "--unified=0", "--no-color", "--no-ext-diff", "--no-textconv", "--first-parent", "--diff-merges=first-parent", "--end-of-options", before ?? tip, "--", path]);
    return readFileChanges(told);
  }

  /** SHA-256 over what git says of these paths at the commit: equal for equal contents. */
  async digestOf(commit: string, paths: readonly string[]): Promise<string> {
    const listed = await this.#mirror.git(["ls-tree", "-r", "--full-tree", commit, "--", ...paths]);
    return createHash("sha256").update(listed).digest("hex");
  }

  /** Writes the commit's files into an empty directory, without any `.git`. */
  async checkOut(commit: string, directory: string): Promise<Checkout> {
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(directory, { recursive: true });
    const index = `${directory}.index`;
    rmSync(index, { force: true });
    const options = { env: { GIT_INDEX_FILE: index } };
    await this.#mirror.git(["--work-tree", directory, "read-tree", commit], options);
    await this.#mirror.git(["--work-tree", directory, "checkout-index", "--all", "--force"], { ...options, cwd: directory });
    const files = (await this.#mirror.git(["ls-tree", "-r", "-z", "--name-only", "--full-tree", commit])).split("\0").filter(Boolean);
    return { commit, directory, index, files };
  }

  /** Commits the given files of a checkout on top of its commit; the same commit when nothing changed. */
  async commit(checkout: Checkout, paths: readonly string[], message: CommitMessage): Promise<string> {
    const env = { GIT_INDEX_FILE: checkout.index };
    const options = { cwd: checkout.directory, env };
    // git refuses a path that is neither there nor was: a lockfile that no module needed, say.
    const known = paths.filter((path) => existsSync(join(checkout.directory, path)) || checkout.files.some((file) => file === path || file.startsWith(`${path}/`)));
    await this.#mirror.git(["--work-tree", checkout.directory, "add", "--all", "--force", "--", ...known], options);
    const tree = (await this.#mirror.git(["write-tree"], options)).trim();
    if (tree === (await this.#mirror.git(["rev-parse", `${checkout.commit}^{tree}`])).trim()) return checkout.commit;
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
      await this.#mirror.remote(["--git-dir", this.#mirror.directory, "push", "--porcelain", `--receive-pack=${receive}`, "--", this.#address, `${commit}:${ref}`]);
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
    return (await this.#mirror.git(["commit-tree", tree, "-p", parent, "-F", "-"], { env, input: message.text })).trim();
  }

  /** Paths whose contents are not the same in two commits. */
  async changedFiles(before: string, after: string): Promise<readonly string[]> {
    const listed = await this.#mirror.git(["diff", "--name-only", "-z", "--no-renames", before, after, "--"]);
    return listed.split("\0").filter((path) => path !== "");
  }

  /** Whether the commit is the tip or lies before it. */
  async contains(tip: string, commit: string): Promise<boolean> {
    return this.#isAncestor(commit, tip);
  }

  async #isAncestor(ancestor: string, commit: string): Promise<boolean> {
    return this.#mirror.succeeds(["merge-base", "--is-ancestor", ancestor, commit]);
  }

}
