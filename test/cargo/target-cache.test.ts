import { execFileSync, spawn } from "node:child_process";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect } from "vitest";
import { tryLockFile } from "../../packages/control-plane/src/processes/lock-file.ts";
import type { HostDescriptor } from "../../packages/control-plane/src/manifest/host-descriptor.ts";
import { compile } from "../../packages/control-plane/src/toolchains/cargo/compile.ts";
import { test as runTests } from "../../packages/control-plane/src/toolchains/cargo/test-run.ts";
import { type Checkout, type CheckoutOptions, composed, descriptor, type Files, freshness, hostFiles, moduleFiles, protects, RustHosts } from "./rust-host.ts";
import { rustTest as test } from "./rust-test.ts";

let hosts: RustHosts;
beforeEach(async () => void (hosts = await RustHosts.create()));
afterEach(() => hosts.remove());

const program = ({ workspace }: Pick<Checkout, "workspace">): string => join(workspace, "apps/server/bin/server");
const run = (checkout: Pick<Checkout, "workspace">): string => execFileSync(program(checkout), { encoding: "utf8" }).trim();

/** A host whose builds end with compiling. */
function untested(): HostDescriptor {
  const host = descriptor();
  return { ...host, surfaces: host.surfaces.map(({ test: _none, ...surface }) => surface) };
}

async function build(slugs: readonly string[], more: Files = {}, options: CheckoutOptions = {}) {
  const checkout = await hosts.checkOut(hostFiles(slugs, more), { host: untested(), ...options });
  const outcome = await compile(checkout.context, composed(...slugs));
  return { ...checkout, outcome, ...freshness(checkout.seen) };
}

const slots = async (): Promise<string[]> => (await readdir(join(hosts.root, "data/cache/cargo/targets"))).filter((name) => !name.endsWith(".lock"));
const locks = async (): Promise<string[]> => (await readdir(join(hosts.root, "data/cache/cargo/targets"))).filter((name) => name.endsWith(".lock"));
const slotOf = async (): Promise<string> => join(hosts.root, "data/cache/cargo/targets", (await slots())[0] ?? "", "target");

/** The blog with another word to say. */
const blogSays = (word: string): Files => ({ "crates/rustok-blog/src/lib.rs": `use rustok_core::RusToKModule;\npub struct BlogModule;\nimpl BlogModule { pub fn new() -> Self { BlogModule } }\nimpl RusToKModule for BlogModule { fn slug(&self) -> &'static str { "${word}" } }\n` });

