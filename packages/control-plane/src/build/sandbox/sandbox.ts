import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command, CommandOutcome, OutputLine, RunCommand } from "../../toolchains/toolchain.ts";
import { sandboxCapabilities, type SandboxCapabilities } from "./capabilities.ts";
import { sandboxCommandLine } from "./command-line.ts";
import { createControlGroup } from "./control-group.ts";
import { sandboxEnvironment, sandboxPath } from "./environment.ts";
import { findProgram } from "./find-program.ts";
import { commandMarker } from "./marker.ts";
import { onOneProcessor, sparingEnvironment } from "./one-processor.ts";
import { runProcess } from "./run-process.ts";

/** What a build's commands may use. Absent: no limit beyond the command's own time. */
export interface SandboxLimits {
  /** Upper bound of every command's own time limit, in seconds. */
  readonly seconds?: number;
  /** Largest file that a command may write, in bytes. */
  readonly fileBytes?: number;
  /** Memory of all processes of a command together, in bytes: kept by a control group, or else watched. */
  readonly memoryBytes?: number;
  /** Processes and threads of a command together: kept by a control group, or else watched. */
  readonly processes?: number;
  /** How long a command may print nothing, in seconds. Only where that is shorter than its time limit. */
  readonly silenceSeconds?: number;
  /** Free space of this directory's file system below which a running command is ended, in bytes. */
  readonly disk?: { readonly directory: string; readonly freeBytes: number };
}

/** One build's sandbox. */
export interface SandboxOptions {
  /** Absolute path of the checkout: the one directory that commands may always write. */
  readonly workspace: string;
  /** Absolute paths that look empty to commands, but for the workspace and what a command may write: the data directory. */
  readonly hiddenDirectories: readonly string[];
  /** Absolute paths that stay readable although they lie in a hidden directory, in /tmp or in /var/tmp. */
  readonly readableDirectories?: readonly string[];
  /** A directory of this build's own, for HOME and /tmp; the caller removes it afterwards. */
  readonly scratchDirectory: string;
  /** Called for each line as it is printed. */
  readonly onLine: (line: OutputLine) => void;
  readonly signal: AbortSignal;
  readonly limits?: SandboxLimits;
  /** Asked before each command: whether it must do with as little memory as it can, on one processor. */
  readonly sparing?: () => boolean;
  /** Only for tests and for operators whose container forbids a part: what to use of what the machine can do. */
  readonly capabilities?: SandboxCapabilities;
}

/** Makes the function with which a toolchain runs programs of the host and its modules, which nobody has checked. */
export function createSandbox(options: SandboxOptions): RunCommand {
  const protects = async (): Promise<boolean> => (options.capabilities ?? (await sandboxCapabilities())).ownFiles;
  return Object.assign((command: Command) => runInSandbox(command, options), { protects });
}

async function runInSandbox(command: Command, options: SandboxOptions): Promise<CommandOutcome> {
  options.signal.throwIfAborted();
  const capabilities = options.capabilities ?? (await sandboxCapabilities());
  const home = join(options.scratchDirectory, "home");
  const temporary = join(options.scratchDirectory, "tmp");
  await Promise.all([home, temporary].map((directory) => mkdir(directory, { recursive: true, mode: 0o700 })));
  const [program] = command.argv;
  if ((await findProgram(program, onMachine(command.cwd, command), command.env?.["PATH"] ?? sandboxPath)) === undefined) return notFound(program, options);
  const { limits = {} } = options;
  const sparing = options.sparing?.() ?? false;
  const group = capabilities.limits ? await createControlGroup(limits) : undefined;
  const view = { ...options, home, temporary, joins: group?.joins ?? [], oneProcessor: sparing, readableDirectories: options.readableDirectories ?? [] };
  const timeoutSeconds = Math.min(command.timeoutSeconds, limits.seconds ?? Infinity);
  return runProcess({
    argv: sandboxCommandLine(command, view, capabilities, await limitArguments(limits, sparing, capabilities)),
    cwd: capabilities.ownFiles ? "/" : command.cwd,
    env: sandboxEnvironment(home, capabilities.ownFiles ? "/tmp" : temporary || tmpdir(), { ...command.env, ...(sparing ? sparingEnvironment(limits.memoryBytes) : {}) }),
    marker: commandMarker(),
    contained: capabilities.ownFiles,
    patience: { timeoutMs: timeoutSeconds * 1000, ...(limits.silenceSeconds !== undefined && { silenceMs: limits.silenceSeconds * 1000 }), ...(limits.disk !== undefined && { disk: limits.disk }) },
    limits,
    group,
    signal: options.signal,
    present: command.present,
    onOverwritten: command.onOverwritten,
    onLine: options.onLine,
  }).finally(() => group?.stop());
}

/** Where a path that a command sees really is. */
function onMachine(path: string, { mounts = [] }: Command): string {
  const mount = mounts.find(({ at }) => path === at || path.startsWith(`${at}/`));
  return mount === undefined ? path : `${mount.from}${path.slice(mount.at.length)}`;
}

async function limitArguments({ fileBytes }: SandboxLimits, sparing: boolean, { diesWithWorker }: SandboxCapabilities): Promise<string[]> {
  const processor = sparing ? await onOneProcessor() : [];
  // The programs come in one package with the one that `diesWithWorker` needs.
  return diesWithWorker ? [...processor, ...(fileBytes === undefined ? [] : ["prlimit", `--fsize=${fileBytes}`, "--"])] : [];
}

function notFound(program: string, options: SandboxOptions): CommandOutcome {
  const line: OutputLine = { stream: "stderr", text: `${program}: command not found` };
  options.onLine(line);
  return { exitCode: 127, signal: null, timedOut: false, notFound: true, durationMs: 0, lines: [line] };
}
