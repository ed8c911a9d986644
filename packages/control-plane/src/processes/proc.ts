import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** What Linux's `/proc/PID/stat` tells of a process. */
export interface ProcStat {
  /** One letter; `Z` and `X` are dead. */
  readonly state: string;
  readonly group: number;
  /** Clock ticks from the boot to the process's start. */
  readonly startTicks: string;
}

/** Undefined when there is no such process. */
export function readStat(pid: number): ProcStat | undefined {
  const text = readOrUndefined(`/proc/${pid}/stat`);
  if (text === undefined) return undefined;
  // The command name may hold spaces and brackets; the fields are counted from behind the last one.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return { state: fields[0] ?? "X", group: Number(fields[2]), startTicks: fields[19] ?? "" };
}

/** A zombie has ended: in a container nobody may ever collect it. */
export function isDead({ state }: ProcStat): boolean {
  return state === "Z" || state === "X";
}

/** The environment that a process was started with; undefined when it ended or belongs to somebody else. */
export function readEnvironment(pid: number): ReadonlyMap<string, string> | undefined {
  const text = readOrUndefined(`/proc/${pid}/environ`);
  if (text === undefined) return undefined;
  return new Map(
    text.split("\0").map((line) => {
      const equals = line.indexOf("=");
      return [line.slice(0, equals), line.slice(equals + 1)] as const;
    }),
  );
}

/** Living processes that work in exactly this directory, as far as this user may see; none where there is no `/proc`. */
export function processesIn(directory: string): readonly number[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc").map(Number).filter((pid) => Number.isInteger(pid) && linkOrUndefined(`/proc/${pid}/cwd`) === directory);
}

function linkOrUndefined(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

export function readOrUndefined(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