describe("a fresh checkout", () => {
  test("of what was built before compiles nothing; a change compiles its crate and what needs it; a change back is seen", async () => {
    expect((await build(["blog", "forum"], blogSays("one"))).compiled).toEqual(["host-server", "rustok_blog", "rustok_core", "rustok_forum"]);
    const second = await build(["blog", "forum"], blogSays("one"));
    expect(second).toMatchObject({ compiled: [], fresh: ["host-server", "rustok_blog", "rustok_core", "rustok_forum"] });
    expect(run(second)).toBe("one,forum");
    const changed = await build(["blog", "forum"], blogSays("two"));
    expect(changed).toMatchObject({ compiled: ["host-server", "rustok_blog"], fresh: ["rustok_core", "rustok_forum"] });
    expect(run(changed)).toBe("two,forum");
    const back = await build(["blog", "forum"], blogSays("one"));
    expect(back.compiled).toEqual(["host-server", "rustok_blog"]);
    expect(run(back)).toBe("one,forum");
    expect(await slots()).toHaveLength(1);
    expect(await locks()).toEqual([]);
  });

  test("with a build script that watches a directory runs it again only when the directory changed", async () => {
    const script = { "crates/rustok-blog/build.rs": `fn main() { println!("cargo:rerun-if-changed=schema"); }`, "crates/rustok-blog/schema/a.sql": "A", "crates/rustok-blog/schema/b.sql": "B" };
    await build(["blog"], script);
    expect((await build(["blog"], script)).compiled).toEqual([]);
    const { "crates/rustok-blog/schema/b.sql": _gone, ...less } = script;
    expect((await build(["blog"], less)).compiled).toEqual(["host-server", "rustok_blog"]);
  });

  test("with a build script that writes into its own sources compiles them again, and nothing else", async () => {
    const generates: Files = {
      "crates/rustok-blog/build.rs": `fn main() { std::fs::write("src/words.rs", r#"pub const WORD: &str = "generated";"#).unwrap(); }`,
      "crates/rustok-blog/src/lib.rs": `mod words;\nuse rustok_core::RusToKModule;\npub struct BlogModule;\nimpl BlogModule { pub fn new() -> Self { BlogModule } }\nimpl RusToKModule for BlogModule { fn slug(&self) -> &'static str { words::WORD } }\n`,
    };
    expect(run(await build(["blog", "forum"], generates))).toBe("generated,forum");
    const again = await build(["blog", "forum"], generates);
    expect(again.outcome).toEqual({ ok: true });
    expect(run(again)).toBe("generated,forum");
    expect(again.fresh).toEqual(["rustok_core", "rustok_forum"]);
  });

  test("after a failure is compiled where it failed", async () => {
    await build(["blog"]);
    expect((await build(["blog"], blogSays('" + broken'))).outcome.ok).toBe(false);
    const mended = await build(["blog"], blogSays("mended"));
    expect(mended).toMatchObject({ outcome: { ok: true }, fresh: ["rustok_core"] });
    expect(run(mended)).toBe("mended");
  });
});

test("tests go on where compiling ended", async () => {
  const checkout = await hosts.checkOut(hostFiles(["blog"]));
  await compile(checkout.context, composed("blog"));
  checkout.seen.raw.length = 0;
  expect(await runTests(checkout.context, composed("blog"))).toEqual({ ok: true });
  const { fresh, compiled } = freshness(checkout.seen);
  expect(fresh).toEqual(expect.arrayContaining(["rustok_core", "rustok_blog"]));
  expect(compiled).toEqual(["host-server", "rustok_blog"]);
  expect(await slots()).toHaveLength(1);
});

describe("modules that come and go", () => {
  test("a new one is compiled in a copy; without it, the build uses what never saw it", async () => {
    await build(["blog"]);
    const more = await build(["blog", "forum"]);
    expect(more).toMatchObject({ compiled: ["host-server", "rustok_forum"], fresh: ["rustok_blog", "rustok_core"] });
    expect(await slots()).toHaveLength(2);
    // The crate's directory stays in the workspace, as it does when a module is uninstalled.
    const less = await build(["blog"], moduleFiles("forum"));
    expect(run(less)).toBe("blog");
    expect(await slots()).toHaveLength(2);
    expect(less.fresh).toEqual(expect.arrayContaining(["rustok_core"]));
  });

  test("what an uninstalled one's build script wrote reaches nobody", async () => {
    await build(["blog"]);
    const script = `fn main() {
    let out = std::path::PathBuf::from(std::env::var("OUT_DIR").unwrap());
    std::fs::write(out.ancestors().nth(3).unwrap().join("planted"), "x").unwrap();
}\n`;
    await build(["blog", "evil"], { "crates/rustok-evil/build.rs": script });
    const without = await hosts.checkOut(hostFiles(["blog"], moduleFiles("evil")));
    expect(await compile(without.context, composed("blog"))).toEqual({ ok: true });
    expect(freshness(without.seen).fresh).toContain("rustok_core");
    const found = async (slot: string): Promise<boolean> => (await readdir(join(hosts.root, "data/cache/cargo/targets", slot, "target/debug"))).includes("planted");
    const where = await Promise.all((await slots()).map(async (slot) => [await found(slot), (JSON.parse(await readFile(join(hosts.root, "data/cache/cargo/targets", slot, "record.json"), "utf8")) as { workspace: string }).workspace] as const));
    expect(where.filter(([planted]) => planted)).toHaveLength(1);
    expect(where.find(([planted]) => planted)?.[1]).not.toBe(without.workspace);
    expect(where.find(([planted]) => !planted)?.[1]).toBe(without.workspace);
  });
});

