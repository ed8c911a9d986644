import type { ComposedModule } from "../composition/composition.ts";
import type { DescriptorReading } from "../composition/plan.ts";
import type { Problem } from "../errors/problem.ts";
import type { HostDescriptor } from "../manifest/host-descriptor.ts";
import type { ModuleSpec } from "../manifest/manifest.ts";

/** One line that a command printed, without its line end. ANSI colours are kept. */
export interface OutputLine {
  readonly stream: "stdout" | "stderr";
  readonly text: string;
}

/** A program to run inside the build's sandbox. */
export interface Command {
  readonly argv: readonly [string, ...string[]];
  readonly cwd: string;
  /** Added to the scrubbed environment; nothing else of the control plane's own environment is passed. */
  readonly env?: Readonly<Record<string, string>>;
  /** `registries`: the network as it is; `none`: only the loopback of a network namespace of its own. */
  readonly network: "registries" | "none";
  /** Directories that the command may write, beside its workspace and a private /tmp and /var/tmp. */
  readonly writable?: readonly string[];
  /** Directories that stay readable although they lie below /tmp, /var/tmp or a directory that the sandbox hides: tool installations. */
  readonly readable?: readonly string[];
  /** Directories inside the workspace that the command sees read-only. Only where `RunCommand.protects` says so. */
  readonly readOnly?: readonly string[];
  /** Directories that appear at a place of their own below `fixedPlace`, so that every build sees the same paths. Only where `RunCommand.protects` says so. */
  readonly mounts?: readonly Mount[];
  /**
   * Turns a line that is meant for programs (JSON, a progress bar) into the lines that people read in the log, none where it says
   * nothing to them. The outcome keeps what this returns. Absent: each line as it is.
   */
  readonly present?: (line: OutputLine) => readonly OutputLine[];
  /** Called with each picture of a progress bar that draws over itself; only its last one is a line. */
  readonly onOverwritten?: (text: string) => void;
  /** Seconds; the whole process group is killed at the end. */
  readonly timeoutSeconds: number;
}

/** Where commands see what is mounted; an empty directory of the sandbox's own otherwise. */
export const fixedPlace = "/run/modyard";

/** A directory of the machine as a command sees it. */
export interface Mount {
  /** Absolute path on the machine. */
  readonly from: string;
  /** Absolute path below `fixedPlace`. */
  readonly at: string;
  readonly mode: "rw" | "ro";
}

/** Why a command was ended. Times are in seconds. */
export type Stopped =
  | { readonly reason: "time"; readonly seconds: number }
  /** It printed nothing for so long after its last line. */
  | { readonly reason: "silence"; readonly seconds: number; readonly lastLine?: string }
  | { readonly reason: "disk"; readonly freeBytes: number; readonly neededBytes: number }
  | { readonly reason: "processes"; readonly count: number; readonly allowed: number };

/** Memory of all of a command's processes together, in bytes. */
export interface MemoryUse {
  /** Absent where there is no limit. */
  readonly allowedBytes?: number;
  /** The most at one time, as far as it was measured. Files that the kernel keeps in memory may count. */
  readonly peakBytes?: number;
  /** A JavaScript program reached the limit of its own heap. */
  readonly heapFull?: boolean;
}

/** How a command ended. Its lines are kept (the last 10,000) so that a failure can be read. */
export interface CommandOutcome {
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** Ended by the sandbox because it took too long, as a whole or without a word: `stopped` says which. */
  readonly timedOut: boolean;
  /** Why the sandbox ended it; absent when it ended by itself. */
  readonly stopped?: Stopped;
  /** It failed because the kernel or the sandbox killed a process of it for want of memory, or because a program got none. */
  readonly outOfMemory?: boolean;
  readonly memory?: MemoryUse;
  /** It failed and was refused more than this of something. */
  readonly exceeded?: { readonly what: "processes" | "file"; readonly allowed: number };
  /** The program is not on this machine; exitCode is 127 then. */
  readonly notFound?: boolean;
  readonly durationMs: number;
  readonly lines: readonly OutputLine[];
}

/**
 * Runs commands in the build's sandbox, logs each line, and kills everything that the command started on abort and time-out.
 * Never throws for exit codes; on abort it rejects with the signal's reason, after nothing of the command is left.
 */
export interface RunCommand {
  (command: Command): Promise<CommandOutcome>;
  /** Whether `Command.readOnly` is kept on this machine; absent means no. */
  readonly protects?: (() => Promise<boolean>) | undefined;
}

