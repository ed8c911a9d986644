import { describe, expect, it } from "vitest";
import { unwrap } from "../../../errors/problem.ts";
import type { Descriptor } from "../../../manifest/descriptor.ts";
import { parseHostDescriptor } from "../../../manifest/parse-host-descriptor.ts";
import { parseManifest } from "../../../manifest/parse-manifest.ts";
import type { CrateFound, Found, PackageFound, ServerFound } from "../found.ts";
import { serverCandidates } from "./candidates.ts";
import { leastMajor } from "./manifest-file.ts";
import { propose } from "./propose.ts";

const nothing: Found = { git: { at: "root", branch: "main", commits: true, changed: 0 }, rootFiles: ["package-lock.json", "Cargo.lock", "Cargo.toml"], packages: [], crates: [], catalogued: [], problems: [] };

function packaged(directory: string, facts: Partial<PackageFound> = {}): PackageFound {
  return { directory, name: directory.split("/").at(-1) ?? "root", workspaces: [], scripts: {}, dependencies: {}, peerDependencies: {}, devDependencies: {}, ...facts };
}

function crate(directory: string, facts: Partial<CrateFound> = {}): CrateFound {
  return { directory, name: directory.split("/").at(-1) ?? "root", binaries: [], dependencies: {}, moduleTypes: [], ...facts };
}

function described(slug: string): { readonly descriptor: Descriptor } {
  return { descriptor: { slug, name: slug, description: "", version: "1.0.0", kind: "optional", dependencies: {}, conflicts: {}, compat: {}, packages: {}, settings: [], migrations: { policy: "expand" } } };
}

const scripts = { build: "tsc", test: "node --test" };

/** Proposes for what was found, and reads the files back as the rest of Modyard does. */
function proposed(found: Partial<Found>, server: Partial<ServerFound> = {}, name?: string) {
  const all: Found = { ...nothing, ...found };
  const candidates = serverCandidates(all);
  const chosen = candidates.find(({ directory }) => directory === name) ?? candidates[0];
  if (chosen === undefined) throw new Error("no candidate");
  const facts: ServerFound = { isTypeScript: true, entries: [], hasSrc: true, mentions: ["/health", "/health/modules", "PORT", "SIGTERM", "MODYARD_BUILD_ID"], installed: {}, ...server, toolchain: chosen.toolchain, directory: chosen.directory };
  const proposal = propose(all, candidates, chosen, facts);
  const text = (path: string): string => proposal.files.find((file) => file.path === path)?.text ?? "";
  return {
    ...proposal,
    directory: chosen.directory,
    codes: proposal.problems.map(({ code }) => code),
    hostText: text("modyard.toml"),
    host: () => unwrap(parseHostDescriptor(text("modyard.toml"), "modyard.toml")),
    manifest: () => unwrap(parseManifest(text("modules.toml"), "modules.toml")),
  };
}

const fastify = { dependencies: { fastify: "5.0.0", "@modyard/runtime": "0.1.0" } };

describe("which part is the server", () => {
  it.each<[string, Partial<Found>, string]>([
    ["the one with a web framework", { packages: [packaged("packages/a", { scripts: { start: "node a.js" } }), packaged("packages/b", { ...fastify })] }, "packages/b"],
    ["the one that is named so, among equals", { packages: [packaged("apps/jobs", fastify), packaged("apps/api", fastify)] }, "apps/api"],
    ["not the root that only starts another", { packages: [packaged("", { workspaces: ["apps/*"], scripts: { start: "npm start -w apps/x" } }), packaged("apps/x", { ...fastify })] }, "apps/x"],
    ["the root, where there is nothing else", { packages: [packaged("", { scripts: { start: "node index.js" } })] }, ""],
    ["not an example", { packages: [packaged("examples/server", { ...fastify, scripts: { start: "node x.js" } }), packaged("app", { ...fastify, scripts: { start: "node x.js" } })] }, "app"],
    ["not a module", { packages: [packaged("modules/server", { ...fastify, ...described("server") }), packaged("app", fastify)] }, "app"],
    ["the crate with axum, not xtask", { crates: [crate("xtask", { binaries: ["xtask"] }), crate("apps/server", { binaries: ["server"], dependencies: { axum: { packageName: "axum", features: [] } } })] }, "apps/server"],
    ["what modules.toml names", { packages: [packaged("apps/server", fastify), packaged("apps/other", fastify)], manifest: { schema: 1, app: "other", build: { profile: "release", deploymentProfile: "monolith" }, modules: [], settings: { defaultEnabled: [] } } }, "apps/other"],
  ])("%s", (_what, found, directory) => {
    expect(serverCandidates({ ...nothing, ...found })[0]?.directory).toBe(directory);
  });

  it("none among packages that serve nothing", () => {
    expect(serverCandidates({ ...nothing, packages: [packaged("lib"), packaged("", { workspaces: ["lib"] })], crates: [crate("crates/x")] })).toEqual([]);
  });
});