test("no more than four are kept", async () => {
  for (const slug of ["a", "b", "c"]) await build([slug]);
  // What a worker left that was killed while it copied.
  await mkdir(join(hosts.root, "data/cache/cargo/targets/half-made/target"), { recursive: true });
  for (const slug of ["d", "e"]) await build([slug]);
  expect(await slots()).toHaveLength(4);
  expect(await slots()).not.toContain("half-made");
  expect((await build(["e"])).compiled).toEqual([]);
});

test("the one that others start from stays, however many they are", async () => {
  await build(["base"]);
  for (const slug of ["a", "b", "c", "d", "e"]) expect((await build(["base", slug])).fresh).toEqual(["rustok_base", "rustok_core"]);
});

/** Changes what is known of a directory. */
async function writeRecord(slot: string, change: object): Promise<void> {
  const file = join(hosts.root, "data/cache/cargo/targets", slot, "record.json");
  await writeFile(file, JSON.stringify({ ...(JSON.parse(await readFile(file, "utf8")) as object), ...change }));
}

/** The one directory that there is, in use as if by another build. */
async function occupy(change: object = {}): Promise<() => void> {
  const [slot = ""] = await slots();
  await writeRecord(slot, change);
  const unlock = tryLockFile(join(hosts.root, "data/cache/cargo/targets", `${slot}.lock`));
  if (unlock === undefined) throw new Error("somebody uses it");
  return unlock;
}

describe("builds at once", () => {
  test("start from what was compiled before, one after the other, and both succeed", async () => {
    await build(["blog"]);
    await writeRecord((await slots())[0] ?? "", { longest: 60_000 });
    const [left, right] = await Promise.all([build(["blog"], blogSays("left")), build(["blog"], blogSays("right"))]);
    expect([run(left), run(right)]).toEqual(["left", "right"]);
    expect([left.fresh, right.fresh]).toEqual([["rustok_core"], ["rustok_core"]]);
    expect(await slots()).toHaveLength(1);
    expect(await locks()).toEqual([]);
  });

  test("a build copies what another has compiled and not tested yet; the other's tests go on in what it compiled", async () => {
    await build(["blog"]);
    const [first, other] = [await hosts.checkOut(hostFiles(["blog"], blogSays("first"))), await hosts.checkOut(hostFiles(["blog"], blogSays("other")))];
    for (const { context } of [first, other]) expect(await compile(context, composed("blog"))).toEqual({ ok: true });
    expect(freshness(other.seen).fresh).toEqual(["rustok_core"]);
    expect(await slots()).toHaveLength(2);
    for (const { context, seen } of [first, other]) {
      seen.raw.length = 0;
      expect(await runTests(context, composed("blog"))).toEqual({ ok: true });
      expect(freshness(seen).fresh).toEqual(expect.arrayContaining(["rustok_blog", "rustok_core"]));
    }
  });

  test("a build waits no longer than it takes to start from nothing", async () => {
    await build(["blog"]);
    const unlock = await occupy({ longest: 50 });
    const impatient = await build(["blog"]);
    expect(impatient.compiled).toContain("rustok_core");
    expect(impatient.seen.log).toContainEqual(expect.stringContaining("another build uses"));
    unlock();
  });

  test("a build that waits can be cancelled", async () => {
    await build(["blog"]);
    const unlock = await occupy({ longest: 60_000 });
    const controller = new AbortController();
    const { context } = await hosts.checkOut(hostFiles(["blog"]), { host: untested(), signal: controller.signal, log: () => controller.abort(new Error("cancelled")) });
    await expect(compile(context, composed("blog"))).rejects.toThrow("cancelled");
    unlock();
    expect(await locks()).toEqual([]);
  });
});

