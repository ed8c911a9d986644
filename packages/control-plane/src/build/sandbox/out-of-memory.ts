import type { CommandOutcome } from "../../toolchains/toolchain.ts";
import type { GroupLimits } from "./control-group.ts";
import type { Usage } from "./meter.ts";

/** What V8, Rust, C++, Python and the C library say when they get no memory. */
const heapWords = /JavaScript heap out of memory|ERR_WORKER_OUT_OF_MEMORY|Array buffer allocation failed/;
const words = /Fatal process out of memory|memory allocation of \d+ bytes failed|std::bad_alloc|^MemoryError\b|: Cannot allocate memory$/;

const fileTooLarge = /\bEFBIG\b|File too large|SIGXFSZ/;

type Ending = Pick<CommandOutcome, "exitCode" | "signal" | "stopped" | "lines">;

/** What a command's ending has to do with its limits. Nothing that Modyard itself ended counts as out of memory. */
export function memoryFacts({ exitCode, signal, stopped, lines }: Ending, usage: Usage | undefined, { memoryBytes, processes, fileBytes }: GroupLimits & { readonly fileBytes?: number }): Pick<CommandOutcome, "outOfMemory" | "memory" | "exceeded"> {
  const failed = exitCode !== 0;
  const said = (pattern: RegExp): boolean => lines.slice(-100).some(({ text }) => pattern.test(text));
  const heapFull = failed && said(heapWords);
  const outOfMemory = failed && stopped === undefined && (exitCode === 137 || signal === "SIGKILL" || (usage?.killed ?? 0) > 0 || heapFull || said(words));
  const memory = { ...(memoryBytes !== undefined && { allowedBytes: memoryBytes }), ...(usage?.peakBytes !== undefined && { peakBytes: usage.peakBytes }), ...(heapFull && { heapFull }) };
  const tooLarge = failed && fileBytes !== undefined && (signal === "SIGXFSZ" || exitCode === 153 || said(fileTooLarge));
  const tooMany = failed && processes !== undefined && (usage?.refused ?? 0) > 0;
  return {
    ...(outOfMemory && { outOfMemory }),
    ...(Object.keys(memory).length > 0 && { memory }),
    ...(tooLarge ? { exceeded: { what: "file", allowed: fileBytes } } : tooMany ? { exceeded: { what: "processes", allowed: processes } } : {}),
  };
}