describe("a Node host", () => {
  it("in the usual layout needs next to nothing", () => {
    const { hostText, host, codes } = proposed({ packages: [packaged("", { workspaces: ["apps/*"], scripts }), packaged("apps/server", { ...fastify, scripts: { start: "node dist/main.js" } })] }, { outDir: "dist" });
    expect(hostText).toBe('# How to build and run this host; the preset says the rest.\nschema = 1\npreset = "npm-workspaces"\ncatalogs = []\n\n[environments.prod]\nlisten = "127.0.0.1:8080"\n');
    expect(host().registry.output).toBe("apps/server/src/modules/generated.ts");
    expect(codes).toEqual([]);
  });

  it("elsewhere says where", () => {
    const { host } = proposed({ packages: [packaged("", { workspaces: ["packages/*"] }), packaged("packages/api", { ...fastify, scripts: { ...scripts, start: "NODE_ENV=production node --enable-source-maps ./build/index.js" } })] }, { outDir: "build" });
    expect(host().registry.output).toBe("packages/api/src/modules/generated.ts");
    expect(host().environments[0]?.env).toEqual({ NODE_ENV: "production" });
    expect(host().surfaces[0]).toMatchObject({
      directory: "packages/api",
      build: ["npm", "run", "build", "--workspace", "packages/api"],
      test: ["npm", "run", "test", "--workspace", "packages/api"],
      output: ["build"],
      start: ["node", "--enable-source-maps", "build/index.js"],
    });
  });

  it.each<[string, Partial<PackageFound>, Partial<ServerFound>, readonly string[], readonly string[]]>([
    ["a plain script", { scripts: { start: "node server.js" } }, { isTypeScript: false, entries: ["server.js"] }, ["node", "server.js"], []],
    ["a script for a shell", { scripts: { start: "node -e '1' && node dist/x.js" } }, { outDir: "dist" }, ["npm", "start"], ["dist"]],
    ["another program", { scripts: { start: "next start", build: "next build" }, dependencies: { next: "15" } }, {}, ["npm", "start"], [".next", "public"]],
    ["no script, but an entry point", { main: "./lib/index.js", dependencies: { koa: "3" } }, {}, ["node", "lib/index.js"], ["lib"]],
    ["no script, and sources", { dependencies: { koa: "3" }, scripts: { build: "tsc" } }, { entries: ["src/server.ts"], outDir: "out" }, ["node", "out/server.js"], ["out"]],
    ["TypeScript that Node runs", { scripts: { start: "node src/main.ts" } }, { entries: ["src/main.ts"] }, ["node", "src/main.ts"], []],
  ])("is started by %s", (_what, facts, server, start, output) => {
    expect(proposed({ packages: [packaged("", facts)] }, server).host().surfaces[0]).toMatchObject({ start, output });
  });

  it("has its pages as surfaces, where they are pages", () => {
    const found = { packages: [packaged("", { workspaces: ["apps/*"], scripts }), packaged("apps/server", fastify), packaged("apps/admin"), packaged("apps/web", { dependencies: { vite: "8" } })] };
    expect(proposed(found).host().surfaces.map(({ name, directory }) => [name, directory])).toEqual([["server", "apps/server"], ["admin", "apps/admin"], ["storefront", "apps/web"]]);
    const next = proposed({ packages: [...found.packages.slice(0, 2), packaged("apps/web", { dependencies: { next: "15" } })] });
    expect(next.hostText).not.toContain("apps/web");
    expect(next.notes.join()).toContain("apps/web must run as a program of its own");
  });

  it.each<[string, Partial<Found>, Partial<ServerFound>, string]>([
    ["pnpm", { rootFiles: ["pnpm-lock.yaml"] }, {}, "package_manager_unsupported"],
    ["Yarn", { rootFiles: ["yarn.lock"] }, {}, "package_manager_unsupported"],
    ["a root that does not build the server", { packages: [packaged("server", { ...fastify, scripts: { start: "node x.js" } })] }, {}, "workspace_missing"],
    ["a root without that member", { packages: [packaged("", { workspaces: ["libs/*", "!server"], scripts }), packaged("server", fastify)] }, {}, "workspace_missing"],
    ["no runtime", { packages: [packaged("", { scripts: { ...scripts, start: "node x.js" } })] }, {}, "runtime_missing"],
    ["npm's placeholder", { packages: [packaged("", { ...fastify, scripts: { ...scripts, test: 'echo "Error: no test specified" && exit 1' } })] }, {}, "test_script_fails"],
    ["no health", { packages: [packaged("", { ...fastify, scripts })] }, { mentions: ["/health", "PORT"] }, "health_missing"],
    ["no repository", { git: { at: "none" } }, {}, "repository_missing"],
    ["a directory of a repository", { git: { at: "below", root: "../.." } }, {}, "repository_root_elsewhere"],
  ])("is told of %s", (_what, found, server, code) => {
    const { codes } = proposed({ packages: [packaged("", { ...fastify, scripts })], ...found }, server);
    expect(codes).toEqual([code]);
  });

  it("in JavaScript has its registry in JavaScript, and is told what CommonJS takes", () => {
    const javaScript = { isTypeScript: false, entries: ["main.js"] };
    const own = packaged("", { ...fastify, scripts: { start: "node main.js" }, node: ">=20" });
    const commonJs = proposed({ packages: [own] }, javaScript);
    expect(commonJs.host().registry.output).toBe("src/modules/generated.mjs");
    expect(commonJs.notes.join()).toMatch(/by `require` \(engines\.node is >=20\).*"type": "module"/);
    const esModule = proposed({ packages: [{ ...own, type: "module" }] }, { ...javaScript, hasSrc: false });
    expect(esModule.host().registry.output).toBe("modules/generated.js");
    expect(esModule.notes.join()).not.toContain("CommonJS");
  });
});

