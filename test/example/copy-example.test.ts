import { execFile } from "node:child_process";
import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { json } from "node:stream/consumers";
import { cp, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type BrokenModule, copyExample } from "../../scripts/copy-example.ts";
import { installByHand, npm, type ServerProcess, startServer } from "./by-hand.ts";

const execute = promisify(execFile);
const broken = ["broken-compile", "broken-crash", "broken-hang", "broken-tests", "broken-unwell"] as const satisfies readonly BrokenModule[];

let root = "";
/** The example as it was copied, with its dependencies installed and built. */
let base = "";
const servers = new Set<ServerProcess>();

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "modyard-example-"));
  base = (await copyExample({ to: join(root, "base"), modules: broken })).directory;
  for (const args of [["ci"], ["run", "build"]]) expect(await npm(base, ...args)).toMatchObject({ code: 0 });
});
afterEach(async () => {
  for (const server of servers) server.process.kill("SIGKILL");
  await Promise.all([...servers].map((server) => server.ended));
  servers.clear();
});
afterAll(() => rm(root, { recursive: true, force: true }));

function start(directory: string, env: Readonly<Record<string, string>> = {}): ServerProcess {
  const server = startServer(directory, env);
  servers.add(server);
  return server;
}

/** Waits until nobody listens any more: the drain has begun. */
async function refusesConnections(url: string): Promise<void> {
  while (await fetch(`${url}/health`).then((answer) => answer.ok, () => false)) await sleep(5);
}

/** A copy with one more module declared, generated and linked, but not built. */
async function withModule(...slugs: readonly string[]): Promise<string> {
  const directory = join(root, slugs.join("-and-"));
  await cp(base, directory, { recursive: true, verbatimSymlinks: true });
  for (const slug of slugs) expect(await installByHand(directory, slug)).toMatchObject({ code: 0 });
  return directory;
}

describe("the copy", () => {
  test("is one clean commit on main, and always the same one", async () => {
    const again = await copyExample({ to: join(root, "again") });
    const third = await copyExample({ to: join(root, "third") });
    expect(again.commit).toBe(third.commit);
    const git = async (...args: readonly string[]) => (await execute("git", ["-C", again.directory, ...args])).stdout.trim();
    expect(await git("rev-parse", "main")).toBe(again.commit);
    expect(await git("rev-list", "--count", "main")).toBe("1");
    expect(await git("status", "--porcelain", "--ignored")).toBe("");
    expect(await readdir(join(again.directory, "vendor"))).toEqual(["modyard-runtime-0.1.0.tgz"]);
  });

  test("does not touch a directory that holds something", async () => {
    await expect(copyExample({ to: base })).rejects.toThrow("is not empty");
  });

  test("builds and tests by hand and leaves the tree clean", async () => {
    const tested = await npm(base, "test");
    expect(tested).toMatchObject({ code: 0 });
    expect(tested.output).not.toContain("forum");
    expect((await execute("git", ["-C", base, "status", "--porcelain"])).stdout).toBe("");
  });

  test("builds byte for byte the same, whatever was built before", async () => {
    const directory = join(root, "rebuilt");
    await cp(base, directory, { recursive: true, verbatimSymlinks: true });
    expect(await npm(directory, "run", "build")).toMatchObject({ code: 0 });
    await expect(execute("diff", ["--recursive", "--exclude=.build", base, directory])).resolves.toMatchObject({ stdout: "" });
  });

  test("serves its modules and pages, proves its build, and drains", async () => {
    const server = start(base, { MODYARD_BUILD_ID: "bld_1", MODYARD_RELEASE_ID: "rel_1" });
    const url = await server.url;
    const proof = (await (await fetch(`${url}/health/modules`)).json()) as { build_id: string; release_id: string; modules: { slug: string; version: string }[] };
    expect([proof.build_id, proof.release_id]).toEqual(["bld_1", "rel_1"]);
    expect(proof.modules.map(({ slug, version }) => `${slug} ${version}`)).toEqual(["commerce 0.1.0", "content 0.1.0", "pages 0.1.0"]);
    const statuses = await Promise.all(["/", "/admin", "/admin/admin.js", "/content", "/pages/about", "/forum"].map(async (path) => (await fetch(url + path)).status));
    expect(statuses).toEqual([200, 200, 200, 200, 200, 404]);
    const slow = request(`${url}/commerce/cart/total`, { method: "POST", headers: { "content-type": "application/json" } });
    await new Promise((resolve) => slow.write('{"lines":[{"sku":"mug",', resolve));
    // The server has the request's beginning once it answers what was sent after it.
    await fetch(`${url}/health`);
    server.process.kill("SIGTERM");
    await refusesConnections(url);
    slow.end('"quantity":2}]}');
    const [response] = (await once(slow, "response")) as [IncomingMessage];
    expect([response.headers.connection, await json(response)]).toEqual(["close", { lines: [{ sku: "mug", quantity: 2, total_cents: 2580 }], total_cents: 2580 }]);
    expect(await server.ended).toMatchObject({ code: 0 });
  });
});

