import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { sandboxCapabilities, type SandboxCapabilities } from "../../packages/control-plane/src/build/sandbox/capabilities.ts";
import { createSandbox, type SandboxLimits } from "../../packages/control-plane/src/build/sandbox/sandbox.ts";
import type { ComposedModule } from "../../packages/control-plane/src/composition/composition.ts";
import { PRESETS } from "../../packages/control-plane/src/manifest/presets.ts";
import type { HostDescriptor, Surface } from "../../packages/control-plane/src/manifest/host-descriptor.ts";
import { findRustTools } from "../../packages/control-plane/src/toolchains/cargo/rust-tools.ts";
import type { Command, ToolchainContext } from "../../packages/control-plane/src/toolchains/toolchain.ts";

/** Path -> text of the files of a host. */
export type Files = Readonly<Record<string, string>>;

export const protects = (await sandboxCapabilities()).ownFiles;

const crate = (name: string, more = ""): string => `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "2021"\n${more}`;

/** A module's crate, whose type is registered by the generated file. */
export function moduleFiles(slug: string, lib?: string, manifest = ""): Files {
  const type = `${slug[0]?.toUpperCase()}${slug.slice(1)}Module`;
  const body = `use rustok_core::RusToKModule;
pub struct ${type};
impl ${type} { pub fn new() -> Self { ${type} } }
impl RusToKModule for ${type} { fn slug(&self) -> &'static str { "${slug}" } }
`;
  return {
    [`crates/rustok-${slug}/Cargo.toml`]: crate(`rustok-${slug}`, `${manifest}[dependencies]\nrustok-core = { path = "../rustok-core" }\n`),
    [`crates/rustok-${slug}/src/lib.rs`]: lib ?? body,
    [`crates/rustok-${slug}/module.toml`]: `[module]\nslug = "${slug}"\n`,
  };
}

/** A tiny host without dependencies from elsewhere, with these modules installed. */
export function hostFiles(slugs: readonly string[], more: Files = {}): Files {
  const types = slugs.map((slug) => `${slug[0]?.toUpperCase()}${slug.slice(1)}Module`);
  return {
    "Cargo.toml": `[workspace]\nresolver = "2"\nmembers = ["apps/server", "crates/*"]\n`,
    "modules.toml": "schema = 1\n",
    "README.md": "A host.\n",
    "apps/server/Cargo.toml": crate("host-server", `[dependencies]\nrustok-core = { path = "../../crates/rustok-core" }\n${slugs.map((slug) => `rustok-${slug} = { path = "../../crates/rustok-${slug}" }\n`).join("")}`),
    "apps/server/src/main.rs": `mod modules;\nfn main() {\n    let mut registry = rustok_core::ModuleRegistry::default();\n    modules::generated::register_modules(&mut registry);\n    println!("{}", registry.slugs().join(","));\n}\n`,
    "apps/server/src/modules/mod.rs": "pub mod generated;\n",
    "apps/server/src/modules/generated.rs": `use rustok_core::ModuleRegistry;\n\n${slugs.map((slug, index) => `use rustok_${slug}::${types[index]};\n`).join("")}\npub fn register_modules(${slugs.length === 0 ? "_" : ""}registry: &mut ModuleRegistry) {\n${types.map((type) => `    registry.register(Box::new(${type}::new()));\n`).join("")}}\n`,
    "crates/rustok-core/Cargo.toml": crate("rustok-core"),
    "crates/rustok-core/src/lib.rs": `pub trait RusToKModule { fn slug(&self) -> &'static str; }
#[derive(Default)]
pub struct ModuleRegistry { modules: Vec<Box<dyn RusToKModule>> }
impl ModuleRegistry {
    pub fn register(&mut self, module: Box<dyn RusToKModule>) { self.modules.push(module); }
    pub fn slugs(&self) -> Vec<&'static str> { self.modules.iter().map(|module| module.slug()).collect() }
}
`,
    ...Object.assign({}, ...slugs.map((slug) => moduleFiles(slug))),
    ...more,
  };
}

export function composed(...slugs: string[]): ComposedModule[] {
  return slugs.map((slug) => ({ slug, name: slug, version: "0.1.0", kind: "optional", dependsOn: [], migrationPolicy: "expand", spec: { slug, packageName: `rustok-${slug}`, source: "path", path: `crates/rustok-${slug}`, features: [], required: false, dependsOn: [] } }));
}

