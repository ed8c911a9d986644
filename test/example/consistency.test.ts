import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "smol-toml";
import { expect, test } from "vitest";
import { generateRegistry } from "../../packages/control-plane/src/codegen/generate-registry.ts";
import { unwrap } from "../../packages/control-plane/src/errors/problem.ts";
import { parseCatalog } from "../../packages/control-plane/src/manifest/parse-catalog.ts";
import { parseDescriptor } from "../../packages/control-plane/src/manifest/parse-descriptor.ts";
import { parseHostDescriptor } from "../../packages/control-plane/src/manifest/parse-host-descriptor.ts";
import { parseManifest } from "../../packages/control-plane/src/manifest/parse-manifest.ts";
import { repositoryRoot } from "../../scripts/example/files.ts";

const example = join(repositoryRoot, "examples", "node-platform");
const fixtures = join(repositoryRoot, "test", "fixtures", "modules");

interface DescriptorFile {
  readonly module: Readonly<Record<"slug" | "name" | "description" | "version", string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
}

interface PackageFile {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

const readToml = async <T>(...path: string[]): Promise<T> => parse(await readFile(join(...path), "utf8")) as T;
const readJson = async <T>(...path: string[]): Promise<T> => JSON.parse(await readFile(join(...path), "utf8")) as T;
const read = (path: string) => readFile(join(example, path), "utf8");
const slugs = [
  ...(await readdir(join(example, "modules"))).map((slug) => ({ slug, directory: join(example, "modules", slug) })),
  ...(await readdir(fixtures)).map((slug) => ({ slug, directory: join(fixtures, slug) })),
];

test.for(slugs)("module $slug: folder, package.json, module.toml and code agree", async ({ slug, directory }) => {
  const { module, dependencies = {} } = await readToml<DescriptorFile>(directory, "module.toml");
  const manifest = await readJson<PackageFile>(directory, "package.json");
  const source = await readFile(join(directory, "src", "index.ts"), "utf8");
  const { name, description, version } = module;
  expect([module.slug, manifest.name, manifest.version, manifest.description]).toEqual([slug, `@platform/${slug}`, version, description]);
  for (const [key, value] of Object.entries({ slug, name, description, version })) expect(source).toContain(`${key}: ${JSON.stringify(value)},`);
  const peers = Object.fromEntries(Object.entries(dependencies).map(([other, range]) => [`@platform/${other}`, range]));
  expect(manifest.peerDependencies).toEqual({ "@modyard/runtime": "^0.1.0", ...peers });
});

test("the catalog holds every module with its descriptor's words", async () => {
  const { modules } = await readToml<{ modules: Record<string, Record<string, unknown>> }>(example, "marketplace.toml");
  expect(Object.keys(modules).toSorted()).toEqual((await readdir(join(example, "modules"))).toSorted());
  for (const [slug, entry] of Object.entries(modules)) {
    const { module } = await readToml<DescriptorFile>(example, "modules", slug, "module.toml");
    expect(entry).toMatchObject({ slug, name: module.name, description: module.description, version: module.version, source: "path", path: `modules/${slug}` });
  }
});

test("modules.toml, the server's dependencies and the references tell the same modules", async () => {
  const { modules } = await readToml<{ modules: Record<string, { path: string; package: string }> }>(example, "modules.toml");
  const { dependencies } = await readJson<{ dependencies: Record<string, string> }>(example, "apps", "server", "package.json");
  const { references } = await readJson<{ references: { path: string }[] }>(example, "tsconfig.modules.json");
  const installed = Object.values(modules);
  expect(references.map(({ path }) => path)).toEqual(installed.map(({ path }) => path).toSorted());
  const declared = Object.entries(dependencies).filter(([name]) => name.startsWith("@platform/"));
  expect(Object.fromEntries(declared)).toEqual(Object.fromEntries(installed.map((module) => [module.package, `file:../../${module.path}`])));
});

test("the four files are valid, and the generated ones are up to date", async () => {
  const manifest = unwrap(parseManifest(await read("modules.toml"), "modules.toml"));
  const host = unwrap(parseHostDescriptor(await read("modyard.toml"), "modyard.toml"));
  expect(unwrap(parseCatalog(await read("marketplace.toml"), "marketplace.toml")).entries).toHaveLength(5);
  for (const { slug, directory } of slugs) expect(unwrap(parseDescriptor(await readFile(join(directory, "module.toml"), "utf8"), "module.toml")).slug).toBe(slug);
  const generated = generateRegistry(manifest, host);
  expect(generated.map(({ path }) => path)).toEqual(["apps/server/src/modules/generated.ts", "tsconfig.modules.json"]);
  for (const { path, text } of generated) expect(await read(path)).toBe(text);
});

test("the lockfile names no registry", async () => {
  const { packages } = await readJson<{ packages: Record<string, { resolved?: string }> }>(example, "package-lock.json");
  const resolved = Object.values(packages).flatMap((entry) => entry.resolved ?? []);
  expect(resolved.filter((address) => address.includes("://"))).toEqual([]);
  expect(resolved).toContain("file:vendor/modyard-runtime-0.1.0.tgz");
});
