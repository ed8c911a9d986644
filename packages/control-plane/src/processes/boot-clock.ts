import { readFileSync } from "node:fs";

/**
 * Milliseconds on a clock that nobody sets, that all threads and processes of the machine share, and that goes on while the machine
 * sleeps: what leases are judged by. Only differences mean anything.
 */
export function bootClock(): number {
  // Node's own monotonic clock stands still on Linux while the machine sleeps; the kernel's uptime does not.
  return kernelUptime() ?? Number(process.hrtime.bigint() / 1_000_000n);
}

function kernelUptime(): number | undefined {
  if (process.platform !== "linux") return undefined;
  const seconds = Number(readFileSync("/proc/uptime", "latin1").split(" ", 1)[0]);
  return Number.isFinite(seconds) ? seconds * 1000 : undefined;
}
