import { readFileSync } from "node:fs";

/** Ticks of Linux' process times in a second; the same on every machine that is in use. */
const ticks = 100;

/** Processor time, in milliseconds. */
export interface CpuTime {
  /** Of this process. */
  readonly own: number;
  /** Of all children that have ended, and theirs: the commands of a build, by hand or not. NaN where there is no `/proc`. */
  readonly commands: number;
}

/** What this process and its children have used so far. */
export function cpuTime(): CpuTime {
  const { user, system } = process.cpuUsage();
  return { own: (user + system) / 1000, commands: ofChildren() };
}

/** From one reading to the next. */
export function cpuBetween(from: CpuTime, to: CpuTime): CpuTime {
  return { own: to.own - from.own, commands: to.commands - from.commands };
}

function ofChildren(): number {
  try {
    const stat = readFileSync("/proc/self/stat", "utf8");
    // Behind the name, which may hold anything: state is field 3, cutime 16, cstime 17.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return ((Number(fields[13]) + Number(fields[14])) / ticks) * 1000;
  } catch {
    return Number.NaN;
  }
}
