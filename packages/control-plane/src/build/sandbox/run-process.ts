import { spawn, type ChildProcessByStdio } from "node:child_process";
import type { Readable } from "node:stream";
import type { CommandOutcome, OutputLine } from "../../toolchains/toolchain.ts";
import { LineSplitter } from "./line-splitter.ts";
import { childrenOf, descendantsOf, killMarked, signalProcess } from "./process-tree.ts";

/** Lines of a command that are kept for its outcome. */
const keptLines = 10_000;

/** How long a command may take to end after SIGTERM, in milliseconds. */
const graceMs = 2000;

/** A process to run until it and everything that it started is gone. */
export interface ProcessToRun {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** `NAME=value`, set in the environment so that its descendants can be found. */
  readonly marker: string;
  /** Whether a process namespace holds it together, so that the end of the first process is the end of all. */
  readonly contained: boolean;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly present?: ((line: OutputLine) => readonly OutputLine[]) | undefined;
  readonly onOverwritten?: ((text: string) => void) | undefined;
  readonly onLine: (line: OutputLine) => void;
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** Resolves with the outcome when nothing of the process is left; rejects with the signal's reason after an abort. */
export async function runProcess(options: ProcessToRun): Promise<CommandOutcome> {
  const startedAt = performance.now();
  const child = start(options);
  const lines = collectLines(child, options);
  const killer = watch(child, options);
  const { exitCode, signal } = await ended(child, options);
  await killer.stop();
  if (options.signal.aborted) throw options.signal.reason;
  const kept = lines();
  return {
    exitCode,
    signal,
    timedOut: killer.timedOut(),
    ...(!killer.timedOut() && isOutOfMemory(exitCode, signal, kept) ? { outOfMemory: true } : {}),
    durationMs: Math.round(performance.now() - startedAt),
    lines: kept,
  };
}

function start({ argv, cwd, env, marker }: ProcessToRun): Child {
  const [program = "", ...args] = argv;
  const [name = "", value = ""] = marker.split("=");
  return spawn(program, args, { cwd, env: { ...env, [name]: value }, detached: true, stdio: ["ignore", "pipe", "pipe"] });
}

function collectLines(child: Child, { present = (line) => [line], onOverwritten, onLine }: Pick<ProcessToRun, "present" | "onOverwritten" | "onLine">): () => readonly OutputLine[] {
  let lines: OutputLine[] = [];
  for (const stream of ["stdout", "stderr"] as const) {
    const splitter = new LineSplitter((text) => {
      for (const line of present({ stream, text })) {
        lines.push(line);
        onLine(line);
      }
      if (lines.length >= 2 * keptLines) lines = lines.slice(-keptLines);
    }, onOverwritten);
    child[stream].on("data", (chunk: Buffer) => splitter.push(chunk));
    child[stream].on("end", () => splitter.end());
  }
  return () => lines.slice(-keptLines);
}

/** Ends the command on abort and at its time limit. `stop` waits for an ending that is under way. */
function watch(child: Child, options: ProcessToRun): { stop(): Promise<void>; timedOut(): boolean } {
  let timedOut = false;
  let ending: Promise<void> | undefined;
  const end = (): void => {
    ending ??= terminate(child, options);
  };
  const timer = setTimeout(() => {
    timedOut = true;
    end();
  }, Math.min(options.timeoutMs, 2 ** 31 - 1));
  options.signal.addEventListener("abort", end, { once: true });
  if (options.signal.aborted) end();
  return {
    async stop() {
      clearTimeout(timer);
      options.signal.removeEventListener("abort", end);
      await ending;
    },
    timedOut: () => timedOut,
  };
}

async function terminate(child: Child, options: ProcessToRun): Promise<void> {
  const { pid } = child;
  if (pid === undefined) return;
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  if (child.exitCode !== null || child.signalCode !== null) return;
  const descendants = options.contained ? [] : await descendantsOf(pid);
  signalProcess(-pid, "SIGTERM");
  const patience = Promise.withResolvers<void>();
  const timer = setTimeout(patience.resolve, graceMs);
  await Promise.race([exited, patience.promise]);
  clearTimeout(timer);
  for (const descendant of descendants) signalProcess(descendant, "SIGKILL");
  if (child.exitCode !== null || child.signalCode !== null) return;
  // The namespace's first process, not `unshare`: the kernel reports its end only after all others in there are gone.
  if (options.contained) for (const first of await childrenOf(pid)) signalProcess(first, "SIGKILL");
  else signalProcess(-pid, "SIGKILL");
}

/** Waits for the first process, then for all others, then for the last line. */
async function ended(child: Child, options: ProcessToRun): Promise<{ exitCode: number | null; signal: string | null }> {
  const closed = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const outcome = await new Promise<{ exitCode: number | null; signal: string | null }>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (exitCode, signal) => resolve({ exitCode, signal }));
  });
  if (!options.contained) await killMarked(options.marker);
  await closed;
  return outcome;
}

function isOutOfMemory(exitCode: number | null, signal: string | null, lines: readonly OutputLine[]): boolean {
  if (exitCode === 137 || signal === "SIGKILL") return true;
  return exitCode !== 0 && lines.slice(-100).some(({ text }) => text.includes("JavaScript heap out of memory"));
}