describe("modules.toml", () => {
  const host = [packaged("", { workspaces: ["apps/*"], scripts, node: ">=22.3 <25" }), packaged("apps/server", { dependencies: { ...fastify.dependencies, "@acme/blog": "file:../../modules/blog", "@acme/forum": "git+https://git.example/forum.git#v1.0.0", "@acme/shop": "^2.1.0" } })];
  const own = [packaged("modules/blog", { name: "@acme/blog", ...described("blog") }), packaged("modules/wiki", { name: "@acme/wiki", ...described("wiki") })];

  it("has the modules that the server depends on, wherever they come from", () => {
    const { manifest, notes } = proposed({ packages: [...host, ...own] }, { installed: { "@acme/forum": described("forum").descriptor, "@acme/shop": described("shop").descriptor } });
    expect(manifest()).toMatchObject({ app: "server", build: { target: "node22", profile: "release" }, settings: { defaultEnabled: ["blog", "forum", "shop"] } });
    expect(manifest().modules.map(({ slug, source, version, git, rev, path }) => ({ slug, source, version, git, rev, path }))).toEqual([
      { slug: "blog", source: "path", path: "modules/blog" },
      { slug: "forum", source: "git", git: "https://git.example/forum.git", rev: "v1.0.0" },
      { slug: "shop", source: "npm", version: "^2.1.0" },
    ]);
    expect(notes.join()).toContain("not in the build: wiki. Put wiki into marketplace.toml");
  });

  it("has all of them where the server depends on none, and enables what the registry enables", () => {
    const bare = [packaged("", { workspaces: ["apps/*"], scripts }), packaged("apps/server", fastify), ...own];
    expect(proposed({ packages: bare }).manifest().modules.map(({ slug }) => slug)).toEqual(["blog", "wiki"]);
    const registry = { path: "apps/server/src/reg.ts", text: 'export const defaultEnabled: readonly ModuleSlug[] = ["wiki", "gone"];' };
    const again = proposed({ packages: bare }, { registry });
    expect(again.manifest().settings.defaultEnabled).toEqual(["wiki"]);
    expect(again.host().registry.output).toBe("apps/server/src/reg.ts");
  });

  it("takes no hostile name in, and says so", () => {
    const names = ['@acme/"] }\nevil = 1 #', "../../etc/passwd", "__proto__", "a".repeat(300), 'x"\u001b[31m', "@acme/blog"];
    const hostile = names.map((name, index) => packaged(`modules/m${index}`, { name, peerDependencies: { "@modyard/runtime": "*" } }));
    const { manifest, problems, host: read } = proposed({ packages: [packaged("", { workspaces: ["apps/*"], scripts }), packaged("apps/server", { ...fastify, name: 'se"rver\n[x]' }), ...hostile, packaged('modules/"quoted"\\', { ...described("quoted"), name: "quoted" })] });
    expect(manifest().modules.map(({ slug }) => slug)).toEqual(["blog"]);
    expect(manifest().app).toBe("server");
    expect(problems.map(({ code }) => code)).toEqual(Array.from({ length: 6 }, () => "module_left_out"));
    expect(read().schema).toBe(1);
  });

  it("has one module for each slug", () => {
    const twice = [packaged("modules/a", { name: "a", ...described("blog") }), packaged("modules/b", { name: "b", ...described("blog") })];
    const { manifest, problems } = proposed({ packages: [...host.slice(0, 1), packaged("apps/server", fastify), ...twice] });
    expect(manifest().modules).toHaveLength(1);
    expect(problems.map(({ code, message }) => [code, message])).toEqual([["module_left_out", "modules/b is left out of modules.toml: another module has this slug"]]);
  });

  it("is valid for 5,000 modules", () => {
    const many = Array.from({ length: 5000 }, (_, index) => packaged(`modules/m${index}`, { name: `@acme/m${index}`, ...described(`m${index}`) }));
    const { manifest, host: read } = proposed({ packages: [packaged("", { ...fastify, scripts }), ...many] });
    expect(manifest().modules).toHaveLength(5000);
    expect(read().preset).toBe("npm");
  });
});

