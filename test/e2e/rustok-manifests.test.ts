import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startModyard, type CommandRun } from "../support/modyard.ts";
import { isThere } from "../support/requirement.ts";

const run = promisify(execFile);
const fixtures = join(import.meta.dirname, "../fixtures/rustok");
const generated = "apps/server/src/modules/generated.rs";
let host: string;

beforeEach(async () => {
  host = await mkdtemp(join(tmpdir(), "modyard-rustok-"));
});
afterEach(() => rm(host, { recursive: true, force: true }));

const modyard = (...args: readonly string[]): Promise<CommandRun> => startModyard(args, { cwd: host, env: {} }).done;

async function write(path: string, text: string): Promise<void> {
  await mkdir(join(host, path, ".."), { recursive: true });
  await writeFile(join(host, path), text);
}

interface Listed {
  readonly slug: string;
  readonly kind: string;
  readonly runtime: string | null;
  readonly depends_on: readonly string[];
  readonly default_enabled: boolean;
}

const json = ({ stdout }: CommandRun): unknown => JSON.parse(stdout);
const listed = async (): Promise<readonly Listed[]> => json(await modyard("list-modules", "--json")) as readonly Listed[];

/** Manifests that RusToK has published, by their shapes, and the seeds' own two, to the letter. */
const manifests = [
  { name: "seed-short.toml", modules: ["commerce", "content"], enabled: '&["commerce", "content", "pages"]' },
  { name: "seed-long.toml", modules: ["blog", "commerce", "content", "forum", "pages"], enabled: '&["commerce", "content", "pages"]' },
  { name: "schema-1-dependencies.toml", modules: ["blog", "commerce", "content", "forum", "index", "outbox", "pages", "rbac", "tenant"], enabled: '&["commerce", "content", "pages"]' },
  { name: "schema-1.toml", modules: ["alloy", "blog", "commerce", "content", "forum", "index", "outbox", "pages", "rbac", "tenant"], enabled: '&["commerce", "content", "pages"]' },
] as const;

describe("a manifest of RusToK's, alone in a directory", () => {
  it.each(manifests)("$name is valid, is listed and generates", async ({ name, modules, enabled }) => {
    await copyFile(join(fixtures, name), join(host, "modules.toml"));

    const valid = await modyard("validate-manifest");
    expect(valid).toMatchObject({ code: 0, stderr: "", stdout: expect.stringMatching(new RegExp(`^✓ modules\\.toml is valid \\(${modules.length} modules, [0-9a-f]{12}\\)\\n$`)) });
    expect(json(await modyard("validate-manifest", "--json"))).toMatchObject([{ ok: true, errors: [], modules: expect.any(Array) }]);

    expect((await listed()).map(({ slug }) => slug).toSorted()).toEqual(modules);
    const table = await modyard("list-modules");
    expect(table).toMatchObject({ code: 0, stderr: "" });
    expect(table.stdout.trimEnd().split("\n").map((line) => line.split(" ")[0]).toSorted()).toEqual(["MODULE", ...modules]);

    expect(await modyard("generate-registry")).toEqual({ code: 0, stderr: "", stdout: `✓ ${generated} written\n` });
    expect(await modyard("generate-registry", "--check")).toEqual({ code: 0, stderr: "", stdout: `✓ ${generated}: up to date\n` });
    const text = await readFile(join(host, generated), "utf8");
    expect(text).toContain(`pub const DEFAULT_ENABLED: &[&str] = ${enabled};\n`);
    for (const slug of modules) expect(text).toContain(`registry.register(Box::new(${slug[0]?.toUpperCase()}${slug.slice(1)}Module::new()));`);
  });

  it("the registry of a host with a modyard.toml that somebody edited is out of date, in words and as data", async () => {
    await copyFile(join(fixtures, "seed-long.toml"), join(host, "modules.toml"));
    await write("modyard.toml", 'schema = 1\npreset = "cargo"\n');
    await write(generated, "// mine\n");
    const words = await modyard("generate-registry", "--check");
    expect(words.code).toBe(1);
    expect(words.stderr).toContain(`${generated}:1:1: error[generated_out_of_date]`);
    expect(json(await modyard("generate-registry", "--check", "--json"))).toMatchObject({ ok: false, files: [generated], errors: [{ code: "generated_out_of_date", line: 1 }] });
    expect(await readFile(join(host, generated), "utf8")).toBe("// mine\n");
    expect((await modyard("generate-registry")).stdout).toBe(`✓ ${generated} written\n`);
    expect((await modyard("generate-registry", "--check")).code).toBe(0);
  });
});