/** The import of a file of the control plane, as code. */
const sourceOf = (path: string): string => JSON.stringify(join(import.meta.dirname, "../../packages/control-plane/src", path));

describe("a directory whose holder", () => {
  const slow = { "crates/rustok-blog/build.rs": `fn main() { if std::path::Path::new("slow").exists() { println!("cargo:warning=waiting"); std::thread::sleep(std::time::Duration::from_secs(60)); } }` };

  test("was killed is taken over, and builds on", async () => {
    const { workspace } = await hosts.checkOut(hostFiles(["blog"], { ...slow, "crates/rustok-blog/slow": "" }));
    const script = join(hosts.root, "worker.ts");
    await writeFile(script, `
      import { createSandbox } from ${sourceOf("build/sandbox/sandbox.ts")};
      import { compile } from ${sourceOf("toolchains/cargo/compile.ts")};
      import { composed, descriptor } from ${JSON.stringify(join(import.meta.dirname, "rust-host.ts"))};
      const data = ${JSON.stringify(join(hosts.root, "data"))};
      const workspace = ${JSON.stringify(workspace)};
      const run = createSandbox({ workspace, hiddenDirectories: [data], scratchDirectory: data + "/scratch", onLine: ({ text }) => console.log(text), signal: new AbortController().signal });
      await compile({ workspace, trackedFiles: [], host: descriptor(), app: "host-server", cacheDirectory: data + "/cache", profile: "debug", pathRoots: [], allowScripts: [], useCache: true, run, log: console.log, progress: () => {} }, composed("blog"));
    `);
    const worker = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit"] });
    const compilesBlog = new Promise<void>((resolve) => {
      let text = "";
      worker.stdout.on("data", (chunk: Buffer) => {
        text += chunk.toString();
        if (/rustok-blog\(build\)/.test(text) || /Compiling\S* rustok-blog/.test(text)) resolve();
      });
    });
    await compilesBlog;
    expect(await locks()).toHaveLength(1);
    worker.kill("SIGKILL");
    await new Promise((resolve) => worker.once("exit", resolve));
    const next = await build(["blog"], { ...slow, "crates/rustok-blog/src/lib.rs": hostFiles(["blog"])["crates/rustok-blog/src/lib.rs"] ?? "" });
    expect(next.outcome).toEqual({ ok: true });
    expect(run(next)).toBe("blog");
    expect(await slots()).toHaveLength(1);
    expect((await build(["blog"], { ...slow, "crates/rustok-blog/src/lib.rs": hostFiles(["blog"])["crates/rustok-blog/src/lib.rs"] ?? "" })).compiled).toEqual([]);
  });

  test("was killed after a build script wrote into its sources builds on", async () => {
    const generates: Files = {
      "crates/rustok-blog/build.rs": `fn main() { std::fs::write("src/words.rs", r#"pub const WORD: &str = "generated";"#).unwrap(); }`,
      "crates/rustok-blog/src/lib.rs": `mod words;\nuse rustok_core::RusToKModule;\npub struct BlogModule;\nimpl BlogModule { pub fn new() -> Self { BlogModule } }\nimpl RusToKModule for BlogModule { fn slug(&self) -> &'static str { words::WORD } }\n`,
    };
    await build(["blog"], generates);
    const record = join(await slotOf(), "../record.json");
    // As it is between the start and the end of a build.
    await writeFile(record, JSON.stringify({ ...(JSON.parse(await readFile(record, "utf8")) as object), whole: false, generating: [] }));
    const next = await build(["blog"], generates);
    expect(next.outcome).toEqual({ ok: true });
    expect(run(next)).toBe("generated");
  });

  test("was cancelled builds on", async () => {
    const controller = new AbortController();
    const cancelled = build(["blog"], blogSays("late"), { signal: controller.signal, onRaw: (line) => line.includes("compiler-artifact") && controller.abort(new Error("cancelled")) });
    await expect(cancelled).rejects.toThrow("cancelled");
    expect(await locks()).toEqual([]);
    const next = await build(["blog"], blogSays("later"));
    expect(next.outcome).toEqual({ ok: true });
    expect(run(next)).toBe("later");
    expect(await slots()).toHaveLength(1);
  });
});

