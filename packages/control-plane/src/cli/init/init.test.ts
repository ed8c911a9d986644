import { execFile } from "node:child_process";
import { chmod, cp, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { unwrap } from "../../errors/problem.ts";
import type { HostDescriptor } from "../../manifest/host-descriptor.ts";
import type { Manifest } from "../../manifest/manifest.ts";
import { parseHostDescriptor } from "../../manifest/parse-host-descriptor.ts";
import { parseManifest } from "../../manifest/parse-manifest.ts";
import { writeFiles } from "./write-files.ts";

const execute = promisify(execFile);
const binary = resolve(import.meta.dirname, "../../../bin/modyard.js");
const examples = resolve(import.meta.dirname, "../../../../../examples");
let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "modyard-init-"));
});
afterEach(async () => {
  await chmod(root, 0o755);
  await rm(root, { recursive: true, force: true });
});

async function write(files: Readonly<Record<string, string | object>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), typeof content === "string" ? content : JSON.stringify(content));
  }
}

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Takes from root the right to write where permissions forbid it; nothing is to be taken from others. */
const asEverybody = process.getuid?.() === 0 ? ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search", "--"] : [];

/** Runs the real program. */
function init(args: readonly string[] = [], env: Readonly<Record<string, string>> = {}, as: readonly string[] = []): Promise<Run> {
  const [program = process.execPath, ...rest] = [...as, process.execPath, binary, "init", ...args];
  return new Promise((settle) => {
    const child = execFile(program, rest, { cwd: root, env: { PATH: process.env["PATH"] ?? "", HOME: root, ...env } }, (_error, stdout, stderr) => settle({ code: child.exitCode ?? -1, stdout, stderr }));
  });
}

interface InitJson {
  readonly found: { readonly server: { readonly directory: string } | null; readonly git: { readonly at: string; readonly changed?: number } };
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly notes: readonly string[];
  readonly problems: readonly { readonly code: string; readonly message: string }[];
  readonly written: boolean;
  readonly errors?: readonly { readonly code: string }[];
}

const json = ({ stdout }: Run): InitJson => JSON.parse(stdout) as InitJson;
const isThere = (path: string): Promise<boolean> => stat(join(root, path)).then(() => true, () => false);

const node = { "package.json": { name: "shop", type: "module", scripts: { start: "node main.js" }, dependencies: { "@modyard/runtime": "0.1.0" } }, "main.js": 'import "@modyard/runtime";' };

describe("consent", () => {
  it("without a terminal and --yes shows, says how to write, writes nothing and exits 3", async () => {
    await write(node);
    const run = await init();
    expect([run.code, run.stderr]).toEqual([3, "Nothing was written. Give --yes to write the files, or --dry-run only to look.\n"]);
    expect(run.stdout).toContain('+ app = "shop"');
    expect(await isThere("modyard.toml")).toBe(false);
  });

  it("--dry-run only shows, and exits 0", async () => {
    await write(node);
    expect((await init(["--dry-run"])).code).toBe(0);
    expect((await init(["--dry-run", "--yes"])).stdout).toContain("Nothing was written");
    expect(await isThere("modules.toml")).toBe(false);
  });

  it("--yes writes what was shown, both valid, and numbers what is next", async () => {
    await write(node);
    const shown = json(await init(["--json", "--dry-run"]));
    const run = await init(["--yes"]);
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(/Next\n {2}1\. /);
    for (const { path, text } of shown.files) expect(await readFile(join(root, path), "utf8")).toBe(text);
    await execute(process.execPath, [binary, "validate-manifest", "modyard.toml", "modules.toml"], { cwd: root });
  });

  it("never overwrites; the second time it tells only what is missing", async () => {
    await write({ ...node, "modules.toml": "mine" });
    const once = json(await init(["--yes", "--json"]));
    expect(once).toMatchObject({ written: true, files: [{ path: "modyard.toml" }], problems: [{ code: "toml_syntax" }, { code: "repository_missing" }] });
    expect(await readFile(join(root, "modules.toml"), "utf8")).toBe("mine");
    const twice = await init(["--yes"]);
    expect([twice.code, twice.stdout]).toEqual([0, expect.stringContaining("Nothing to write.")]);
    expect(twice.stdout).toContain("warning[repository_missing]");
  });

  it("does not write through a symbolic link that stands there", async () => {
    await write({ ...node, "else.txt": "mine" });
    await symlink("nowhere.txt", join(root, "modyard.toml"));
    expect(json(await init(["--yes", "--json"])).files.map(({ path }) => path)).toEqual(["modules.toml"]);
    expect(await isThere("nowhere.txt")).toBe(false);
  });

  it("--json has everything, and exits 3 where nothing was agreed to", async () => {
    await write(node);
    const run = await init(["--json"]);
    expect(run.code).toBe(3);
    expect(json(run)).toMatchObject({ found: { toolchain: "npm", server: { directory: ".", name: "shop" } }, written: false, steps: expect.anything() });
  });
});

