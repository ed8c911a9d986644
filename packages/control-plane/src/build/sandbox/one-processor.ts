import { readFile } from "node:fs/promises";

/** Says to tools how much to do side by side; those that count processors for themselves see one. */
const environment = {
  CARGO_BUILD_JOBS: "1",
  RUST_TEST_THREADS: "1",
  RAYON_NUM_THREADS: "1",
  GOMAXPROCS: "1",
  JOBS: "1",
  MAKEFLAGS: "-j1",
  CMAKE_BUILD_PARALLEL_LEVEL: "1",
  npm_config_jobs: "1",
  NX_PARALLEL: "1",
  TURBO_CONCURRENCY: "1",
  VITEST_MAX_WORKERS: "1",
} as const;

/**
 * Environment of a command that is to need as little memory as it can. One program at a time may have most of what there is: V8 would
 * else give up at a heap of its own choice.
 */
export function sparingEnvironment(memoryBytes: number | undefined): Record<string, string> {
  const heap = memoryBytes === undefined ? {} : { NODE_OPTIONS: `--max-old-space-size=${Math.floor((memoryBytes / 2 ** 20) * 0.75)}` };
  return { ...environment, ...heap };
}

/** Arguments that keep a command and all that it starts on one of the processors that this process may use. */
export async function onOneProcessor(): Promise<string[]> {
  const status = await readFile("/proc/self/status", "latin1").catch(() => "");
  const allowed = processorsIn(/^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1] ?? "");
  const chosen = allowed[Math.floor(Math.random() * allowed.length)];
  return chosen === undefined ? [] : ["taskset", `0x${(1n << BigInt(chosen)).toString(16)}`];
}

/** Numbers in a list as the kernel writes it: `0-3,8`. */
function processorsIn(list: string): number[] {
  return list.split(",").flatMap((part) => {
    const [first, last = first] = part.split("-").map(Number);
    return first === undefined || last === undefined || Number.isNaN(first) || part === "" ? [] : Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}
