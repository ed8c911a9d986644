import { availableParallelism, totalmem } from "node:os";

const gigabyte = 1024;

/**
 * Memory that a build's command may have unless the operator says otherwise, in megabytes: what the machine (or this process's
 * container) has, but for a quarter, at least one gigabyte, that stays for the applications, the database and the control plane.
 * A machine so small that nothing would be left is shared by halves.
 */
export function buildMemoryMegabytes(total = presentMegabytes()): number {
  return Math.floor(Math.max(total - Math.max(total / 4, gigabyte), total / 2));
}

/** Processes and threads of one command: far more than compilers and tests start, far fewer than stop a machine. */
export function buildProcesses(processors = availableParallelism()): number {
  return Math.max(4096, processors * 256);
}

function presentMegabytes(): number {
  const constrained = process.constrainedMemory();
  return (constrained > 0 ? Math.min(constrained, totalmem()) : totalmem()) / 2 ** 20;
}