const file = (path: string) => ({ path, text: "new", decisions: [] });

describe("what cannot be looked at", () => {
  it.each<[string, Readonly<Record<string, string | object>>, readonly string[], string]>([
    ["an empty directory", {}, [], "host_not_recognised"],
    ["a file", { file: "text" }, ["file"], "directory_expected"],
    ["nothing at all", {}, ["gone"], "directory_expected"],
    ["packages that serve nothing", { "package.json": { name: "lib" } }, [], "server_not_found"],
    ["a server that is not there", node, ["--server", "apps/gone"], "server_not_found"],
  ])("%s is an error by name, and exits 1", async (_what, files, args, code) => {
    await write(files);
    const run = await init([...args, "--json"]);
    expect(run.code).toBe(1);
    expect(json(run).errors).toMatchObject([{ code }]);
  });

  it("a package.json that is none is left out, and named", async () => {
    await write({ ...node, "libs/a/package.json": "{ not json", "libs/b/package.json": "[]", "Cargo.toml": "[package\n" });
    const { problems, files } = json(await init(["--json", "--dry-run"]));
    expect(files).toHaveLength(2);
    expect(problems.filter(({ code }) => code === "package_unreadable").map(({ message }) => message.split(" ")[0])).toEqual(["libs/a/package.json", "libs/b/package.json", "Cargo.toml"]);
  });

  it("a directory where nobody may write is said", async () => {
    await write(node);
    await chmod(root, 0o555);
    const run = await init(["--yes", "--json"], {}, asEverybody);
    expect([run.code, json(run).errors?.[0]?.code]).toEqual([1, "file_unwritable"]);
  });

  it("nothing half-written stays, and what is there is left alone", async () => {
    await write({ "there.toml": "mine" });
    await expect(writeFiles(root, [file("first.toml"), file("gone/second.toml")])).rejects.toMatchObject({ code: "file_unwritable" });
    await expect(writeFiles(root, [file("first.toml"), file("there.toml")])).rejects.toThrow("it is there already");
    expect([await isThere("first.toml"), await readFile(join(root, "there.toml"), "utf8")]).toEqual([false, "mine"]);
  });

  it("links in circles and out of the repository are not followed", async () => {
    await write(node);
    await symlink(".", join(root, "loop"));
    await symlink("/", join(root, "outside"));
    await symlink("circle", join(root, "circle"));
    const { files, problems } = json(await init(["--json", "--dry-run"]));
    expect([files.length, problems.map(({ code }) => code)]).toEqual([2, ["repository_missing"]]);
  });

  it("pipes and devices that pass for files are not read", async () => {
    await write(node);
    await execute("mkfifo", ["tsconfig.json", "marketplace.toml", "module.toml"].map((name) => join(root, name)));
    await mkdir(join(root, "src"));
    await symlink("/dev/zero", join(root, "src/index.js"));
    expect(json(await init(["--json", "--dry-run"])).files).toHaveLength(2);
  });

  it("thousands of packages are looked through", async () => {
    await write({ ...node, "package.json": { ...node["package.json"], workspaces: ["libs/*"] } });
    await Promise.all(Array.from({ length: 5000 }, async (_, index) => {
      await mkdir(join(root, `libs/m${index}`), { recursive: true });
      await writeFile(join(root, `libs/m${index}/package.json`), `{"name":"@acme/m${index}","peerDependencies":{"@modyard/runtime":"*"}}`);
    }));
    const run = await init(["--yes"]);
    expect(run.code).toBe(0);
    expect(unwrap(parseManifest(await readFile(join(root, "modules.toml"), "utf8"), "modules.toml")).modules).toHaveLength(5000);
    expect(run.stdout.split("\n").length).toBeLessThan(130);
  });
});

