import { spawn, type ChildProcessByStdio } from "node:child_process";
import type { Readable } from "node:stream";
import type { CommandOutcome, OutputLine } from "../../toolchains/toolchain.ts";
import type { GroupLimits } from "./control-group.ts";
import { LineSplitter } from "./line-splitter.ts";
import { watchUsage } from "./memory-watch.ts";
import type { Meter } from "./meter.ts";
import { memoryFacts } from "./out-of-memory.ts";
import { killMarked } from "./process-tree.ts";
import { type Patience, StopWatch } from "./stop-watch.ts";
import { terminate } from "./terminate.ts";

/** Lines of a command that are kept for its outcome. */
const keptLines = 10_000;

/** A process to run until it and everything that it started is gone. */
export interface ProcessToRun {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** `NAME=value`, set in the environment so that its descendants can be found. */
  readonly marker: string;
  /** Whether a process namespace holds it together, so that the end of the first process is the end of all. */
  readonly contained: boolean;
  readonly patience: Patience;
  readonly limits: GroupLimits & { readonly fileBytes?: number };
  /** The control group that it joins; without one its processes are watched. */
  readonly group: Meter | undefined;
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
  const ender = endOnTime(child, options);
  const lines = collectLines(child, options, ender.watch);
  const meter = options.group ?? watchLimits(child, options, ender.watch);
  const { exitCode, signal } = await ended(child, options).finally(() => ender.watch.close());
  await ender.done();
  const usage = await meter?.usage();
  await meter?.stop();
  if (options.signal.aborted) throw options.signal.reason;
  const { stopped } = ender.watch;
  const ending = { exitCode, signal, timedOut: stopped?.reason === "time" || stopped?.reason === "silence", ...(stopped !== undefined && { stopped }), durationMs: Math.round(performance.now() - startedAt), lines: lines() };
  return { ...ending, ...memoryFacts(ending, usage, options.limits) };
}

function start({ argv, cwd, env, marker }: ProcessToRun): Child {
  const [program = "", ...args] = argv;
  const [name = "", value = ""] = marker.split("=");
  return spawn(program, args, { cwd, env: { ...env, [name]: value }, detached: true, stdio: ["ignore", "pipe", "pipe"] });
}

function collectLines(child: Child, { present = (line) => [line], onOverwritten, onLine }: Pick<ProcessToRun, "present" | "onOverwritten" | "onLine">, watch: StopWatch): () => readonly OutputLine[] {
  let lines: OutputLine[] = [];
  for (const stream of ["stdout", "stderr"] as const) {
    const splitter = new LineSplitter((text) => {
      for (const line of present({ stream, text })) {
        lines.push(line);
        watch.said(line.text);
        onLine(line);
      }
      if (lines.length >= 2 * keptLines) lines = lines.slice(-keptLines);
    }, onOverwritten);
    child[stream].on("data", (chunk: Buffer) => {
      watch.heard();
      splitter.push(chunk);
    });
    child[stream].on("end", () => splitter.end());
  }
  return () => lines.slice(-keptLines);
}

/** Ends the command on abort and when its patience is at an end. `done` waits for an ending that is under way. */
function endOnTime(child: Child, { signal, patience, contained }: ProcessToRun): { readonly watch: StopWatch; readonly done: () => Promise<void> } {
  let ending: Promise<void> | undefined;
  const end = (): void => {
    ending ??= terminate(child, contained);
  };
  const watch = new StopWatch(patience, end);
  signal.addEventListener("abort", end, { once: true });
  if (signal.aborted) end();
  const done = async (): Promise<void> => {
    signal.removeEventListener("abort", end);
    await ending;
  };
  return { watch, done };
}

function watchLimits({ pid }: Child, { limits, marker }: ProcessToRun, watch: StopWatch): Meter | undefined {
  const { memoryBytes, processes } = limits;
  if (process.platform !== "linux" || pid === undefined || (memoryBytes === undefined && processes === undefined)) return undefined;
  return watchUsage({ pid, marker, limits, onTooMany: (count) => watch.stop({ reason: "processes", count, allowed: processes ?? count }) });
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