/** What a toolchain works on: one checked-out workspace of one host. */
export interface ToolchainContext {
  /** Absolute path of the checkout. */
  readonly workspace: string;
  /** Paths of the host's files that git tracks. The workspace itself has no `.git`: build code could turn one against its readers. */
  readonly trackedFiles: readonly string[];
  readonly host: HostDescriptor;
  /** The manifest's `app`: for cargo hosts the package of the server's program. */
  readonly app: string;
  /** Where this toolchain may keep what makes the next build fast. Shared between builds, owned by the control plane. */
  readonly cacheDirectory: string;
  /** `release` | `debug` and the build target, from the manifest. */
  readonly profile: "release" | "debug";
  readonly target?: string;
  /** Absolute, real paths that `path` modules may lie in, besides the workspace itself. */
  readonly pathRoots: readonly string[];
  /** Names of packages whose lifecycle scripts may run in the sandbox. */
  readonly allowScripts: readonly string[];
  /** Whether results of earlier installs may be used; off for `force`. */
  readonly useCache: boolean;
  readonly run: RunCommand;
  /** Aborted when the build is to end: for what waits without a command. */
  readonly signal?: AbortSignal;
  /** A line of the toolchain's own for the build's log. */
  readonly log: (text: string) => void;
  /** Progress inside the present step as facts: what is done of how much. */
  readonly progress: (done: number, total: number) => void;
}

/** A module after `resolve`: exact. */
export interface ResolvedModule {
  readonly slug: string;
  readonly version: string;
  readonly integrity?: string;
  /** What the host's code calls the package, where that is not the package's own name. */
  readonly importName?: string;
}

/** A file or link of the artifact: where it is now, and its path inside the artifact. */
export interface ArtifactEntry {
  readonly source: string;
  readonly path: string;
}

/** What `publish` checks a step's outcome against: nothing went wrong, or everything that did. */
export type StepOutcome = { readonly ok: true } | { readonly ok: false; readonly problems: readonly [Problem, ...Problem[]]; readonly excerpt: readonly string[] };

/**
 * How one kind of host is built. The pipeline calls the methods in this order; each returns its failures as
 * problems (with the module where it can be told) and throws only for defects of Modyard itself.
 */
export interface Toolchain {
  readonly name: "npm" | "cargo";
  /** Everything of the tools that may change an artifact: versions, platform. `directory` holds a checkout of the host, which may name the tools it wants. Stable text. */
  fingerprint(directory: string): Promise<string>;
  /** Paths of the files that `resolve` may change, relative to the host's root (lockfile, package manifests). */
  compositionFiles(host: HostDescriptor): readonly string[];
  /** The host's own version, as its package manifest in this directory states it; undefined when it states none. */
  readHostVersion(directory: string, host: HostDescriptor): string | undefined;
  /** Exact versions that the lockfile in this directory has of these modules, by slug. Left out: what it does not have or what does not fit the spec, and `path` modules, of which the tree itself is the truth. */
  readInstalledVersions(directory: string, host: HostDescriptor, modules: readonly ModuleSpec[]): Promise<ReadonlyMap<string, string>>;
  /** Reads a module's descriptor without running anything of it: from the tree, the tarball, the crate or a git archive. */
  readDescriptor(spec: ModuleSpec, source: DescriptorSource): Promise<DescriptorReading | Problem>;
  /** The versions of a module's package that its registry offers, the newest first; none where there is no registry or it cannot be asked. */
  listVersions(spec: ModuleSpec, source: DescriptorSource): Promise<readonly string[]>;
  /** Packages that the operator's registry finds for a text, the best first, `most` at most; a problem when it cannot be searched. */
  findPackages(text: string, most: number, source: DescriptorSource): Promise<readonly FoundPackage[] | Problem>;
  /** Everything that the text of the lockfile holds; undefined when it cannot be read. */
  readLocked(text: string): readonly LockedVersion[] | undefined;
  /** The lockfile's name; it lies in the host's root. */
  readonly lockfileName: string;
  /** Declares exactly these modules as dependencies by the tool's own means and updates the lockfile with the least change. */
  resolve(context: ToolchainContext, modules: readonly ModuleSpec[], removed: readonly ModuleSpec[]): Promise<StepOutcome & { readonly resolved?: readonly ResolvedModule[] }>;
  /** Installs what the lockfile says, exactly, then compiles every surface. No network, lifecycle scripts off. */
  compile(context: ToolchainContext, modules: readonly ComposedModule[]): Promise<StepOutcome>;
  test(context: ToolchainContext, modules: readonly ComposedModule[]): Promise<StepOutcome>;
  /** What belongs into the artifact, sorted by path. */
  collect(context: ToolchainContext): Promise<readonly ArtifactEntry[]>;
}

/** A package that a registry found. Whether it is a module, its descriptor says. */
export interface FoundPackage {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly keywords: readonly string[];
  /** ISO 8601, where the registry tells. */
  readonly publishedAt?: string;
}

/** One package of a lockfile. A name may stand in it with several versions. */
export interface LockedVersion {
  readonly name: string;
  readonly version: string;
}

/** Where descriptors of a spec may be read from. */
export interface DescriptorSource {
  /** Absolute path of a checkout of the host (or its own tree for local commands). */
  readonly hostDirectory: string;
  readonly pathRoots: readonly string[];
  readonly cacheDirectory: string;
  /** Reads the newest version that the spec allows instead of the one that the lockfile holds. */
  readonly newest?: boolean;
}
