import { execFile } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { type IncomingMessage, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type BrokenCrate, copyExample } from "../../scripts/copy-example.ts";
import { cargo as cargoProgram, isThere } from "../support/requirement.ts";
import { cargo, installByHand, type ServerProcess, startServer } from "./rust-by-hand.ts";

const execute = promisify(execFile);
const broken = ["panics-at-start", "hangs-at-start", "unwell"] as const satisfies readonly BrokenCrate[];

let root = "";
let host = "";
const servers = new Set<ServerProcess>();

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "modyard-rust-example-"));
  host = (await copyExample({ to: join(root, "host"), example: "rust-platform", modules: broken })).directory;
});
afterEach(async () => {
  for (const server of servers) server.process.kill("SIGKILL");
  await Promise.all([...servers].map((server) => server.ended));
  servers.clear();
});
afterAll(() => rm(root, { recursive: true, force: true }));

function start(program: string, env: Readonly<Record<string, string>> = {}): ServerProcess {
  const server = startServer(program, env);
  servers.add(server);
  return server;
}

const git = async (directory: string, ...args: readonly string[]) => (await execute("git", ["-C", directory, ...args])).stdout.trim();

test("the copy is one clean commit on main, and always the same one", async () => {
  const again = await copyExample({ to: join(root, "again"), example: "rust-platform" });
  const third = await copyExample({ to: join(root, "third"), example: "rust-platform" });
  expect(again.commit).toBe(third.commit);
  expect(await git(again.directory, "rev-parse", "main")).toBe(again.commit);
  expect(await git(again.directory, "rev-list", "--count", "main")).toBe("1");
  expect(await git(again.directory, "status", "--porcelain", "--ignored")).toBe("");
  expect(await git(host, "ls-files", "modules/rustok-unwell/module.toml")).not.toBe("");
});

/** A first build downloads and compiles every crate, on a machine that may have other things to do. */
const patient = { timeout: 900_000 };

/** Builds the server and keeps the program under a name of its own. */
async function build(name: string, ...options: readonly string[]): Promise<string> {
  const target = join(root, "target");
  expect(await cargo(host, target, "build", ...options, "--package", "rustok-server")).toMatchObject({ code: 0 });
  await copyFile(join(target, "debug", "rustok-server"), join(root, name));
  return join(root, name);
}

/** The server with one broken module more than it had, which is taken out again. */
async function buildWith(slug: BrokenCrate): Promise<string> {
  await installByHand(host, join(root, "target"), slug, `modules/rustok-${slug}`);
  const program = await build(slug);
  await git(host, "checkout", "--quiet", ".");
  return program;
}

describe.runIf(isThere(cargoProgram))("by hand", () => {
  test("it builds as it is locked, serves its modules, proves its build, and drains", patient, async () => {
    const server = start(await build("as-it-is", "--locked"), { MODYARD_BUILD_ID: "bld_1", MODYARD_RELEASE_ID: "rel_1" });
    expect(await git(host, "status", "--porcelain")).toBe("");
    const url = await server.url;
    const proof = (await (await fetch(`${url}/health/modules`)).json()) as { build_id: string; release_id: string; modules: { slug: string; version: string }[] };
    expect([proof.build_id, proof.release_id]).toEqual(["bld_1", "rel_1"]);
    expect(proof.modules.map(({ slug, version }) => `${slug} ${version}`)).toEqual(["commerce 0.1.0", "content 0.1.0", "pages 0.1.0"]);
    const statuses = await Promise.all(["/", "/health", "/content", "/pages/about", "/forum"].map(async (path) => (await fetch(url + path)).status));
    expect(statuses).toEqual([200, 200, 200, 200, 404]);
    const slow = request(`${url}/commerce/cart/total`, { method: "POST", headers: { "content-type": "application/json" } });
    await new Promise((resolve) => slow.write('{"lines":[{"sku":"mug",', resolve));
    // The server has the request's beginning once it answers what was sent after it.
    await fetch(`${url}/health`);
    server.process.kill("SIGTERM");
    while (await fetch(`${url}/health`).then((answer) => answer.ok, () => false)) await sleep(5);
    slow.end('"quantity":2}]}');
    const [response] = (await once(slow, "response")) as [IncomingMessage];
    expect([response.headers.connection, await json(response)]).toEqual(["close", { lines: [{ sku: "mug", quantity: 2, total_cents: 2580 }], total_cents: 2580 }]);
    expect(await server.ended).toMatchObject({ code: 0 });
  });

  test("what the server has beside its modules passes its tests: no build of Modyard's runs them", patient, async () => {
    expect(await cargo(host, join(root, "target"), "test", "--locked", "--quiet", "--package", "rustok-platform")).toMatchObject({ code: 0, output: expect.stringMatching(/[1-9]\d* passed; 0 failed/) });
  });

  test("panics-at-start ends with a line that names it", patient, async () => {
    const { code, output } = await start(await buildWith("panics-at-start")).ended;
    expect(code).toBe(1);
    expect(output.trimEnd().split("\n").at(-1)).toBe('module "panics-at-start" failed to start: panicked: the panic that this module is made for');
  });

  test("hangs-at-start never listens, is named while it hangs, and ends at a signal", patient, async () => {
    const server = start(await buildWith("hangs-at-start"));
    await server.printed('module "hangs-at-start" is still starting after 5 s\n');
    server.process.kill("SIGTERM");
    expect(await server.ended).toEqual({ code: 143, output: 'module "hangs-at-start" is still starting after 5 s\n' });
  });

  test("unwell serves, and /health/modules answers 503 and names it", patient, async () => {
    const url = await start(await buildWith("unwell")).url;
    expect((await fetch(`${url}/health`)).status).toBe(200);
    const answer = await fetch(`${url}/health/modules`);
    const { status, modules } = (await answer.json()) as { status: string; modules: { slug: string; status: string; message?: string }[] };
    expect([answer.status, status]).toEqual([503, "unwell"]);
    expect(modules.filter((module) => module.status !== "ok")).toMatchObject([{ slug: "unwell", message: "the illness that this module is made for" }]);
  });
});
