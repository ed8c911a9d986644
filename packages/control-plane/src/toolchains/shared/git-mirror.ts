import { createHash } from "node:crypto";
import { access, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { problem, type Problem, type Result } from "../../errors/problem.ts";
import { isGitRev, refuseGitAddress } from "../../manifest/git-address.ts";
import { gitDenied, isGitDenied } from "./git-denied.ts";
import { runTool, type ToolOutcome } from "./run-tool.ts";
import { toolEnvironment } from "./tool-environment.ts";
import { withoutPassword } from "./without-password.ts";

/** A revision made exact. */
export interface PinnedRevision {
  /** Full commit id. */
  readonly commit: string;
  /** Bare repository below the cache directory that holds the commit. */
  readonly mirror: string;
}

const fullCommit = /^[0-9a-f]{40}$/;
const partOfCommit = /^[0-9a-f]{4,40}$/;

/** Git must not run two fetches into one mirror at a time. */
const busy = new Map<string, Promise<unknown>>();

/**
 * Finds the commit that a tag, branch or commit means now, and fetches it into a mirror below `cacheDirectory`.
 * A full commit that is there already costs no network. When the server does not answer, or not to us, a revision means what it
 * meant last: good enough to build what is installed, but not for `newest`, which asks what is new. Problems: git_url_refused, git_unreachable, git_denied, git_rev_not_found.
 */
export async function pinRevision(address: string, rev: string, cacheDirectory: string, { newest = false }: { readonly newest?: boolean | undefined } = {}): Promise<Result<PinnedRevision>> {
  const reason = refuseGitAddress(address);
  if (reason !== undefined) return refused(problem("git_url_refused", `git address ${JSON.stringify(address)} is refused`, { hint: reason }));
  if (!isGitRev(rev)) return refused(notFound(address, rev));
  const mirror = join(cacheDirectory, "git", `${createHash("sha256").update(address).digest("hex").slice(0, 32)}.git`);
  const turn = (busy.get(mirror) ?? Promise.resolve()).then(() => pinOrRemember(mirror, address, rev, newest));
  busy.set(mirror, turn.catch(() => undefined));
  return turn;
}

/** The text of a file of a commit; undefined when the commit has none. */
export async function readFileAt({ mirror, commit }: PinnedRevision, path: string): Promise<string | undefined> {
  const { exitCode, stdout } = await git(mirror, ["show", "--no-textconv", "--end-of-options", `${commit}:${path}`]);
  return exitCode === 0 ? stdout.toString("utf8") : undefined;
}

/** Paths of a commit's files called `name`, in any directory, that hold a match of a POSIX regular expression; the shallowest first. */
export async function findFilesAt({ mirror, commit }: PinnedRevision, name: string, pattern: string): Promise<string[]> {
  const { stdout } = await git(mirror, ["grep", "--files-with-matches", "--full-name", "--null", "--extended-regexp", "-e", pattern, commit, "--", `:(glob)**/${name}`]);
  const paths = stdout.toString("utf8").split("\0").filter((found) => found !== "").map((found) => found.slice(commit.length + 1));
  return paths.toSorted((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1));
}

async function pinOrRemember(mirror: string, address: string, rev: string, newest: boolean): Promise<Result<PinnedRevision>> {
  const pinned = await pinInto(mirror, address, rev);
  const name = `refs/modyard/${createHash("sha256").update(rev).digest("hex")}`;
  if (pinned.ok) {
    if ((await commitOf(mirror, name)) !== pinned.value.commit) await git(mirror, ["update-ref", name, pinned.value.commit]);
    return pinned;
  }
  const away = pinned.problems.every(({ code }) => code === "git_unreachable" || code === "git_denied");
  const commit = away && !newest ? await commitOf(mirror, name) : undefined;
  return commit === undefined ? pinned : { ok: true, value: { commit, mirror } };
}

async function pinInto(mirror: string, address: string, rev: string): Promise<Result<PinnedRevision>> {
  if (!(await exists(join(mirror, "HEAD")))) {
    await mkdir(mirror, { recursive: true });
    await runTool({ argv: ["git", "init", "--quiet", "--bare", "--", mirror], env: toolEnvironment(), timeoutSeconds: 30 });
  }
  if (fullCommit.test(rev)) return (await commitOf(mirror, rev)) === undefined ? fetchCommit(mirror, address, rev) : { ok: true, value: { commit: rev, mirror } };
  const listing = await git(mirror, ["ls-remote", "--", address]);
  if (listing.exitCode !== 0) return refused(unreachable(address, listing));
  const name = referenceNamed(rev, listing.stdout.toString());
  if (name !== undefined) return fetchReference(mirror, address, rev, name);
  return partOfCommit.test(rev) ? fetchEverything(mirror, address, rev) : refused(notFound(address, rev));
}

function referenceNamed(rev: string, listing: string): string | undefined {
  const names = new Set(listing.split("\n").map((line) => line.split("\t")[1]));
  return [rev, `refs/tags/${rev}`, `refs/heads/${rev}`, `refs/${rev}`].find((name) => names.has(name) && name !== "");
}

async function fetchReference(mirror: string, address: string, rev: string, name: string): Promise<Result<PinnedRevision>> {
  const fetched = await git(mirror, ["fetch", "--quiet", "--no-tags", "--depth=1", "--", address, name]);
  if (fetched.exitCode !== 0) return refused(unreachable(address, fetched));
  const commit = await commitOf(mirror, "FETCH_HEAD");
  return commit === undefined ? refused(notFound(address, rev)) : { ok: true, value: { commit, mirror } };
}

/** Most servers hand out a commit by its id; where one does not, everything is fetched. */
async function fetchCommit(mirror: string, address: string, commit: string): Promise<Result<PinnedRevision>> {
  const fetched = await git(mirror, ["fetch", "--quiet", "--no-tags", "--depth=1", "--", address, commit]);
  if (fetched.exitCode === 0 && (await commitOf(mirror, commit)) !== undefined) return { ok: true, value: { commit, mirror } };
  return fetchEverything(mirror, address, commit);
}

async function fetchEverything(mirror: string, address: string, rev: string): Promise<Result<PinnedRevision>> {
  const deepen = (await exists(join(mirror, "shallow"))) ? ["--unshallow"] : [];
  const fetched = await git(mirror, ["fetch", "--quiet", ...deepen, "--", address, "+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*"]);
  if (fetched.exitCode !== 0) return refused(unreachable(address, fetched));
  const commit = await commitOf(mirror, rev);
  return commit === undefined ? refused(notFound(address, rev)) : { ok: true, value: { commit, mirror } };
}

async function commitOf(mirror: string, rev: string): Promise<string | undefined> {
  const { exitCode, stdout } = await git(mirror, ["rev-parse", "--quiet", "--verify", "--end-of-options", `${rev}^{commit}`]);
  return exitCode === 0 ? stdout.toString().trim() : undefined;
}

function depth(path: string): number {
  return path.split("/").length;
}

function git(mirror: string, args: readonly string[]): Promise<ToolOutcome> {
  const settings = ["-c", "gc.auto=0", "-c", "http.lowSpeedLimit=1000", "-c", "http.lowSpeedTime=30", "-c", "core.hooksPath=/dev/null"];
  return runTool({ argv: ["git", ...settings, "-C", mirror, ...args], env: toolEnvironment(), timeoutSeconds: 300 });
}

function unreachable(address: string, { exitCode, stderr }: ToolOutcome): Problem {
  if (exitCode === 127) return problem("command_not_found", "git is not installed on this machine");
  if (/No space left on device/i.test(stderr)) return problem("disk_full", "no space left while fetching a git repository");
  const said = withoutPassword(stderr).split("\n").filter((line) => /^(fatal|error|remote|ssh):/.test(line)).slice(0, 3).join("; ");
  if (isGitDenied(stderr)) return gitDenied(address, said);
  return problem("git_unreachable", `${withoutPassword(address)} cannot be fetched: ${said === "" ? withoutPassword(stderr).trim().slice(0, 300) : said}`);
}

function notFound(address: string, rev: string): Problem {
  return problem("git_rev_not_found", `${withoutPassword(address)} has no commit, tag or branch ${JSON.stringify(rev)}`);
}

function refused(reason: Problem): { readonly ok: false; readonly problems: readonly [Problem] } {
  return { ok: false, problems: [reason] };
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(() => true, () => false);
}