describe("what RusToK's manifests say of their modules", () => {
  it("`dependencies` is the older word for `depends_on`", async () => {
    await copyFile(join(fixtures, "schema-1-dependencies.toml"), join(host, "modules.toml"));
    expect((await listed()).filter(({ depends_on }) => depends_on.length > 0)).toMatchObject([{ slug: "blog", depends_on: ["content"] }, { slug: "forum", depends_on: ["content"] }]);
    const older = (json(await modyard("validate-manifest", "--json")) as { manifest_hash: string }[])[0]?.manifest_hash;
    await write("modules.toml", (await readFile(join(host, "modules.toml"), "utf8")).replaceAll(", dependencies =", ", depends_on ="));
    expect(json(await modyard("validate-manifest", "--json"))).toMatchObject([{ ok: true, manifest_hash: older }]);
  });

  it("the large one: core modules, an extension, dependencies on modules further down", async () => {
    await copyFile(join(fixtures, "schema-2.toml"), join(host, "modules.toml"));
    const modules = await listed();
    expect(modules).toHaveLength(45);
    expect(modules.filter(({ kind }) => kind === "core").map(({ slug }) => slug)).toEqual(["auth", "cache", "channel", "email", "index", "modules", "outbox", "rbac", "search", "tenant"]);
    expect(modules.filter(({ runtime }) => runtime !== null)).toMatchObject([{ slug: "ai", runtime: "extension", kind: "optional", default_enabled: false }]);
    const order = modules.map(({ slug }) => slug);
    for (const { slug, depends_on: needs } of modules) for (const need of needs) expect(order.indexOf(need)).toBeLessThan(order.indexOf(slug));
    const { stdout } = await modyard("list-modules");
    expect(stdout).toMatch(/^ai +extension +rustok-ai +path +crates\/rustok-ai$/m);
    expect(stdout).toMatch(/^tenant +core +rustok-tenant /m);
    expect(stdout).toMatch(/^blog +rustok-blog .* comments, content, taxonomy$/m);
  });

  it("types that rustok-module.toml names are registered; module.toml goes before it", async () => {
    await copyFile(join(fixtures, "schema-1.toml"), join(host, "modules.toml"));
    await write("crates/alloy-scripting/rustok-module.toml", '[module]\nslug = "alloy"\nversion = "0.1.0"\ntrust_level = "verified"\n[crate]\nentry_type = "crate::engine::AlloyEngine"\n');
    await write("crates/rustok-blog/rustok-module.toml", '[module]\nslug = "blog"\nversion = "0.1.0"\n[crate]\nentry_type = "Older"\n');
    await write("crates/rustok-blog/module.toml", '[module]\nslug = "blog"\nversion = "0.1.0"\n[dependencies]\npages = "*"\n[crate]\nentry_type = "Newer"\n');
    expect((await modyard("generate-registry")).code).toBe(0);
    const text = await readFile(join(host, generated), "utf8");
    expect(text).toContain("use alloy_scripting::engine::AlloyEngine;\n");
    expect(text).toContain("use rustok_blog::Newer;\n");
    expect((await listed()).find(({ slug }) => slug === "blog")?.depends_on).toEqual(["content", "pages"]);
    expect(await modyard("validate-manifest", "crates/alloy-scripting/rustok-module.toml")).toMatchObject({ code: 0, stdout: "✓ crates/alloy-scripting/rustok-module.toml is valid\n" });
  });
});

/** One crate that stands for all of them: it has every type that RusToK's crates have. */
const stub = (types: readonly string[]): string => `pub trait RusToKModule {}
pub struct ModuleRegistry(pub usize);
impl ModuleRegistry {
    pub fn register(&mut self, _module: Box<dyn RusToKModule>) {
        self.0 += 1;
    }
}
${types.map((type) => `pub struct ${type};\nimpl RusToKModule for ${type} {}\nimpl ${type} {\n    pub fn new() -> Self {\n        Self\n    }\n}\n`).join("")}`;

describe.runIf(isThere({ program: "rustc", hint: "install Rust with rustup" }))("the registry of RusToK's large manifest", () => {
  it("compiles against the types that its crates have, and rustfmt leaves it alone", async () => {
    await copyFile(join(fixtures, "schema-2.toml"), join(host, "modules.toml"));
    await modyard("generate-registry");
    const uses = [...(await readFile(join(host, generated), "utf8")).matchAll(/^use (\w+)::(\w+);$/gm)].map(([, crate = "", type = ""]) => ({ crate, type }));
    expect(uses).toHaveLength(46);
    expect(uses).toEqual(expect.arrayContaining([
      { crate: "alloy", type: "AlloyModule" }, { crate: "flex", type: "FlexModule" }, { crate: "rustok_modules", type: "ModulesModule" },
      { crate: "rustok_page_builder", type: "PageBuilderModule" }, { crate: "rustok_marketplace_seller", type: "MarketplaceSellerModule" },
    ]));
    await write("stub.rs", stub(uses.slice(1).map(({ type }) => type)));
    await write("host.rs", `#[path = "${generated}"]\nmod generated;\nfn main() {\n    let mut registry = rustok_core::ModuleRegistry(0);\n    generated::register_modules(&mut registry);\n    print!("{}", registry.0);\n}\n`);
    const options = { cwd: host };
    await run("rustc", ["--edition", "2021", "--crate-type", "rlib", "stub.rs"], options);
    await run("rustc", ["--edition", "2021", "-D", "warnings", "host.rs", ...uses.flatMap(({ crate }) => ["--extern", `${crate}=libstub.rlib`])], options);
    expect((await run("./host", [], options)).stdout).toBe("45");
    for (const edition of ["2021", "2024"]) expect((await run("rustfmt", ["--check", "--edition", edition, generated], options)).stdout).toBe("");
  });
});
