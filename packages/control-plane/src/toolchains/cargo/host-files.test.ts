import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { HostDescriptor } from "../../manifest/host-descriptor.ts";
import type { ModuleSpec } from "../../manifest/manifest.ts";
import { compositionFiles } from "./composition-files.ts";
import { readHostVersion } from "./host-version.ts";
import { readInstalledVersions } from "./installed-versions.ts";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "modyard-cargo-host-"));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), text);
  }
}

const hostIn = (server: string): HostDescriptor => ({
  schema: 1,
  toolchain: "cargo",
  registry: { output: "generated.rs" },
  surfaces: [{ name: "server", directory: server, output: [], health: "/health", modulesHealth: "/health/modules" }],
  pathRoots: [],
  catalogs: [],
  environments: [],
});

const plain = { features: [], required: false, dependsOn: [] } as const;
const published = (slug: string, version?: string): ModuleSpec => ({ ...plain, slug, packageName: slug, source: "crates-io", ...(version === undefined ? {} : { version }) });
const path = (slug: string): ModuleSpec => ({ ...plain, slug, packageName: slug, source: "path", path: `crates/${slug}` });
const fromGit = (slug: string): ModuleSpec => ({ ...plain, slug, packageName: slug, source: "git", git: "https://git.example.org/wiki.git", rev: "v1" });
const installed = async (...specs: ModuleSpec[]) => Object.fromEntries(await readInstalledVersions(directory, hostIn("apps/server"), specs));
const registry = "registry+https://registry.example.org/index";
const locked = (name: string, version: string, more = ""): string => `[[package]]\nname = "${name}"\nversion = "${version}"\n${more}\n`;

test("the files of a composition, each once", () => {
  expect(compositionFiles(hostIn("apps/server"))).toEqual(["Cargo.lock", "Cargo.toml", "apps/server/Cargo.toml", "vendor/modules"]);
  expect(compositionFiles(hostIn("."))).toEqual(["Cargo.lock", "Cargo.toml", "vendor/modules"]);
});

test("the host's version is the server's own, or inherited, or the workspace's", async () => {
  expect(readHostVersion(directory, hostIn("apps/server"))).toBeUndefined();
  await write({ "Cargo.toml": `[workspace]\n[workspace.package]\nversion = "0.4.0"\n` });
  expect(readHostVersion(directory, hostIn("apps/server"))).toBe("0.4.0");
  await write({ "apps/server/Cargo.toml": `[package]\nname = "server"\nversion.workspace = true\n` });
  expect(readHostVersion(directory, hostIn("apps/server"))).toBe("0.4.0");
  await write({ "apps/server/Cargo.toml": `[package]\nname = "server"\nversion = "0.2.0"\n` });
  expect(readHostVersion(directory, hostIn("apps/server"))).toBe("0.2.0");
  await write({ "Cargo.toml": `[package]\nname = "server"\nversion = "1.5.0"\n` });
  expect(readHostVersion(directory, hostIn("."))).toBe("1.5.0");
});

test("installed versions are those that the server means and the spec allows", async () => {
  await write({
    "apps/server/Cargo.toml": `[package]\nname = "server"\nversion = "0.2.0"\n`,
    "Cargo.lock": [
      locked("poll", "1.2.0", `source = "${registry}"\n`),
      locked("poll", "1.9.0", `source = "${registry}"\n`),
      locked("wiki", "2.0.0", `source = "git+https://git.example.org/wiki.git?rev=v1#0123456789abcdef0123456789abcdef01234567"\n`),
      locked("forum", "3.0.0"),
      locked("chat", "1.0.0-beta.2", `source = "${registry}"\n`),
      locked("server", "0.2.0", `dependencies = [\n "chat",\n "forum",\n "poll 1.2.0",\n "wiki",\n]\n`),
    ].join("\n"),
  });
  expect(await installed(published("poll", "1"), fromGit("wiki"), path("forum"), published("chat", "1.0.0-beta.1"))).toEqual({ poll: "1.2.0", wiki: "2.0.0", chat: "1.0.0-beta.2" });
  expect(await installed(published("poll", "1.5"), published("wiki"), fromGit("poll"), published("forum", "3"), published("none", "1"))).toEqual({});
  await write({ "Cargo.lock": "<<<<<<< ours\n" });
  expect(await installed(published("poll", "1"))).toEqual({});
});
