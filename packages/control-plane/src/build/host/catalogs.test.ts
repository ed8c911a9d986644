import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serveGit } from "../../../../../test/support/git-http.ts";
import { hostGit } from "../../../../../test/support/host-git.ts";
import { readCatalogs } from "./catalogs.ts";
import { HostRepository } from "./repository.ts";

let server: Server;
let sent = 0;
beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === "/small") return response.end('schema = 1\n[modules.forum]\nsource = "npm"\npackage = "@acme/forum"\n');
    const chunk = Buffer.alloc(1024 * 1024, "# nothing\n");
    const more = (): void => {
      while (!response.destroyed && response.write(chunk)) sent += 1;
    };
    response.on("drain", more);
    more();
    return undefined;
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const readFrom = (address: string, cacheDirectory = "/nowhere") => readCatalogs({ repository: new HostRepository("/nowhere", "/nowhere"), commit: "", cacheDirectory }, [address]);
const read = (path: string, credentials = "") => readFrom(`http://${credentials}127.0.0.1:${(server.address() as AddressInfo).port}${path}`);

test("a catalog is read from its address", async () => {
  const { catalogs, problems } = await read("/small");
  expect([catalogs[0]?.entries.map(({ slug }) => slug), problems]).toEqual([["forum"], []]);
});

test("one without end is left when it has too much, and does not hide others", async () => {
  const { problems } = await read("/endless");
  expect(problems).toEqual([expect.objectContaining({ code: "catalog_unreadable", message: expect.stringMatching(/more than 5242880 bytes$/) as string })]);
  expect(sent).toBeLessThan(64);
});

test("a password in its address is told to nobody", async () => {
  const { problems } = await read("/small", "ada:correct-horse@");
  expect(problems).toHaveLength(1);
  expect(JSON.stringify(problems)).not.toContain("correct-horse");
});

test("a catalog may be a git repository, at any of its revisions; what is wrong with it is told with what to do", async () => {
  const root = await mkdtemp(join(tmpdir(), "modyard-catalogs-"));
  const repository = join(root, "git", "modules.git");
  const git = await serveGit(join(root, "git"));
  try {
    await hostGit(root, "init", "--quiet", "--initial-branch", "main", repository);
    for (const [version, slug] of [["v1", "forum"], ["v2", "blog"]] as const) {
      await writeFile(join(repository, "marketplace.toml"), `schema = 1\n[modules.${slug}]\nsource = "npm"\npackage = "@acme/${slug}"\n`);
      await hostGit(repository, "add", "--all");
      await hostGit(repository, "commit", "--quiet", "--message", version);
      await hostGit(repository, "tag", version);
    }
    const slugs = async (address: string) => (await readFrom(address, root)).catalogs.flatMap(({ entries }) => entries.map(({ slug }) => slug));
    expect([await slugs(`${git.url}/modules.git`), await slugs(`${git.url}/modules.git#v1`)]).toEqual([["blog"], ["forum"]]);
    expect((await readFrom(`${git.url}/modules.git#v9`, root)).problems).toMatchObject([{ code: "catalog_unreadable", message: expect.stringContaining('"v9"') as string }]);
    expect((await readFrom(`${git.url}/none.git`, root)).problems).toMatchObject([{ code: "catalog_unreadable", message: expect.stringContaining(`${git.url}/none.git`) as string }]);
  } finally {
    await git.stop();
    await rm(root, { recursive: true, force: true });
  }
});
