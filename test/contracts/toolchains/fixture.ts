import type { HostDescriptor } from "../../../packages/control-plane/src/manifest/host-descriptor.ts";
import type { Toolchain } from "../../../packages/control-plane/src/toolchains/toolchain.ts";

/** A module to write for a test. */
export interface ModuleToWrite {
  readonly slug: string;
  readonly version?: string;
  /** What module.toml says; the slug where absent. `none`: no module.toml at all. */
  readonly descriptorSlug?: string;
  /** A module that does not compile, or whose test fails. */
  readonly fault?: "compile" | "test";
  /** A file that the module's lifecycle scripts would write, if they ran. */
  readonly scriptWrites?: string;
  /** Whoever tried to prepare it for use from git would fail: it must be taken as it was committed. */
  readonly unpreparable?: boolean;
  /** Packages of the registry that it needs: name -> range. */
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** A registry with packages of the test's own. While it runs, the toolchain's package manager uses it. */
export interface TestRegistry {
  publish(...directories: string[]): Promise<void>;
  stop(): Promise<void>;
}

/** What one toolchain's side of the contract suite has to bring along. */
export interface ToolchainFixture {
  readonly toolchain: Toolchain;
  readonly registrySource: "npm" | "crates-io";
  packageName(slug: string): string;
  /** Writes and commits a host without modules; its build compiles what it depends on, its test runs the modules' tests. */
  createHost(directory: string): Promise<HostDescriptor>;
  writeModule(directory: string, module: ModuleToWrite): Promise<void>;
  startRegistry(): Promise<TestRegistry>;
  /** A directory that a script of a module could write during `resolve`, if it ran. */
  writableDuringResolve(cacheDirectory: string): string;
  /** The version that the host's lockfile has for a package, or undefined. */
  lockedVersion(workspace: string, packageName: string): Promise<string | undefined>;
}
