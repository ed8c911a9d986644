import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "smol-toml";
import { describe, expect, test } from "vitest";
import { unwrap } from "../../packages/control-plane/src/errors/problem.ts";
import { parseCatalog } from "../../packages/control-plane/src/manifest/parse-catalog.ts";
import { parseDescriptor } from "../../packages/control-plane/src/manifest/parse-descriptor.ts";
import { parseHostDescriptor } from "../../packages/control-plane/src/manifest/parse-host-descriptor.ts";
import { parseManifest } from "../../packages/control-plane/src/manifest/parse-manifest.ts";
import { exampleHosts } from "../../scripts/example/example-host.ts";
import { startModyard } from "../support/modyard.ts";

const { directory: example, fixtures } = exampleHosts["rust-platform"];

interface CargoFile {
  readonly package: Readonly<Record<"name" | "description" | "version", string>>;
  readonly dependencies: Readonly<Record<string, string | { readonly version?: string; readonly path?: string }>>;
}

interface DescriptorFile {
  readonly module: Readonly<Record<"slug" | "name" | "description" | "version", string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
}

const readToml = async <T>(...path: string[]): Promise<T> => parse(await readFile(join(...path), "utf8")) as T;
const read = (path: string) => readFile(join(example, path), "utf8");

/** Crates of the host that are no modules. */
const own = ["rustok-core", "rustok-platform"];
const slugs = (await readdir(join(example, "crates"))).filter((crate) => !own.includes(crate)).map((crate) => crate.replace("rustok-", "")).toSorted();
const modules = [
  ...slugs.map((slug) => ({ slug, directory: join(example, "crates", `rustok-${slug}`) })),
  ...(await readdir(fixtures)).map((slug) => ({ slug, directory: join(fixtures, slug) })),
];

/** What these fixtures are made for: the code says something else than the files. */
const lies: Readonly<Record<string, string>> = { "wrong-version": "version", "wrong-slug": "slug" };

/** The texts that the code answers `slug()`, `version()` … with. */
function reported(source: string, version: string): Readonly<Record<string, string | undefined>> {
  const answers = source.matchAll(/fn (\w+)\(&self\) -> &'static str \{\s*(?:"(.*)"|env!\("CARGO_PKG_VERSION"\))\s*\}/g);
  return Object.fromEntries([...answers].map(([, name, text]) => [name, text ?? version]));
}

test.for(modules)("module $slug: folder, Cargo.toml, module.toml and code agree", async ({ slug, directory }) => {
  const { module, dependencies = {} } = await readToml<DescriptorFile>(directory, "module.toml");
  const manifest = await readToml<CargoFile>(directory, "Cargo.toml");
  const { name, description, version } = module;
  expect(module.slug).toBe(slug);
  expect(manifest.package).toMatchObject({ name: `rustok-${slug}`, version, description });
  const said = reported(await readFile(join(directory, "src", "lib.rs"), "utf8"), version);
  const differing = Object.entries({ slug, name, description, version }).filter(([key, value]) => said[key] !== value);
  expect(differing.map(([key]) => key)).toEqual(slug in lies ? [lies[slug]] : []);
  const needed = Object.entries(manifest.dependencies).filter(([crate]) => crate.startsWith("rustok-") && !own.includes(crate));
  expect(Object.fromEntries(needed)).toEqual(Object.fromEntries(Object.keys(dependencies).map((other) => [`rustok-${other}`, { version: "0.1", path: `../rustok-${other}` }])));
});

test("the catalog holds every module with its descriptor's words", async () => {
  const catalog = await readToml<{ modules: Record<string, unknown> }>(example, "marketplace.toml");
  expect(Object.keys(catalog.modules).toSorted()).toEqual(slugs);
  for (const slug of slugs) {
    const { module } = await readToml<DescriptorFile>(example, "crates", `rustok-${slug}`, "module.toml");
    const { name, description, version } = module;
    expect(catalog.modules[slug]).toMatchObject({ slug, name, description, version, source: "path", crate: `rustok-${slug}`, path: `crates/rustok-${slug}` });
  }
});

describe("the host's files", () => {
  test("are valid", async () => {
    unwrap(parseManifest(await read("modules.toml"), "modules.toml"));
    expect(unwrap(parseHostDescriptor(await read("modyard.toml"), "modyard.toml")).toolchain).toBe("cargo");
    expect(unwrap(parseCatalog(await read("marketplace.toml"), "marketplace.toml")).entries).toHaveLength(slugs.length);
    for (const { slug, directory } of modules) expect(unwrap(parseDescriptor(await readFile(join(directory, "module.toml"), "utf8"), "module.toml")).slug).toBe(slug);
  });

  test("tell the same modules in modules.toml and in the server's Cargo.toml", async () => {
    const manifest = await readToml<{ modules: Record<string, { path: string; crate: string }> }>(example, "modules.toml");
    const { dependencies } = await readToml<CargoFile>(example, "apps", "server", "Cargo.toml");
    const declared = Object.entries(dependencies).filter(([crate]) => crate.startsWith("rustok-") && !own.includes(crate));
    expect(Object.fromEntries(declared)).toEqual(Object.fromEntries(Object.values(manifest.modules).map(({ crate, path }) => [crate, { path: `../../${path}` }])));
  });

  test("have a generated registry that is up to date", async () => {
    const checked = await startModyard(["generate-registry", "--check"], { cwd: example, env: {} }).done;
    expect(checked).toMatchObject({ code: 0 });
  });

  test("lock every crate of the workspace, and take all others from one registry", async () => {
    const { package: locked } = await readToml<{ package: { name: string; source?: string; checksum?: string }[] }>(example, "Cargo.lock");
    const here = locked.filter(({ source }) => source === undefined).map(({ name }) => name);
    expect(here.toSorted()).toEqual([...slugs.map((slug) => `rustok-${slug}`), ...own, "rustok-server", "xtask"].toSorted());
    const others = locked.filter(({ source }) => source !== undefined);
    expect(new Set(others.map(({ source }) => source)).size).toBe(1);
    expect(others.filter(({ source, checksum }) => !source?.startsWith("registry+") || checksum === undefined)).toEqual([]);
  });
});
