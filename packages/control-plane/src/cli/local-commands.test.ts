import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const binary = resolve(import.meta.dirname, "../../bin/modyard.js");
let host: string;

beforeEach(async () => {
  host = await mkdtemp(join(tmpdir(), "modyard-cli-"));
  await write("modules.toml", manifest);
  await write("modyard.toml", 'schema = 1\npreset = "npm-workspaces"\nversion = "1.0.0"\n');
  await write("marketplace.toml", 'schema = 1\n[modules.forum]\nslug = "forum"\nname = "Forum"\ndescription = "Talk"\nsource = "path"\npackage = "@acme/forum"\npath = "modules/forum"\n');
  await writeModule("content", "");
  await writeModule("blog", 'content = "^1.0"');
  await writeModule("forum", 'content = "^1.0"');
});
afterEach(() => rm(host, { recursive: true, force: true }));

const manifest = `schema = 1
app = "server"

[modules]
blog = { package = "@acme/blog", source = "path", path = "modules/blog" }
content = { package = "@acme/content", source = "path", path = "modules/content" } # the base

[settings]
default_enabled = ["content"]
`;

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(host, path)), { recursive: true });
  await writeFile(join(host, path), text);
}

async function writeModule(slug: string, dependencies: string): Promise<void> {
  await write(`modules/${slug}/package.json`, JSON.stringify({ name: `@acme/${slug}`, version: "1.2.3" }));
  await write(`modules/${slug}/module.toml`, `[module]\nslug = "${slug}"\nname = "${slug}"\ndescription = ""\nversion = "1.2.3"\nkind = "optional"\n[dependencies]\n${dependencies}\n`);
}

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the real program in the host's directory. */
function modyard(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Run> {
  return new Promise((settle) => {
    const child = execFile(process.execPath, [binary, ...args], { cwd: host, env: { PATH: process.env["PATH"] ?? "", ...env } }, (_error, stdout, stderr) => settle({ code: child.exitCode ?? -1, stdout, stderr }));
  });
}

const json = ({ stdout }: Run): unknown => JSON.parse(stdout);

describe("validate-manifest", () => {
  it("says that a manifest is valid, with its hash and its modules", async () => {
    const run = await modyard(["validate-manifest", "--json"]);
    expect(run.code).toBe(0);
    expect(json(run)).toEqual([{ file: "modules.toml", ok: true, errors: [], manifest_hash: expect.stringMatching(/^[0-9a-f]{64}$/), modules: ["blog", "content"] }]);
  });

  it("tells all errors of all files, each with its place, code and hint, and exits 1", async () => {
    await write("bad/modules.toml", 'schema = 1\napp = "x"\n[modules]\na = { package = "a", sorce = "npm" }\nB = { package = "b", source = "npm" }\n');
    await write("syntax.toml", "schema = = 1\n");
    const run = await modyard(["validate-manifest", "bad", "syntax.toml", "modules.toml", "gone.toml", "--json"]);
    expect(run.code).toBe(1);
    const [bad, syntax, good, gone] = json(run) as { file: string; ok: boolean; errors: { line: number; column: number; code: string; hint: string }[] }[];
    expect(bad?.file).toBe("bad/modules.toml");
    expect(bad?.errors.length).toBeGreaterThanOrEqual(2);
    expect(new Set(bad?.errors.map((error) => error.line))).toEqual(new Set([4, 5]));
    expect(bad?.errors.every((error) => error.hint !== "" && error.column > 0)).toBe(true);
    expect(syntax?.errors[0]).toMatchObject({ code: "toml_syntax", line: 1 });
    expect(good?.ok).toBe(true);
    expect(gone?.errors[0]?.code).toBe("file_unreadable");
  });

  it("shows people the line and the place, with colours only where they are wanted", async () => {
    await write("modules.toml", manifest.replace("source", "sorce"));
    const plain = await modyard(["validate-manifest"]);
    expect(plain.code).toBe(1);
    expect(plain.stderr).toMatch(/^modules\.toml:5:\d+: error\[[a-z_]+\]: /);
    expect(plain.stderr).toContain('5 | blog = { package = "@acme/blog", sorce = "path"');
    expect(plain.stderr).toContain("hint: ");
    expect(plain.stderr).not.toContain("\u001b");
    expect((await modyard(["validate-manifest"], { FORCE_COLOR: "1" })).stderr).toContain("\u001b[31m");
  });

  it("knows the other files by their names", async () => {
    expect((await modyard(["validate-manifest", "modyard.toml", "marketplace.toml", "modules/blog/module.toml"])).code).toBe(0);
    await write("modyard.toml", "schema = 1\nnonsense = true\n");
    expect((await modyard(["validate-manifest", "modyard.toml"])).code).toBe(1);
  });

  it("exits 2 for wrong usage", async () => {
    expect((await modyard(["validate-manifest", "--jsno"])).code).toBe(2);
    expect((await modyard(["validate"])).code).toBe(2);
    expect((await modyard(["--help"])).code).toBe(0);
  });
});

describe("list-modules", () => {
  it("lists every module after what it needs, with everything that the manifest says", async () => {
    const run = await modyard(["list-modules", "--json"]);
    expect(run.code).toBe(0);
    expect(json(run)).toEqual([
      { slug: "content", package: "@acme/content", source: "path", version: null, git: null, rev: null, path: "modules/content", features: [], required: false, kind: "optional", runtime: null, depends_on: [], default_enabled: true },
      { slug: "blog", package: "@acme/blog", source: "path", version: null, git: null, rev: null, path: "modules/blog", features: [], required: false, kind: "optional", runtime: null, depends_on: ["content"], default_enabled: false },
    ]);
  });

  it("takes a directory from elsewhere, and exits 1 for a manifest that is not valid", async () => {
    expect((await modyard(["list-modules", "--directory", "/", host])).stdout).toContain("@acme/blog");
    await write("modules.toml", "schema = 9\n");
    const run = await modyard(["list-modules", "--json"]);
    expect(run.code).toBe(1);
    expect((json(run) as { errors: unknown[] }).errors.length).toBeGreaterThan(0);
  });
});

describe("generate-registry", () => {
  const generated = "apps/server/src/modules/generated.ts";

  it("writes the host's file, is content with it, and leaves it alone when nothing changed", async () => {
    expect((await modyard(["generate-registry"])).code).toBe(0);
    expect(await readFile(join(host, generated), "utf8")).toContain('import { module as contentModule } from "@acme/content";');
    expect((await modyard(["generate-registry", "--check"])).code).toBe(0);
    const { mtimeMs } = await stat(join(host, generated));
    await modyard(["generate-registry"]);
    expect((await stat(join(host, generated))).mtimeMs).toBe(mtimeMs);
  });

  it("fails a check when the file is missing or old, and writes nothing", async () => {
    expect((await modyard(["generate-registry", "--check"])).code).toBe(1);
    await write(generated, "// old\n");
    const run = await modyard(["generate-registry", "--check"]);
    expect(run.code).toBe(1);
    expect(run.stderr).toContain(`${generated}:1:1: error[generated_out_of_date]`);
    expect(run.stderr).toContain("- // old");
    expect(await readFile(join(host, generated), "utf8")).toBe("// old\n");
  });

  it("knows the usual place for a manifest alone, but writes no other language into a host", async () => {
    await write("alone/modules.toml", 'schema = 1\napp = "server"\n[modules]\ncontent = { crate = "rustok-content", source = "crates-io", version = "0.1" }\n');
    expect((await modyard(["generate-registry", "alone"])).code).toBe(0);
    expect(await readFile(join(host, "alone/apps/server/src/modules/generated.rs"), "utf8")).toContain("use rustok_content::ContentModule;");
    expect((await modyard(["generate-registry", "--language", "rust"])).stderr).toContain("error[output_unknown]");
  });

  it("says so when a file cannot be written", async () => {
    await write("out", "a file where a directory should be");
    const run = await modyard(["generate-registry", "--output", "out/g.ts", "--json"]);
    expect(run.code).toBe(1);
    expect(json(run)).toMatchObject({ errors: [{ code: "file_unwritable", file: "out/g.ts" }] });
  });

  it("prints, or writes elsewhere, in either language", async () => {
    expect((await modyard(["generate-registry", "--language", "rust", "--stdout"])).stdout).toContain("registry.register(Box::new(BlogModule::new()));");
    expect((await modyard(["generate-registry", "--output", "out/g.ts"])).code).toBe(0);
    expect(await readFile(join(host, "out/g.ts"), "utf8")).toBe((await modyard(["generate-registry", "--stdout"])).stdout);
    expect((await modyard(["generate-registry", "--stdout", "--check"])).code).toBe(2);
  });
});

describe("plan", () => {
  it("plans from the files on this disc", async () => {
    const run = await modyard(["plan", "--install", "forum", "--json"]);
    expect(run.code).toBe(0);
    expect(json(run)).toMatchObject({
      schema: 1,
      plan_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      delta: { added: [{ slug: "forum", version: "1.2.3" }], removed: [], changed: [] },
      order: ["content", "blog", "forum"],
      blockers: [],
      unverified: [],
      may_be_built: true,
      manifest_text: manifest.replace("\n\n[settings]", '\nforum = { package = "@acme/forum", source = "path", path = "modules/forum" }\n\n[settings]'),
    });
    expect(await readFile(join(host, "modules.toml"), "utf8")).toBe(manifest);
  });

  it("exits 3 when the plan is blocked, and says by what", async () => {
    const run = await modyard(["plan", "--uninstall", "content", "--json"]);
    expect(run.code).toBe(3);
    expect(json(run)).toMatchObject({ blockers: [{ code: "module_needed", module: "content", message: "`content` cannot be uninstalled: `blog` needs it" }] });
    expect((await modyard(["plan", "--uninstall", "content", "--cascade"])).code).toBe(0);
    expect((await modyard(["plan", "--install", "fourm"])).stdout).toContain("Did you mean `forum`?");
  });

  it("finds in the host's tree what a build would find, and of a manifest alone asks for no more than it says", async () => {
    await rm(join(host, "modules/blog"), { recursive: true });
    await rm(join(host, "modules/content/module.toml"));
    const run = await modyard(["plan", "--install", "forum", "--json"]);
    expect(run.code).toBe(3);
    expect(json(run)).toMatchObject({ blockers: [{ code: "path_not_found", module: "blog" }], unverified: ["blog"] });
    await write("alone/modules.toml", manifest);
    const alone = await modyard(["plan", "alone", "--uninstall", "blog"]);
    expect(alone).toMatchObject({ code: 0, stdout: expect.stringMatching(/The descriptor of `content` could not be read.*\n {2}hint: /) as string });
    expect(alone.stdout).not.toContain("catalog_skipped");
  });

  it("takes several modules, with versions", async () => {
    const run = await modyard(["plan", "--install", "forum@2", "--uninstall", "blog,content"]);
    expect(run.code).toBe(3);
    expect(run.stdout).toContain("version_not_applicable");
    expect(run.stdout).toContain("- content");
  });
});