describe("installing by hand", () => {
  test("forum and blog: one line, npm, build, test, and they answer", async () => {
    const directory = await withModule("forum", "blog");
    const { dependencies } = JSON.parse(await readFile(join(directory, "apps", "server", "package.json"), "utf8")) as { dependencies: Record<string, string> };
    expect(dependencies).toMatchObject({ "@platform/forum": "file:../../modules/forum" });
    for (const args of [["ci", "--prefer-offline"], ["run", "build"], ["test"]]) expect(await npm(directory, ...args)).toMatchObject({ code: 0 });
    const url = await start(directory).url;
    const { threads } = (await (await fetch(`${url}/forum`)).json()) as { threads: unknown[] };
    expect(threads).toHaveLength(2);
    const opened = await fetch(`${url}/forum`, { method: "POST", headers: { "content-type": "application/json" }, body: '{"title":"T","author":"a","text":"x","article":"welcome"}' });
    expect(opened.status).toBe(201);
    expect((await fetch(`${url}/forum`, { headers: { "x-tenant": "acme" } })).status).toBe(404);
  });

  test("broken-compile: the compiler names the file and the line", async () => {
    const built = await npm(await withModule("broken-compile"), "run", "build");
    expect(built.code).not.toBe(0);
    expect(built.output).toMatch(/modules\/broken-compile\/src\/index\.ts[:(]4.*TS2322/s);
  });

  test("broken-tests: builds, and its test fails by name", async () => {
    const directory = await withModule("broken-tests");
    expect(await npm(directory, "run", "build")).toMatchObject({ code: 0 });
    const tested = await npm(directory, "test");
    expect(tested.code).not.toBe(0);
    expect(tested.output).toMatch(/modules\/broken-tests\/dist\/add\.test\.js/);
  });

  test("broken-crash: ends with one line that names it", async () => {
    const directory = await withModule("broken-crash");
    for (const args of [["run", "build"], ["test"]]) expect(await npm(directory, ...args)).toMatchObject({ code: 0 });
    expect(await start(directory).ended).toEqual({ code: 1, output: 'module "broken-crash" failed to start: the crash that this module is made for\n' });
  });

  test("broken-hang: never listens, and is named while it hangs", async () => {
    const directory = await withModule("broken-hang");
    for (const args of [["run", "build"], ["test"]]) expect(await npm(directory, ...args)).toMatchObject({ code: 0 });
    const server = start(directory);
    const line = await new Promise<string>((resolve) => server.process.stderr?.once("data", (data: Buffer) => resolve(data.toString())));
    expect(line).toBe('module "broken-hang" is still starting after 5 s\n');
    expect(server.process.exitCode).toBeNull();
  });

  test("broken-unwell: serves, and /health/modules answers 503 and names it", async () => {
    const directory = await withModule("broken-unwell");
    for (const args of [["run", "build"], ["test"]]) expect(await npm(directory, ...args)).toMatchObject({ code: 0 });
    const url = await start(directory).url;
    expect((await fetch(`${url}/health`)).status).toBe(200);
    const answer = await fetch(`${url}/health/modules`);
    const { status, modules } = (await answer.json()) as { status: string; modules: { slug: string; status: string; message?: string }[] };
    expect([answer.status, status]).toEqual([503, "unwell"]);
    expect(modules.filter((module) => module.status !== "ok")).toMatchObject([{ slug: "broken-unwell", message: "the illness that this module is made for" }]);
  });
});