describe("without the cache", () => {
  test("everything is compiled, the result is the same, and takes the place of what was kept", async () => {
    const first = await build(["blog"]);
    await build(["blog", "forum"]);
    const forced = await hosts.checkOut(hostFiles(["blog"]), { useCache: false });
    expect(await compile(forced.context, composed("blog"))).toEqual({ ok: true });
    expect(freshness(forced.seen)).toEqual({ compiled: ["host-server", "rustok_blog", "rustok_core"], fresh: [] });
    if (protects) expect((await readFile(program(forced))).equals(await readFile(program(first)))).toBe(true);
    expect(await slots()).toHaveLength(1);
    forced.seen.raw.length = 0;
    await runTests(forced.context, composed("blog"));
    expect(freshness(forced.seen).fresh).toContain("rustok_core");
    expect(await slots()).toHaveLength(1);
  });

  test("a failure leaves what was kept", async () => {
    await build(["blog"]);
    const before = await slots();
    expect((await build(["blog"], blogSays('" + broken'), { useCache: false })).outcome.ok).toBe(false);
    expect(await slots()).toEqual(before);
    expect((await build(["blog"])).compiled).toEqual([]);
  });
});

(protects ? test : test.skip)("the same sources give the same bytes in another workspace of another data directory", async () => {
  for (const profile of ["debug", "release"] as const) {
    const here = await build(["blog"], { "apps/server/src/main.rs": `${hostFiles([])["apps/server/src/main.rs"]}#[allow(dead_code)] fn where_am_i() -> &'static str { concat!(file!(), env!("CARGO_MANIFEST_DIR")) }\n` }, { profile });
    const there = await build(["blog"], { "apps/server/src/main.rs": await readFile(join(here.workspace, "apps/server/src/main.rs"), "utf8") }, { profile, data: "another/place" });
    expect((await readFile(program(there))).equals(await readFile(program(here)))).toBe(true);
    expect((await readFile(program(here))).includes(hosts.root)).toBe(false);
  }
});

test("where the sandbox cannot fix places, a directory serves its own workspace only, and works", async () => {
  const capabilities = { diesWithWorker: false, ownProcesses: false, ownFiles: false, ownNetwork: false, limits: false, missing: [] };
  const first = await build(["blog"], {}, { capabilities });
  expect(run(first)).toBe("blog");
  expect((await build(["blog"], {}, { capabilities })).compiled).toEqual(["host-server", "rustok_blog", "rustok_core"]);
  await rm(join(first.workspace, "apps/server/bin"), { recursive: true });
  first.seen.raw.length = 0;
  await compile(first.context, composed("blog"));
  expect(freshness(first.seen).compiled).toEqual([]);
  expect(run(first)).toBe("blog");
});

test("a record that is damaged, or from a time to come, is not believed", async () => {
  await build(["blog"]);
  const record = join(await slotOf(), "../record.json");
  await writeFile(record, "{");
  expect((await build(["blog"])).compiled).toContain("rustok_core");
  for (const slot of await slots()) {
    const file = join(hosts.root, "data/cache/cargo/targets", slot, "record.json");
    const text = await readFile(file, "utf8");
    if (text !== "{") await writeFile(file, JSON.stringify({ ...(JSON.parse(text) as object), usedAt: Date.now() + 3_600_000 }));
  }
  expect((await build(["blog"])).compiled).toContain("rustok_core");
});
