import { execFile } from "node:child_process";

/** How a trusted tool ended. */
export interface ToolOutcome {
  readonly exitCode: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** A tool of the machine to run outside the sandbox: git or a package manager that reads, never a module's own code. */
export interface Tool {
  readonly argv: readonly [string, ...string[]];
  readonly cwd?: string;
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
}

/** Largest output that is read, in bytes. */
const maximumOutput = 64 * 1024 * 1024;

/** Runs a tool to its end. Exit codes are values; 127 is a program that is missing, 124 one that took too long. */
export function runTool({ argv, cwd, env, timeoutSeconds }: Tool): Promise<ToolOutcome> {
  const [program, ...args] = argv;
  return new Promise((resolve) => {
    const options = { cwd, env: { ...env }, timeout: timeoutSeconds * 1000, killSignal: "SIGKILL", maxBuffer: maximumOutput, encoding: "buffer" } as const;
    const child = execFile(program, args, options, (error, stdout, stderr) => {
      resolve({ exitCode: exitCodeOf(error), stdout, stderr: stderr.toString() || (error?.message ?? "") });
    });
    child.stdin?.end();
  });
}

function exitCodeOf(error: (Error & { code?: number | string | null; killed?: boolean }) | null): number {
  if (error === null) return 0;
  if (error.code === "ENOENT") return 127;
  if (error.killed === true) return 124;
  return typeof error.code === "number" ? error.code : 1;
}
