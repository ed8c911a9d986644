import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, readlink, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { createSandbox, type SandboxOptions } from "../../../packages/control-plane/src/build/sandbox/sandbox.ts";
import type { ComposedModule } from "../../../packages/control-plane/src/composition/composition.ts";
import type { Problem } from "../../../packages/control-plane/src/errors/problem.ts";
import type { HostDescriptor, Surface } from "../../../packages/control-plane/src/manifest/host-descriptor.ts";
import type { ModuleSpec } from "../../../packages/control-plane/src/manifest/manifest.ts";
import type { Command, DescriptorSource, RunCommand, StepOutcome, Toolchain, ToolchainContext } from "../../../packages/control-plane/src/toolchains/toolchain.ts";
import { type GitServer, serveGit } from "../../support/git-http.ts";
import { commitAll, git } from "./files.ts";
import type { TestRegistry, ToolchainFixture } from "./fixture.ts";

const plain = { features: [], required: false, dependsOn: [] } as const;

/**
 * What the tests of one toolchain stand on: a host with the path modules base (installed) and forum, poll 1.0.0, 1.2.0 and 2.0.0
 * in a registry, wiki in a git repository (v1 is 1.0.0 and would leave a trace if code of it ran, main is 1.1.0), and for each test
 * a fresh checkout of that host.
 */
export interface ToolchainKit {
  readonly fixture: ToolchainFixture;
  readonly toolchain: Toolchain;
  readonly host: HostDescriptor;
  readonly registry: TestRegistry;
  readonly gitServer: GitServer;
  /** The commit of wiki's tag v1. */
  readonly tagged: string;
  /** Lives as long as the suite; holds `cache`, `packages`, `git` and `host`. */
  readonly shared: string;
  /** Lives as long as one test. */
  readonly root: string;
  /** This test's checkout, in `root`. */
  readonly workspace: string;
  /** What ran in the sandbox since `context` was called last. */
  readonly commands: readonly Command[];
  readonly log: readonly string[];
  /** The file that code of wiki v1 would write. */
  readonly trace: string;
  context(more?: Partial<ToolchainContext>): ToolchainContext;
  source(): DescriptorSource & { readonly pathRoots: string[] };
  path(slug: string, at?: string): ModuleSpec;
  fromGit(rev: string, address?: string): ModuleSpec;
  published(version: string, slug?: string): ModuleSpec;
  /** The host with another build command of its server, which need make nothing, and no other surface. */
  hostThatBuilds(...build: readonly string[]): HostDescriptor;
  /** Makes a fresh checkout of the host: tracked files only, as the pipeline does. */
  checkout(to: string): Promise<void>;
  /** Resolves base and these modules in the workspace and commits the result. */
  installed(...specs: ModuleSpec[]): Promise<void>;
  /** The artifact: path -> what the file holds or the link points to. */
  collected(workspace: string): Promise<Map<string, string>>;
}

/** Modules as the pipeline hands them to `compile` and `test`. */
export const compose = (...specs: ModuleSpec[]): ComposedModule[] => specs.map((spec) => ({ slug: spec.slug, name: spec.slug, spec, version: "1.0.0", kind: "optional", dependsOn: [], migrationPolicy: "expand" }));

export function problemsOf(outcome: StepOutcome): readonly Problem[] {
  return outcome.ok ? [] : outcome.problems;
}

/** A sandbox without anything to hide, for tests that need one of their own. */
export function plainSandbox(workspace: string, scratchDirectory: string, more: Pick<SandboxOptions, "limits" | "capabilities"> = {}): RunCommand {
  return createSandbox({ workspace, hiddenDirectories: [], scratchDirectory, onLine: () => {}, signal: new AbortController().signal, ...more });
}

/** Sets the kit up with vitest's hooks; its members may be used in tests only. */
export function useToolchainKit(fixture: ToolchainFixture): ToolchainKit {
  const kit = new Kit(fixture);
  beforeAll(() => kit.setUp());
  afterAll(() => kit.tearDown());
  beforeEach(() => kit.begin());
  afterEach(() => rm(kit.root, { recursive: true, force: true }));
  return kit;
}

class Kit implements ToolchainKit {
  readonly fixture: ToolchainFixture;
  shared = "";
  root = "";
  workspace = "";
  tagged = "";
  commands: Command[] = [];
  log: string[] = [];
  #host: HostDescriptor | undefined;
  #registry: TestRegistry | undefined;
  #gitServer: GitServer | undefined;

  constructor(fixture: ToolchainFixture) {
    this.fixture = fixture;
  }

  get toolchain(): Toolchain {
    return this.fixture.toolchain;
  }

