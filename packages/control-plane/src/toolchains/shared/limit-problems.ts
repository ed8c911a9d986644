import { stripVTControlCharacters } from "node:util";
import { problem, type Problem } from "../../errors/problem.ts";
import type { CommandOutcome, MemoryUse, Stopped } from "../toolchain.ts";

/** Tells why the sandbox ended a command. */
export function stoppedProblem(what: string, stopped: Stopped): Problem {
  switch (stopped.reason) {
    case "time":
      return problem("step_timed_out", `${what} did not end within ${stopped.seconds} seconds`, { details: { timeoutSeconds: stopped.seconds } });
    case "silence":
      return silenceProblem(what, stopped.seconds, stopped.lastLine);
    case "disk":
      return problem("disk_full", `${what} was ended because only ${megabytes(stopped.freeBytes)} MB were free on the disk; builds leave ${megabytes(stopped.neededBytes)} MB`, { details: { freeBytes: stopped.freeBytes, neededBytes: stopped.neededBytes } });
    case "processes":
      return problem("step_over_limit", `${what} was ended because it had ${stopped.count} processes and threads; it may have ${stopped.allowed}`, { details: { processes: stopped.count, allowed: stopped.allowed } });
  }
}

function silenceProblem(what: string, seconds: number, line: string | undefined): Problem {
  const lastLine = line === undefined ? undefined : stripVTControlCharacters(line).trim();
  return problem("step_silent", `${what} printed nothing for ${seconds} seconds${lastLine === undefined ? "" : `; its last line: ${lastLine}`}`, { details: { silenceSeconds: seconds, ...(lastLine !== undefined && { lastLine }) } });
}

/** Tells that a command had too little memory: how much it might have, and how much it had at most. */
export function memoryProblem(what: string, { allowedBytes, peakBytes, heapFull }: MemoryUse = {}): Problem {
  const use = [
    ...(allowedBytes === undefined ? [] : [`it may use ${megabytes(allowedBytes)} MB`]),
    ...(peakBytes === undefined ? [] : [`it used ${megabytes(peakBytes)} MB at most`]),
  ].join(", ");
  const how = heapFull === true ? "failed because a JavaScript program in it filled its heap" : "was ended for want of memory";
  const details = { ...(allowedBytes !== undefined && { allowedBytes }), ...(peakBytes !== undefined && { peakBytes }), ...(heapFull === true && { heapFull }) };
  return problem("step_out_of_memory", `${what} ${how}${use === "" ? "" : `: ${use}`}`, Object.keys(details).length === 0 ? {} : { details });
}

/** Tells what a command was refused more of. */
export function refusedProblem(what: string, { what: kind, allowed }: NonNullable<CommandOutcome["exceeded"]>): Problem {
  if (kind === "file") return problem("step_over_limit", `${what} wanted to write a file larger than ${megabytes(allowed)} MB`, { hint: "Find out what writes it. MODYARD_BUILD_FILE_MEGABYTES allows larger files.", details: { fileBytes: allowed } });
  return problem("step_over_limit", `${what} wanted more than the ${allowed} processes and threads that it may have`, { details: { allowed } });
}

function megabytes(bytes: number): number {
  return Math.floor(bytes / 2 ** 20);
}
