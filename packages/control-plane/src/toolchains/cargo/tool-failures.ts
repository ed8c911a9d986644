import { problem, type Problem } from "../../errors/problem.ts";
import { lastLines } from "../shared/command-failure.ts";
import type { CrateOwners } from "./crate-owners.ts";

/** Who to ask for the module of a crate or file, and what the crates are compiled for. */
export interface FailureFacts {
  readonly owners: CrateOwners;
  readonly target?: string;
  readonly app: string;
}

type Reader = (lines: readonly string[], facts: FailureFacts) => Problem | undefined;

/** Finds what cargo itself says about a failure, in its output without colours: what no message of rustc's tells. */
export function toolFailure(lines: readonly string[], facts: FailureFacts): Problem | undefined {
  for (const read of readers) {
    const found = read(lines, facts);
    if (found !== undefined) return found;
  }
  return undefined;
}

const memoryWords = /\(signal: 9, SIGKILL|terminated with signal 9|memory allocation of \d+ bytes failed|LLVM ERROR: out of memory/;

const killed: Reader = (lines, { owners }) => {
  const at = lines.findIndex((line) => memoryWords.test(line));
  if (at < 0) return undefined;
  const crate = crateNear(lines, at);
  return problem("step_out_of_memory", `the compiler was ended for want of memory${crate === undefined ? "" : ` while it worked on ${crate}`}`, moduleOf(owners, crate));
};

const buildScript: Reader = (lines, { owners }) => {
  const at = lines.findIndex((line) => line.startsWith("error: failed to run custom build command for "));
  if (at < 0) return undefined;
  const crate = crateNear(lines, at) ?? "a crate";
  const own = ownWords(lines.slice(at + 1));
  const panic = own.findIndex((line) => /panicked at /.test(line));
  const [, file, row, column] = /panicked at (\S+?):(\d+):(\d+):?$/.exec(own[panic] ?? "") ?? [];
  const words = panic < 0 ? own.at(-1) : own[panic + 1];
  return problem("compile_failed", `build.rs of ${crate} failed${words === undefined ? "" : `: ${words}`}`, {
    ...moduleOf(owners, crate),
    ...(file === undefined ? {} : { location: { file: owners.shown(file), line: Number(row), column: Number(column) } }),
  });
};

const crashed: Reader = (lines, { owners }) => {
  const at = lines.findIndex((line) => /internal compiler error|the compiler unexpectedly panicked|\(signal: (?:4|6|7|8|11), SIG/.test(line));
  if (at < 0) return undefined;
  const crate = crateNear(lines, at);
  return problem("compile_failed", `the compiler itself crashed${crate === undefined ? "" : ` while it compiled ${crate}`}: ${lines[at]?.trim() ?? ""}`, { ...moduleOf(owners, crate), hint: "Build with another version of Rust (rust-toolchain.toml); if it crashes again, report it to the Rust project with the lines shown." });
};

const outOfDate: Reader = (lines) => {
  const line = lines.find((text) => /cannot update the lock file|lock file .* needs to be updated but --(locked|frozen)/.test(text));
  return line === undefined ? undefined : problem("lockfile_out_of_date", "Cargo.lock does not fit the host's Cargo.toml files", { location: { file: "Cargo.lock" }, hint: "Run `cargo metadata` in the host, which updates Cargo.lock, and commit it." });
};

const notDownloaded: Reader = (lines, { owners }) => {
  const at = lines.findIndex((line) => /--offline was specified|you're using offline mode|can't checkout from .*offline|attempting to make an HTTP request/.test(line));
  if (at < 0) return undefined;
  const crate = crateNear(lines, at);
  const what = crate ?? /(?:searched package name:|no matching package named) `([^`]+)`/.exec(lines.join("\n"))?.[1];
  return problem("registry_unreachable", `the sources of ${what ?? "a crate"} are not on this machine, and compiling has no network`, { ...moduleOf(owners, what), hint: "Build again without taking anything from the cache: then all sources are downloaded anew." });
};

const unknownApp: Reader = (lines, { app }) => {
  const name = /package ID specification `([^`]+)` did not match any packages|package\(s\) `([^`]+)` not found in workspace/.exec(lines.join("\n"))?.slice(1).find((found) => found !== undefined);
  if (name === undefined) return undefined;
  return problem("compile_failed", `the workspace has no package ${name}`, name === app ? { hint: "Write the package name of the server's Cargo.toml as `app` into modules.toml." } : { hint: "Correct the package's name in the command, in modyard.toml." });
};

const unknownTarget: Reader = (lines, { target }) => {
  const name = /could not find specification for target "([^"]+)"|error loading target specification: could not find.*?"([^"]+)"/.exec(lines.join("\n"))?.slice(1).find((found) => found !== undefined);
  return name === undefined && !lines.some((line) => /error loading target specification/.test(line)) ? undefined : problem("compile_failed", `rustc knows no target ${name ?? target ?? ""}`, { hint: "Correct build.target in modules.toml: `rustc --print target-list` shows what there is." });
};

/** In this order: a killed compiler also looks like one that crashed. */
const readers: readonly Reader[] = [killed, buildScript, crashed, outOfDate, notDownloaded, unknownApp, unknownTarget];

/** The crate that cargo names on this line or, since it says why below, before it. */
function crateNear(lines: readonly string[], at: number): string | undefined {
  for (const line of lines.slice(Math.max(0, at - 12), at + 1).toReversed()) {
    const crate = /(?:custom build command for|could not compile|failed to (?:download|get|load source for dependency)|unable to get packages from source.*) `([^`\s]+)[^`]*`/.exec(line)?.[1];
    if (crate !== undefined) return crate;
  }
  for (const line of lines.slice(at + 1, at + 100)) {
    const crate = /could not compile `([^`\s]+)/.exec(line)?.[1];
    if (crate !== undefined) return crate;
  }
  return undefined;
}

/** What the build script itself printed on its standard error, or else on its output. */
function ownWords(lines: readonly string[]): string[] {
  const section = (name: string): string[] => {
    const start = lines.findIndex((line) => line.trim() === `--- ${name}`);
    const rest = start < 0 ? [] : lines.slice(start + 1);
    const end = rest.findIndex((line) => /^\s*--- std(out|err)$/.test(line) || /^(warning|error)\b/.test(line) || /^\s*(stack backtrace:|note: run with `RUST_BACKTRACE)/.test(line));
    return lastLines((end < 0 ? rest : rest.slice(0, end)).map((line) => line.trim()).filter((line) => !/^cargo::?[a-z-]+=/.test(line)), 20);
  };
  const said = section("stderr");
  return said.length > 0 ? said : section("stdout");
}

function moduleOf(owners: CrateOwners, crate: string | undefined): { readonly module?: string } {
  const module = crate === undefined ? undefined : owners.ofPackage(crate);
  return module === undefined ? {} : { module };
}
