import { randomUUID } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command, CommandOutcome, OutputLine, RunCommand } from "../../toolchains/toolchain.ts";
import { sandboxCapabilities, type SandboxCapabilities } from "./capabilities.ts";
import { sandboxCommandLine } from "./command-line.ts";
import { createControlGroup } from "./control-group.ts";
import { sandboxEnvironment, sandboxPath } from "./environment.ts";
import { findProgram } from "./find-program.ts";
import { runProcess } from "./run-process.ts";

/** What a build's commands may use. Absent: no limit beyond the command's own time. */
export interface SandboxLimits {
  /** Upper bound of every command's own time limit, in seconds. */
  readonly seconds?: number;
  /** Largest file that a command may write, in bytes. */
  readonly fileBytes?: number;
  /** Memory of all processes of a command together, in bytes. Kept only where control groups can be created. */
  readonly memoryBytes?: number;
  /** Processes and threads of a command together. Kept only where control groups can be created. */
  readonly processes?: number;
  /** Address space of one process, in bytes. Mind that V8 and WebAssembly reserve far more than they use. */
  readonly addressSpaceBytes?: number;
}

/** One build's sandbox. */
export interface SandboxOptions {
  /** Absolute path of the checkout: the one directory that commands may always write. */
  readonly workspace: string;
  /** Absolute paths that look empty to commands, but for the workspace and what a command may write: the data directory. */
  readonly hiddenDirectories: readonly string[];
  /** Absolute paths that stay readable although they lie in a hidden directory or in /tmp. */
  readonly readableDirectories?: readonly string[];
  /** A directory of this build's own, for HOME and /tmp; the caller removes it afterwards. */
  readonly scratchDirectory: string;
  /** Called for each line as it is printed. */
  readonly onLine: (line: OutputLine) => void;
  readonly signal: AbortSignal;
  readonly limits?: SandboxLimits;
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
  const group = capabilities.ownFiles ? await createControlGroup(options.limits ?? {}) : undefined;
  const view = { ...options, home, temporary, joins: group?.joins ?? [], readableDirectories: options.readableDirectories ?? [] };
  const marker = `MODYARD_COMMAND=${randomUUID()}`;
  const timeoutSeconds = Math.min(command.timeoutSeconds, options.limits?.seconds ?? Infinity);
  return runProcess({
    argv: sandboxCommandLine(command, view, capabilities, limitArguments(options.limits ?? {}, capabilities)),
    cwd: capabilities.ownFiles ? "/" : command.cwd,
    env: sandboxEnvironment(home, capabilities.ownFiles ? "/tmp" : temporary || tmpdir(), command.env),
    marker,
    contained: capabilities.ownFiles,
    timeoutMs: timeoutSeconds * 1000,
    signal: options.signal,
    present: command.present,
    onOverwritten: command.onOverwritten,
    onLine: options.onLine,
  }).finally(() => group?.remove());
}

/** Where a path that a command sees really is. */
function onMachine(path: string, { mounts = [] }: Command): string {
  const mount = mounts.find(({ at }) => path === at || path.startsWith(`${at}/`));
  return mount === undefined ? path : `${mount.from}${path.slice(mount.at.length)}`;
}

function limitArguments(limits: SandboxLimits, capabilities: SandboxCapabilities): string[] {
  if (!capabilities.diesWithWorker) return [];
  const wanted = [
    ...(limits.fileBytes === undefined ? [] : [`--fsize=${limits.fileBytes}`]),
    ...(limits.addressSpaceBytes === undefined ? [] : [`--as=${limits.addressSpaceBytes}`]),
  ];
  return wanted.length === 0 ? [] : ["prlimit", ...wanted, "--"];
}

function notFound(program: string, options: SandboxOptions): CommandOutcome {
  const line: OutputLine = { stream: "stderr", text: `${program}: command not found` };
  options.onLine(line);
  return { exitCode: 127, signal: null, timedOut: false, notFound: true, durationMs: 0, lines: [line] };
}