  get host(): HostDescriptor {
    return started(this.#host);
  }

  get registry(): TestRegistry {
    return started(this.#registry);
  }

  get gitServer(): GitServer {
    return started(this.#gitServer);
  }

  get trace(): string {
    return join(this.fixture.writableDuringResolve(join(this.shared, "cache")), "script-ran");
  }

  async setUp(): Promise<void> {
    const { fixture } = this;
    this.shared = this.root = await realpath(await mkdtemp(join(tmpdir(), "modyard-toolchain-")));
    this.#registry = await fixture.startRegistry();
    this.#gitServer = await serveGit(join(this.shared, "git"));
    for (const version of ["1.0.0", "1.2.0", "2.0.0"]) {
      await fixture.writeModule(join(this.shared, "packages", version), { slug: "poll", version });
      await this.registry.publish(join(this.shared, "packages", version));
    }
    await this.writeGitModule(join(this.shared, "git", "wiki.git"));
    this.workspace = join(this.shared, "host");
    this.#host = await fixture.createHost(this.workspace);
    for (const slug of ["base", "forum"]) await fixture.writeModule(join(this.workspace, "modules", slug), { slug });
    await this.installed();
  }

  async writeGitModule(repository: string): Promise<void> {
    await this.fixture.writeModule(repository, { slug: "wiki", version: "1.0.0", unpreparable: true, scriptWrites: this.trace });
    this.tagged = await commitAll(repository);
    await git(repository, "tag", "--annotate", "--message", "one", "v1");
    await this.fixture.writeModule(repository, { slug: "wiki", version: "1.1.0" });
    await commitAll(repository);
  }

  async tearDown(): Promise<void> {
    await this.#registry?.stop();
    await this.#gitServer?.stop();
    await rm(this.shared, { recursive: true, force: true });
  }

  async begin(): Promise<void> {
    this.root = await realpath(await mkdtemp(join(tmpdir(), "modyard-build-")));
    this.workspace = join(this.root, "workspace");
    await this.checkout(this.workspace);
  }

  async checkout(to: string): Promise<void> {
    await git(this.shared, "clone", "--quiet", join(this.shared, "host"), to);
  }

  context(more: Partial<ToolchainContext> = {}): ToolchainContext {
    this.commands = [];
    this.log = [];
    const workspace = more.workspace ?? this.workspace;
    const hiddenDirectories = [this.shared].filter((hidden) => hidden !== this.root);
    const run = createSandbox({ workspace, hiddenDirectories, scratchDirectory: join(this.root, "scratch"), onLine: (line) => this.log.push(stripVTControlCharacters(line.text)), signal: new AbortController().signal });
    const recorded = (command: Command): ReturnType<RunCommand> => {
      this.commands.push(command);
      return run(command);
    };
    return {
      workspace,
      trackedFiles: trackedFiles(workspace),
      host: this.host,
      app: "host-server",
      cacheDirectory: join(this.shared, "cache"),
      profile: "release",
      pathRoots: [],
      allowScripts: [],
      useCache: true,
      run: Object.assign(recorded, { protects: run.protects }),
      log: (text) => this.log.push(text),
      progress: () => {},
      ...more,
    };
  }

  source(): DescriptorSource & { readonly pathRoots: string[] } {
    return { hostDirectory: this.workspace, pathRoots: [], cacheDirectory: join(this.shared, "cache") };
  }

  path(slug: string, at = `modules/${slug}`): ModuleSpec {
    return { ...plain, slug, packageName: this.fixture.packageName(slug), source: "path", path: at };
  }

  fromGit(rev: string, address = `${this.gitServer.url}/wiki.git`): ModuleSpec {
    return { ...plain, slug: "wiki", packageName: this.fixture.packageName("wiki"), source: "git", git: address, rev };
  }

  published(version: string, slug = "poll"): ModuleSpec {
    return { ...plain, slug, packageName: this.fixture.packageName(slug), source: this.fixture.registrySource, version };
  }

  hostThatBuilds(...build: readonly string[]): HostDescriptor {
    const [server] = this.host.surfaces;
    return { ...this.host, surfaces: [{ ...(server as Surface), build, output: [] }] };
  }

  async installed(...specs: ModuleSpec[]): Promise<void> {
    expect(await this.toolchain.resolve(this.context(), [this.path("base"), ...specs], [])).toMatchObject({ ok: true });
    await commitAll(this.workspace);
  }

  async collected(workspace: string): Promise<Map<string, string>> {
    const entries = await this.toolchain.collect(this.context({ workspace }));
    return new Map(await Promise.all(entries.map(async (entry) => [entry.path, await readlink(entry.source).catch(() => readFile(entry.source, "latin1"))] as const)));
  }
}

function started<T>(part: T | undefined): T {
  if (part === undefined) throw new Error("the kit is there in tests only");
  return part;
}

function trackedFiles(directory: string): string[] {
  return existsSync(join(directory, ".git")) ? execFileSync("git", ["-C", directory, "ls-files"], { encoding: "utf8" }).trim().split("\n") : [];
}
