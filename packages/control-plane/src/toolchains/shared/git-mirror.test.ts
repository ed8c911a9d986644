import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { serveGit } from "../../../../../test/support/git-http.ts";
import { hostGit } from "../../../../../test/support/host-git.ts";
import { pinRevision, readFileAt } from "./git-mirror.ts";

test("a revision means what it meant last while its server is away, but for who asks what is new", async () => {
  const root = await mkdtemp(join(tmpdir(), "modyard-mirror-"));
  const repository = join(root, "git", "wiki.git");
  const server = await serveGit(join(root, "git"));
  const pin = (rev: string, options = {}) => pinRevision(`${server.url}/wiki.git`, rev, root, options);
  try {
    await hostGit(root, "init", "--quiet", "--initial-branch", "main", repository);
    await writeFile(join(repository, "module.toml"), "a module");
    await hostGit(repository, "add", "--all");
    await hostGit(repository, "commit", "--quiet", "--message", "one");
    await hostGit(repository, "tag", "v1");
    const commit = await hostGit(repository, "rev-parse", "HEAD");
    for (const rev of ["v1", "main"]) expect(await pin(rev)).toMatchObject({ ok: true, value: { commit } });
    await server.stop();
    const away = [await pin("v1"), await pin("main")];
    expect(away).toMatchObject([{ ok: true, value: { commit } }, { ok: true, value: { commit } }]);
    expect(await Promise.all(away.map((pinned) => (pinned.ok ? readFileAt(pinned.value, "module.toml") : undefined)))).toEqual(["a module", "a module"]);
    for (const pinned of [await pin("v1", { newest: true }), await pin("never-seen")]) expect(pinned).toMatchObject({ ok: false, problems: [{ code: "git_unreachable" }] });
  } finally {
    await server.stop();
    await rm(root, { recursive: true, force: true });
  }
});
