import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { HostDescriptor } from "../../../packages/control-plane/src/manifest/host-descriptor.ts";
import { cargoToolchain } from "../../../packages/control-plane/src/toolchains/cargo/index.ts";
import { type CargoRegistryOptions, startCargoRegistry } from "../../support/cargo-registry.ts";
import { cargo } from "../../support/requirement.ts";
import type { ModuleToWrite, TestRegistry, ToolchainFixture } from "./fixture.ts";
import { commitAll, writeFiles } from "./files.ts";

/** The cargo side of the suite. Crates are a few lines each, so that the compiler is done in an instant. */
export const cargoFixture = {
  toolchain: cargoToolchain,
  requirement: cargo,
  registrySource: "crates-io",
  packageName: (slug) => `acme-${slug}`,
  exactly: (version) => `=${version}`,
  integrity: /^[0-9a-f]{64}$/,
  createHost,
  writeModule,
  startRegistry: () => startOwnRegistry(),
  writableDuringResolve: (cacheDirectory) => join(cacheDirectory, "cargo", "home"),
  lockedVersion,
  artifact: {
    has: ["apps/server/bin/server", "apps/server/static/greeting.txt", "modules/forum/module.toml", "modules/forum/notes.md"],
    lacks: ["Cargo.toml", "Cargo.lock", "apps/server/Cargo.toml", "apps/server/src", "modules/forum/Cargo.toml", "modules/forum/src", "target", "apps/server/bin/server.d"],
  },
} as const satisfies ToolchainFixture;

const surface = { health: "/health", modulesHealth: "/health/modules" } as const;

async function createHost(directory: string): Promise<HostDescriptor> {
  await writeFiles(directory, {
    "Cargo.toml": `[workspace]\nresolver = "2"\nmembers = ["apps/server"]\n\n[workspace.package]\nversion = "0.2.0"\nedition = "2021"\n`,
    "apps/server/Cargo.toml": `[package]\nname = "host-server"\nversion.workspace = true\nedition.workspace = true\npublish = false\n\n[dependencies]\n# what every page needs\nacme-library = "1.0"   # the tested one\n`,
    "apps/server/src/main.rs": `fn main() {\n    println!("{}", acme_library::greeting());\n}\n`,
    "apps/server/static/greeting.txt": "Needed at run time.\n",
    ".gitignore": "target\n/apps/server/bin\n",
  });
  await commitAll(directory);
  return {
    schema: 1,
    toolchain: "cargo",
    registry: { output: "apps/server/src/modules/generated.rs" },
    surfaces: [
      { name: "server", directory: "apps/server", build: ["cargo", "build", "--locked"], test: ["cargo", "test", "--locked"], output: ["bin/server"], start: ["bin/server"], ...surface },
      { name: "admin", directory: "apps/admin", build: ["cargo", "build", "--locked", "-p", "host-server"], output: ["dist"], ...surface },
    ],
    pathRoots: [],
    catalogs: [],
    environments: [],
  };
}

async function writeModule(directory: string, module: ModuleToWrite): Promise<void> {
  const { slug, version = "1.0.0", descriptorSlug = slug, fault, scriptWrites, dependencies = {}, unpreparable } = module;
  const needs = Object.entries(dependencies).map(([name, range]) => `${name} = ${JSON.stringify(range)}\n`).join("");
  const preparation = unpreparable === true ? `[dev-dependencies]\nacme-no-such-tool = "1"\n` : "";
  await writeFiles(directory, {
    "Cargo.toml": `[package]\nname = "acme-${slug}"\nversion = "${version}"\nedition = "2021"\ndescription = "Module ${slug}"\n\n[lib]\ndoctest = false\n\n[dependencies]\n${needs}${preparation}`,
    ...(descriptorSlug === "none" ? {} : { "module.toml": `[module]\nslug = "${descriptorSlug}"\nname = "${slug}"\nversion = "${version}"\n` }),
    "src/lib.rs": `pub fn greeting() -> &'static str { "${slug} ${version}" }\n${fault === "compile" ? "pub const WRONG: u32 = broken;\n" : ""}${testOf(slug, fault)}`,
    ...(scriptWrites === undefined ? {} : { "build.rs": buildScript(scriptWrites) }),
    "notes.md": "Read at run time, for all that a build can tell.\n",
  });
}

function testOf(slug: string, fault: ModuleToWrite["fault"]): string {
  return `#[cfg(test)]\nmod tests {\n    #[test]\n    fn ${slug}_greets() { assert_eq!(1, ${fault === "test" ? 2 : 1}) }\n}\n`;
}

/** Leaves its trace at that path, and in the cargo home wherever the sandbox shows it. */
function buildScript(path: string): string {
  return `fn main() {
    let _ = std::fs::write(${JSON.stringify(path)}, "build.rs");
    if let Some(home) = std::env::var_os("CARGO_HOME") {
        let _ = std::fs::write(std::path::Path::new(&home).join(${JSON.stringify(basename(path))}), "build.rs");
    }
}
`;
}

/** Starts a registry of the test's own and sets cargo up for it until it stops. */
export async function startOwnRegistry(options: CargoRegistryOptions = {}): Promise<TestRegistry> {
  const registry = await startCargoRegistry(options);
  const directory = await mkdtemp(join(tmpdir(), "modyard-cargo-packages-"));
  const dead = join(directory, "home");
  const before = process.env["CARGO_HOME"];
  process.env["CARGO_HOME"] = registry.cargoHome;
  await writeFiles(dead, { "config.toml": `[source.crates-io]\nreplace-with = "dead"\n\n[source.dead]\nregistry = "sparse+http://127.0.0.1:9/index/"\n\n[net]\nretry = 0\n` });
  await writeModule(join(directory, "library"), { slug: "library", version: "1.0.3" });
  await registry.publish(join(directory, "library"));
  return {
    publish: registry.publish,
    yank: registry.yank,
    async whileUnreachable(act) {
      process.env["CARGO_HOME"] = dead;
      return act().finally(() => (process.env["CARGO_HOME"] = registry.cargoHome));
    },
    async whileAway(act) {
      const proxy = process.env["CARGO_HTTP_PROXY"];
      process.env["CARGO_HTTP_PROXY"] = "http://127.0.0.1:9/";
      return act().finally(() => {
        if (proxy === undefined) delete process.env["CARGO_HTTP_PROXY"];
        else process.env["CARGO_HTTP_PROXY"] = proxy;
      });
    },
    async stop() {
      if (before === undefined) delete process.env["CARGO_HOME"];
      else process.env["CARGO_HOME"] = before;
      await registry.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function lockedVersion(workspace: string, packageName: string): Promise<string | undefined> {
  const text = await readFile(join(workspace, "Cargo.lock"), "utf8");
  return new RegExp(`^name = "${packageName}"\nversion = "([^"]+)"`, "m").exec(text)?.[1];
}