/** A host of the preset, with what differs in its server surface, and further surfaces. */
export function descriptor(server: Partial<Surface> = {}, more: readonly Surface[] = []): HostDescriptor {
  const written = PRESETS.cargo.surfaces.server;
  const surface = { name: "server", directory: "apps/server", build: written?.build, test: written?.test, output: written?.output ?? [], start: written?.start, health: "/health", modulesHealth: "/health/modules", ...server } as Surface;
  return { schema: 1, preset: "cargo", toolchain: "cargo", registry: PRESETS.cargo.registry, surfaces: [surface, ...more], pathRoots: [], catalogs: [], environments: [] } as unknown as HostDescriptor;
}

/** What happened during one step. */
export interface Seen {
  readonly commands: Command[];
  /** Lines as the programs printed them. */
  readonly raw: string[];
  /** Lines of the log, colours kept. */
  readonly log: string[];
  readonly progress: (readonly [number, number])[];
}

/** Names of the crates that cargo compiled, and of those that it found compiled. */
export function freshness({ raw }: Seen): { readonly compiled: string[]; readonly fresh: string[] } {
  const artifacts = raw.filter((line) => line.startsWith('{"reason":"compiler-artifact"')).map((line) => JSON.parse(line) as { target: { name: string }; fresh: boolean });
  const names = (fresh: boolean): string[] => [...new Set(artifacts.filter((artifact) => artifact.fresh === fresh).map(({ target }) => target.name))].toSorted();
  return { compiled: names(false), fresh: names(true) };
}

export interface Checkout {
  readonly workspace: string;
  readonly context: ToolchainContext;
  readonly seen: Seen;
}

export interface CheckoutOptions extends Partial<Omit<ToolchainContext, "run" | "workspace">> {
  readonly data?: string;
  readonly capabilities?: SandboxCapabilities;
  readonly limits?: SandboxLimits;
  readonly signal?: AbortSignal;
  /** Called for each raw line. */
  readonly onRaw?: (line: string) => void;
}

/** A data directory of one test file, with fresh checkouts in it. */
export class RustHosts {
  readonly root: string;
  #count = 0;

  private constructor(root: string) {
    this.root = root;
  }

  static async create(): Promise<RustHosts> {
    return new RustHosts(await realpath(await mkdtemp(join(tmpdir(), "modyard-cargo-"))));
  }

  /** Writes the files as a checkout of their own, every one with a new time, and locks them. */
  async checkOut(files: Files, { data = "data", capabilities, limits, signal, onRaw, ...more }: CheckoutOptions = {}): Promise<Checkout> {
    this.#count += 1;
    const dataDirectory = join(this.root, data);
    const workspace = join(dataDirectory, "workspaces", String(this.#count), "host");
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(workspace, path)), { recursive: true });
      await writeFile(join(workspace, path), text);
    }
    const tools = await findRustTools(workspace);
    if (!tools.ok) throw new Error(tools.problems[0]?.message);
    if (files["Cargo.lock"] === undefined) execFileSync(tools.value.cargo, ["generate-lockfile", "--offline"], { cwd: workspace, stdio: "pipe" });
    const seen: Seen = { commands: [], raw: [], log: [], progress: [] };
    const run = createSandbox({
      workspace,
      hiddenDirectories: [dataDirectory],
      scratchDirectory: join(dataDirectory, "workspaces", String(this.#count), "scratch"),
      onLine: ({ text }) => seen.log.push(text),
      signal: signal ?? new AbortController().signal,
      ...(limits === undefined ? {} : { limits }),
      ...(capabilities === undefined ? {} : { capabilities }),
    });
    const recorded = (command: Command): ReturnType<typeof run> => {
      seen.commands.push(command);
      return run({ ...command, present: (line) => {
        seen.raw.push(line.text);
        onRaw?.(line.text);
        return command.present?.(line) ?? [line];
      } });
    };
    const context: ToolchainContext = {
      workspace,
      trackedFiles: [...Object.keys(files), "Cargo.lock"].toSorted(),
      host: descriptor(),
      app: "host-server",
      cacheDirectory: join(dataDirectory, "cache"),
      profile: "debug",
      pathRoots: [],
      allowScripts: [],
      useCache: true,
      run: Object.assign(recorded, { protects: run.protects }),
      ...(signal === undefined ? {} : { signal }),
      log: (text) => seen.log.push(text),
      progress: (done, total) => seen.progress.push([done, total]),
      ...more,
    };
    return { workspace, context, seen };
  }

  remove(): Promise<void> {
    return rm(this.root, { recursive: true, force: true });
  }
}

/** The log as a person without colours reads it. */
export function plainLog({ log }: Seen): string {
  return stripVTControlCharacters(log.join("\n"));
}
