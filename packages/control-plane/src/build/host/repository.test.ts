import { execFile } from "node:child_process";
import { mkdtemp, mkdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { HostRepository } from "./repository.ts";

const run = promisify(execFile);
let root: string;
let host: string;
let repository: HostRepository;

const git = async (...args: readonly string[]): Promise<string> => {
  const { stdout } = await run("git", ["-c", "user.name=Author", "-c", "user.email=author@example.org", "-c", "commit.gpgsign=false", ...args]);
  return stdout.trim();
};

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "modyard-repository-"));
  host = join(root, "host");
  await git("init", "--quiet", "--initial-branch=main", host);
  await writeFile(join(host, "modules.toml"), "schema = 1\n");
  await git("-C", host, "add", ".");
  await git("-C", host, "commit", "--quiet", "--message", "first");
  await mkdir(join(root, "data"));
  repository = new HostRepository(host, join(root, "data"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

test("reads files of the branch's tip; a path that the commit does not have is told by undefined", async () => {
  const commit = await repository.tip("main");
  expect(await repository.readFile(commit, "modules.toml")).toBe("schema = 1\n");
  expect(await repository.readFile(commit, "modyard.toml")).toBeUndefined();
});

/** git writes a commit before the files it is made of: another process may look in between, and a kill may leave it so. */
test("a commit that was fetched by half is fetched again", async () => {
  const mirror = join(root, "data", "host.git");
  const commit = await git("-C", host, "rev-parse", "HEAD");
  await git("init", "--quiet", "--bare", mirror);
  const body = join(root, "commit");
  await writeFile(body, `${await git("-C", host, "cat-file", "commit", commit)}\n`);
  expect(await git("--git-dir", mirror, "hash-object", "-t", "commit", "-w", "--literally", body)).toBe(commit);
  expect(await repository.tip("main")).toBe(commit);
  expect(await repository.readFile(commit, "modules.toml")).toBe("schema = 1\n");
});

test("a file that cannot be read is an error, and not a file that is missing", async () => {
  const commit = await repository.tip("main");
  const blob = await git("-C", host, "rev-parse", "HEAD:modules.toml");
  await rm(join(root, "data", "host.git", "objects", blob.slice(0, 2)), { recursive: true });
  await expect(repository.readFile(commit, "modules.toml")).rejects.toThrow(/git/);
});

test("a lock that a killed git left on a branch keeps nobody from fetching; one that is held does", async () => {
  await repository.tip("main");
  const lock = join(root, "data", "host.git", "refs", "heads", "main.lock");
  await git("-C", host, "commit", "--quiet", "--allow-empty", "--message", "second");
  await writeFile(lock, "");
  await expect(repository.tip("main")).rejects.toThrow();
  const old = new Date(Date.now() - 60_000);
  await utimes(lock, old, old);
  expect(await repository.tip("main")).toBe(await git("-C", host, "rev-parse", "HEAD"));
});

test("a host that is no repository is told with git's reason, and not with what git says after every failure", async () => {
  const nowhere = new HostRepository(join(root, "nowhere"), join(root, "data"));
  await expect(nowhere.tip("main")).rejects.toMatchObject({ code: "host_not_found", message: expect.stringMatching(/^the host repository cannot be read: fatal: '.*nowhere' does not appear to be a git repository$/) });
});