describe("hostile repositories", () => {
  it("names steer neither TOML nor terminal", async () => {
    await write({ ...node, "package.json": { ...node["package.json"], name: 'a"\n[x]\u001b[2J' }, 'modules/q"\u001b]0;x\u0007/package.json': { name: "@acme/q", peerDependencies: { "@modyard/runtime": "*" } }, "libs/\u001b[2J/package.json": "no" });
    const run = await init(["--yes"], { FORCE_COLOR: "1" });
    expect(run.code).toBe(0);
    expect(unwrap(parseManifest(await readFile(join(root, "modules.toml"), "utf8"), "modules.toml")).app).toBe("server");
    // Colours only: nothing that clears, titles or rings.
    // oxlint-disable-next-line no-control-regex
    expect((run.stdout + run.stderr).replaceAll(/\u001b\[[0-9;]*m/g, "")).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
  });

  it("programs of the repository's git settings are not run", async () => {
    await write({ ...node, ".gitattributes": "* filter=evil\n" });
    await execute("git", ["init", "--quiet", "--initial-branch=main", root]);
    const evil = `touch ${join(root, "ran")}; cat`;
    await execute("git", ["-C", root, "config", "filter.evil.clean", evil]);
    await execute("git", ["-C", root, "config", "core.fsmonitor", evil]);
    expect(json(await init(["--json", "--dry-run"])).found.git).toEqual({ at: "root", commits: true });
    expect(await isThere("ran")).toBe(false);
  });
});

describe("git", () => {
  it("says what is not committed, and where the root is", async () => {
    await write({ ...node, "sub/package.json": node["package.json"] });
    await execute("git", ["init", "--quiet", "--initial-branch=main", root]);
    expect(json(await init(["--json", "--dry-run"])).notes.join()).toContain("no commit yet");
    await execute("git", ["-C", root, "add", "."]);
    await execute("git", ["-C", root, "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "--quiet", "--message", "x"]);
    expect(json(await init(["--json", "--dry-run"])).found.git).toEqual({ at: "root", branch: "main", commits: true, changed: 0 });
    await write({ "new.txt": "" });
    expect(json(await init(["--json", "--dry-run"])).notes.join()).toContain("1 file is not committed");
    expect(json(await init(["sub", "--json", "--dry-run"])).problems[0]).toMatchObject({ code: "repository_root_elsewhere", message: expect.stringContaining("is .. from here") });
  });
});

it("--server chooses, and the others are named", async () => {
  const server = { type: "module", scripts: { start: "node main.js" }, dependencies: { "@modyard/runtime": "0.1.0", fastify: "5" } };
  await write({ "package.json": { workspaces: ["apps/*"] }, "apps/one/package.json": { name: "one", ...server }, "apps/two/package.json": { name: "two", ...server } });
  const first = json(await init(["--json", "--dry-run"]));
  expect(first.found.server?.directory).toBe("apps/one");
  expect(first.notes[0]).toBe("Also like a server: apps/two. Choose with --server DIRECTORY.");
  expect(json(await init(["--json", "--dry-run", "--server", "apps/two"])).found.server?.directory).toBe("apps/two");
});

it("a Rust server may have its programs where cargo finds them, and inherit from a workspace", async () => {
  await write({
    "Cargo.toml": '[workspace]\nresolver = "3"\nmembers = ["services/*"]\n\n[workspace.package]\nversion = "0.3.0"\nedition = "2024"\n\n[workspace.dependencies]\naxum = "0.8"\n\n[workspace.metadata]\nbuilt = 12345678901234567890\n',
    "services/shop/Cargo.toml": '[package]\nname = "shop"\nversion.workspace = true\nedition.workspace = true\ndefault-run = "api"\n\n[[bin]]\nname = "api"\npath = "src/bin/serve.rs"\n\n[dependencies]\naxum.workspace = true\n',
    "services/shop/src/lib.rs": "",
    "services/shop/src/bin/serve.rs": "fn main() {}",
    "services/shop/src/bin/jobs/main.rs": "fn main() {}",
    "services/shop/src/bin/notes.md": "",
  });
  const { found, files, problems } = json(await init(["--json", "--dry-run"]));
  expect(found.server).toMatchObject({ directory: "services/shop", reasons: expect.arrayContaining(["depends on axum", "has the program api"]) as string[] });
  expect(files[1]?.text).toContain('app = "shop"');
  expect(problems.map(({ code }) => code)).toEqual(["repository_missing", "runtime_missing", "health_missing"]);
});

const host = (text: string): HostDescriptor => unwrap(parseHostDescriptor(text, "modyard.toml"));
const manifest = (text: string): Manifest => unwrap(parseManifest(text, "modules.toml"));
const isSource = (path: string): boolean => !/\/(node_modules|dist|target|\.build|bin)(\/|$)/.test(path.slice(examples.length));

describe("the examples", () => {
  it.each(["node-platform", "rust-platform"])("%s gets the same composition again", async (name) => {
    await cp(join(examples, name), root, { recursive: true, filter: isSource });
    const before = { host: host(await readFile(join(root, "modyard.toml"), "utf8")), manifest: manifest(await readFile(join(root, "modules.toml"), "utf8")) };
    await rm(join(root, "modyard.toml"));
    await rm(join(root, "modules.toml"));
    expect((await init(["--yes"])).code).toBe(0);
    const after = { host: host(await readFile(join(root, "modyard.toml"), "utf8")), manifest: manifest(await readFile(join(root, "modules.toml"), "utf8")) };
    // How long to observe is nobody's to find out, nor is a target that only the manifest names.
    expect({ ...after.host, environments: [] }).toEqual({ ...before.host, environments: [] });
    expect(after.manifest.modules).toEqual(before.manifest.modules.toSorted((a, b) => (a.slug < b.slug ? -1 : 1)));
    expect(after.manifest.app).toBe(before.manifest.app);
    expect(after.manifest.settings.defaultEnabled.toSorted()).toEqual(before.manifest.settings.defaultEnabled.toSorted());
    const checked = await execute(process.execPath, [binary, "validate-manifest", "modyard.toml", "modules.toml"], { cwd: root });
    expect(checked.stdout).toContain("modules.toml is valid");
  });
});