describe("a Rust host", () => {
  const core = crate("crates/rustok-core", { name: "rustok-core" });
  const dependencies = { axum: { packageName: "axum", version: "0.8", features: [] }, "rustok-core": { packageName: "rustok-core", path: "crates/rustok-core", features: [] } };
  const cargo = { isWorkspace: true, members: ["apps/*", "crates/*"], exclude: [], patched: ["rustok-core"] };
  const server = crate("apps/server", { name: "rustok-server", binaries: ["rustok-server"], dependencies });

  const commands = (more: Partial<Found>): string[] => proposed({ crates: [server, core], cargo, rootFiles: ["Cargo.toml"], ...more }).steps.flatMap((step) => step.commands);

  it("in RusToK's layout needs next to nothing; its crates are its modules", () => {
    const crates = [server, core, crate("crates/rustok-blog", { name: "rustok-blog", moduleTypes: ["BlogModule"] }), crate("crates/rustok-events", { name: "rustok-events" }), crate("crates/rustok-my-shop", { name: "rustok-my-shop", moduleTypes: ["Shop"] })];
    const { host, hostText, manifest, notes, codes } = proposed({ crates, cargo });
    expect(host().toolchain).toBe("cargo");
    expect(hostText).not.toContain("[registry]");
    expect(manifest().modules).toMatchObject([{ slug: "blog", packageName: "rustok-blog", path: "crates/rustok-blog" }, { slug: "my-shop", packageName: "rustok-my-shop" }]);
    expect(notes.join()).toContain('crates/rustok-my-shop has no type MyShopModule: write `[crate] entry_type = "Shop"`');
    expect(codes).toEqual([]);
  });

  it("keeps crates of registry and git, with their features and cargo's target", () => {
    const foreign = { ...dependencies, "rustok-forum": { packageName: "rustok-forum", version: "0.3", features: ["comments"] }, "rustok-shop": { packageName: "rustok-shop", git: "https://git.example/shop", rev: "v1", features: [] }, serde: { packageName: "serde", version: "1", features: [] } };
    const registry = { path: "apps/server/src/modules/generated.rs", text: 'use rustok_forum::ForumModule;\nuse rustok_shop::ShopModule;\npub const DEFAULT_ENABLED: &[&str] = &["shop"];\n' };
    const { manifest, notes } = proposed({ crates: [crate("apps/server", { ...server, dependencies: foreign }), core], cargo: { ...cargo, target: "x86_64-unknown-linux-musl", patched: [] } }, { registry });
    expect(manifest().build.target).toBe("x86_64-unknown-linux-musl");
    expect(manifest().settings.defaultEnabled).toEqual(["shop"]);
    expect(manifest().modules).toMatchObject([{ slug: "forum", source: "crates-io", version: "0.3", features: ["comments"] }, { slug: "shop", source: "git", git: "https://git.example/shop", rev: "v1" }]);
    expect(notes.join()).toContain('`[patch.crates-io]` with `rustok-core = { path = "crates/rustok-core" }`');
  });

  it("elsewhere says where, and is told what it lacks", () => {
    const { host, codes } = proposed({ crates: [crate("", { name: "shop", binaries: ["shop"] })], rootFiles: ["Cargo.toml"], cargo: { isWorkspace: false, members: [], exclude: [], patched: [] } }, { mentions: [] });
    expect(host().registry.output).toBe("src/modules/generated.rs");
    expect(host().surfaces[0]?.directory).toBe(".");
    expect(codes).toEqual(["runtime_missing", "health_missing"]);
  });

  it.each<[string, NonNullable<Found["cargo"]>, string | undefined]>([
    ["a root that is no workspace", { ...cargo, isWorkspace: false, members: [] }, "has no `[workspace]`"],
    ["a workspace without it", { ...cargo, members: ["crates/*"] }, "`members` of the root's `[workspace]` does not name it"],
    ["a workspace that excludes it", { ...cargo, exclude: ["apps/server/"] }, "does not name it"],
    ["nothing, in a workspace with it", cargo, undefined],
  ])("is told of %s", (_what, found, words) => {
    const { problems } = proposed({ crates: [server, core], cargo: found });
    expect(problems).toMatchObject(words === undefined ? [] : [{ code: "workspace_missing", message: expect.stringContaining(words) as string }]);
  });

  it("is told to let cargo write its lockfile, and to commit what git does not know", () => {
    expect(commands({})).toEqual(expect.arrayContaining(["cargo test --manifest-path apps/server/Cargo.toml", "git add modyard.toml modules.toml apps/server/src/modules/generated.rs Cargo.lock"]));
    expect(commands({ git: { at: "root", commits: false } })).toContain("git add --all");
    expect(commands({ rootFiles: ["Cargo.toml", "Cargo.lock"] })).toEqual(expect.arrayContaining(["cargo test --locked --manifest-path apps/server/Cargo.toml", "git add modyard.toml modules.toml apps/server/src/modules/generated.rs"]));
  });

  it("may have its core by another name, but code must call it rustok-core", () => {
    const [named, renamed] = [["rustok_core", "acme-core"], ["core", "rustok-core"]].map(([key = "", packageName = ""]) => proposed({ crates: [crate("apps/server", { ...server, dependencies: { [key]: { packageName, features: [] } } })], cargo }));
    expect([named?.codes, renamed?.codes]).toEqual([[], ["runtime_missing"]]);
  });

  it("of several programs is asked which one is the server, unless it says so", () => {
    const facts: readonly Partial<CrateFound>[] = [{ binaries: ["api", "worker"] }, { binaries: ["api", "worker"], defaultRun: "worker" }, { binaries: ["rustok-server", "worker"] }, { binaries: ["server", "worker"] }, { binaries: ["api"] }];
    const [asked, ...others] = facts.map((each) => proposed({ crates: [crate("apps/server", { ...server, ...each }), core], cargo }).notes.join());
    expect(asked).toContain('rustok-server has the programs api, worker. Say which is the server: `default-run = "api"`');
    expect(others.join()).not.toContain("default-run");
  });
});

it("proposes only the file that is missing", () => {
  const { files, notes } = proposed({ packages: [packaged("", { ...fastify, scripts })], rootFiles: ["modyard.toml", "package-lock.json"] });
  expect(files.map(({ path }) => path)).toEqual(["modules.toml"]);
  expect(notes[0]).toBe("modyard.toml is there already and stays as it is.");
});

it.each([[">=20", 20], ["^22.1.0 || ^24", 22], ["20.x", 20], ["*", undefined], ["node!", undefined], [undefined, undefined]])("the least Node of %s is %s", (range, major) => {
  expect(leastMajor(range)).toBe(major);
});
