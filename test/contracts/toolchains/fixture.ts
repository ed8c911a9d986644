import type { HostDescriptor } from "../../../packages/control-plane/src/manifest/host-descriptor.ts";
import type { Toolchain } from "../../../packages/control-plane/src/toolchains/toolchain.ts";
import type { Requirement } from "../../support/requirement.ts";

/** A module to write for a test. */
export interface ModuleToWrite {
  readonly slug: string;
  readonly version?: string;
  /** What module.toml says; the slug where absent. `none`: no module.toml at all. */
  readonly descriptorSlug?: string;
  /** A module that does not compile, or whose test fails. */
  readonly fault?: "compile" | "test";
  /** A file that code of the module would write while it is prepared or built (npm's lifecycle scripts, cargo's build.rs), if it ran. */
  readonly scriptWrites?: string;
  /** Whoever tried to prepare it for use from git would fail: it must be taken as it was committed. */
  readonly unpreparable?: boolean;
  /** Packages of the registry that it needs: name -> range. */
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** A registry with packages of the test's own. While it runs, the toolchain's package manager uses it. */
export interface TestRegistry {
  publish(...directories: string[]): Promise<void>;
  /** Takes a version away from everybody who has not locked it, where the registry can. */
  yank?(name: string, version: string): void;
  /** Runs something while the package manager is set up for a registry that does not answer. */
  whileUnreachable<T>(act: () => Promise<T>): Promise<T>;
  /** Runs something while there is no way to the registry that the package manager is set up for. */
  whileAway<T>(act: () => Promise<T>): Promise<T>;
  stop(): Promise<void>;
}

/** What one toolchain's side of the contract suite has to bring along. */
export interface ToolchainFixture {
  readonly toolchain: Toolchain;
  /** What the tests need beside what the repository installs. */
  readonly requirement?: Requirement;
  readonly registrySource: "npm" | "crates-io";
  packageName(slug: string): string;
  /** The range that only this version meets. */
  exactly(version: string): string;
  /** How the integrity of a package of the registry looks. */
  readonly integrity: RegExp;
  /** Writes and commits a host without modules; its build compiles what it depends on, its test runs the modules' tests. */
  createHost(directory: string): Promise<HostDescriptor>;
  writeModule(directory: string, module: ModuleToWrite): Promise<void>;
  startRegistry(): Promise<TestRegistry>;
  /** A directory that code of a module could write during `resolve`, if it ran. */
  writableDuringResolve(cacheDirectory: string): string;
  /** The version that the host's lockfile has for a package, or undefined. */
  lockedVersion(workspace: string, packageName: string): Promise<string | undefined>;
  /** Paths of the artifact of a host with the modules forum (path) and poll (registry), and paths that do not belong there. */
  readonly artifact: { readonly has: readonly string[]; readonly lacks: readonly string[] };
}
