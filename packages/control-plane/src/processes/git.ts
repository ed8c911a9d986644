import { execa, ExecaError } from "execa";

/** How git is called: which repository, and what its environment adds. */
export interface GitOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Whether the operator's own git settings (credentials, proxies) count. Only for fetch and push. */
  readonly withUserSettings?: boolean;
}

/** git ended with an error; its own words are in `stderr`, what it told before in `stdout`. */
export class GitError extends Error {
  override readonly name = "GitError";
  readonly stderr: string;
  readonly stdout: string;
  readonly exitCode: number | undefined;

  constructor(args: readonly string[], { stderr, stdout }: { readonly stderr: string; readonly stdout: string }, exitCode: number | undefined, options: ErrorOptions) {
    super(`git ${args[0] ?? ""}: ${stderr.trim().split("\n").at(-1) ?? "failed"}`, options);
    this.stderr = stderr;
    this.stdout = stdout;
    this.exitCode = exitCode;
  }
}

const guards = ["-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "protocol.ext.allow=never", "-c", "gc.auto=0"];

/**
 * Runs the git CLI with its output as text. Nothing of a checked-out tree can make it run a program:
 * hooks, file system monitors and `ext::` transports are off, and it never asks at a terminal.
 */
export async function git(args: readonly string[], options: GitOptions = {}): Promise<string> {
  try {
    const result = await execa("git", [...guards, ...args], {
      ...(options.cwd !== undefined && { cwd: options.cwd }),
      ...(options.input !== undefined && { input: options.input }),
      env: { ...gitEnvironment(options.withUserSettings ?? false), ...options.env },
      extendEnv: false,
      stripFinalNewline: false,
      maxBuffer: 64 * 1024 * 1024,
    });
    return result.stdout;
  } catch (error) {
    if (!(error instanceof ExecaError)) throw error;
    throw new GitError(args, { stderr: String(error.stderr ?? error.shortMessage), stdout: String(error.stdout ?? "") }, error.exitCode, { cause: error });
  }
}

function gitEnvironment(withUserSettings: boolean): Record<string, string> {
  const own = {
    PATH: process.env["PATH"] ?? "/usr/bin:/bin",
    LC_ALL: "C",
    GIT_TERMINAL_PROMPT: "0",
    GIT_ALLOW_PROTOCOL: "file:http:https:ssh",
  };
  if (!withUserSettings) return { ...own, GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: "/dev/null" };
  const passed = ["HOME", "SSH_AUTH_SOCK", "GIT_SSH_COMMAND", "XDG_CONFIG_HOME", "GIT_SSL_CAINFO", "SSL_CERT_FILE", "SSL_CERT_DIR", ...["https_proxy", "http_proxy", "all_proxy", "no_proxy"].flatMap((name) => [name, name.toUpperCase()])];
  const settings = passed.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]] as const]));
  return { ...own, ...Object.fromEntries(settings) };
}
