import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startModyard, type CommandRun } from "../support/modyard.ts";

const commit = "0123456789abcdef0123456789abcdef01234567";
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "modyard-rust-descriptors-"));
  await write("host/modyard.toml", 'schema = 1\npreset = "cargo"\n');
  await write("host/Cargo.toml", '[workspace]\nmembers = ["apps/server", "crates/*"]\n[workspace.package]\nversion = "0.3.0"\n');
  await write("host/apps/server/Cargo.toml", '[package]\nname = "rustok-server"\nversion = "0.9.0"\n');
  await write("host/modules.toml", manifest);
  await write("host/Cargo.lock", lockfile);
  await write("host/crates/blog/Cargo.toml", '[package]\nname = "rustok-blog"\nversion.workspace = true\n');
  await writeDescriptor("host/crates/blog", "blog", "0.3.0", "Blog");
  await writeDescriptor("cargo/registry/src/any-registry/rustok-forum-0.1.4", "forum", "0.1.4", "talk::Forum");
  await writeDescriptor("cargo/registry/src/any-registry/rustok-forum-0.1.0", "forum", "0.1.0", "Former");
  await write("cargo/git/checkouts/shop-1a2b3c/0123456/Cargo.toml", "[workspace]\nmembers = ['crates/*']\n");
  await write("cargo/git/checkouts/shop-1a2b3c/0123456/crates/commerce/Cargo.toml", '[package]\nname = "rustok-commerce"\nversion = "2.0.0"\n');
  await writeDescriptor("cargo/git/checkouts/shop-1a2b3c/0123456/crates/commerce", "commerce", "2.0.0", "Shop");
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const manifest = `schema = 1
app = "rustok-server"
[modules]
blog = { crate = "rustok-blog", source = "path", path = "crates/blog" }
commerce = { crate = "rustok-commerce", source = "git", git = "https://git.example/shop.git", rev = "v2" }
forum = { crate = "rustok-forum", source = "crates-io", version = "0.1" }
gone = { crate = "rustok-gone", source = "crates-io", version = "1" }
`;

const lockfile = `version = 4

[[package]]
name = "rustok-commerce"
version = "2.0.0"
source = "git+https://git.example/shop.git?rev=v2#${commit}"

[[package]]
name = "rustok-forum"
version = "0.1.4"
source = "sparse+https://registry.example/index/"
checksum = "${"0".repeat(64)}"
`;

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(directory, path)), { recursive: true });
  await writeFile(join(directory, path), text);
}

const writeDescriptor = (path: string, slug: string, version: string, type: string): Promise<void> =>
  write(`${path}/module.toml`, `[module]\nslug = "${slug}"\nversion = "${version}"\n[crate]\nentry_type = "${type}"\n`);

const modyard = (...args: readonly string[]): Promise<CommandRun> => startModyard(args, { cwd: join(directory, "host"), env: { CARGO_HOME: join(directory, "cargo") } }).done;

describe("descriptors of a Rust host's modules, on this disc", () => {
  it("come from the host's tree and from the crates that cargo has unpacked in the locked versions", async () => {
    expect(await modyard("generate-registry")).toMatchObject({ code: 0, stderr: "" });
    const text = await readFile(join(directory, "host/apps/server/src/modules/generated.rs"), "utf8");
    expect(text.split("\n").filter((line) => line.startsWith("use ")).slice(1)).toEqual([
      "use rustok_blog::Blog;", "use rustok_commerce::Shop;", "use rustok_forum::talk::Forum;", "use rustok_gone::GoneModule;",
    ]);
  });

  it("say when a locked crate is not unpacked here, since its type is then a guess", async () => {
    await rm(join(directory, "cargo/registry"), { recursive: true });
    const run = await modyard("generate-registry");
    expect(run.code).toBe(0);
    expect(run.stderr).toContain("warning[descriptor_unverified]: The descriptor of `forum` is not on this machine: its type is taken to be ForumModule");
    expect(run.stderr).toContain("hint: Run `cargo fetch` in the host");
    expect(JSON.parse((await modyard("generate-registry", "--check", "--json")).stdout)).toMatchObject({ ok: true, warnings: [{ code: "descriptor_unverified", module: "forum" }] });
  });

  it("are those of the manifest's own versions: another revision or range has none", async () => {
    await write("host/modules.toml", manifest.replace('version = "0.1"', 'version = "0.2"'));
    expect((await modyard("generate-registry", "--stdout")).stdout).toContain("use rustok_forum::ForumModule;");
  });

  it("are what a plan knows: exact versions of crates, and of the host", async () => {
    await writeDescriptor("host/crates/blog", "blog", "0.3.0", 'Blog"\n[compat]\nserver = "<0.9');
    const plan = JSON.parse((await modyard("plan", "--uninstall", "forum", "--json")).stdout) as { delta: unknown; blockers: unknown };
    expect(plan.delta).toEqual({ added: [], removed: [{ slug: "forum", version: "0.1.4" }], changed: [] });
    expect(plan.blockers).toMatchObject([{ code: "host_incompatible", module: "blog", message: "`blog` needs a host of version <0.9, and this one is 0.9.0" }]);
  });
});
