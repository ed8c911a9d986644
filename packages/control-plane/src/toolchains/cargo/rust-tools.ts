import { access, realpath, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";
import { problem, type Result } from "../../errors/problem.ts";
import { runTool } from "../shared/run-tool.ts";
import { pick, toolEnvironment } from "../shared/tool-environment.ts";
import { readToolchainFile } from "./toolchain-file.ts";

/** The programs that build a host: those of the Rust toolchain itself, never rustup's stand-ins for them. */
export interface RustTools {
  /** Absolute path. */
  readonly cargo: string;
  /** Absolute path. */
  readonly rustc: string;
  /** Directory of both, to come first on the PATH. */
  readonly binDirectory: string;
  /** Version of rustc, e.g. `1.95.0`. */
  readonly version: string;
  /** What rustc says of itself, with its commit, e.g. `rustc 1.95.0 (59807616e 2026-04-14)`. */
  readonly compiler: string;
  /** Target that rustc builds for unless told otherwise, e.g. `x86_64-unknown-linux-gnu`. */
  readonly hostTriple: string;
}

const getRust = "Install Rust with rustup (https://rustup.rs), and make sure that cargo is on the PATH of the control plane.";

/**
 * Finds the Rust tools for the host in `directory`: those of the toolchain that its `rust-toolchain.toml` names, among the
 * installed ones, or else the machine's usual ones. Nothing is downloaded and nothing of the host runs.
 * Problems: command_not_found, rust_toolchain_missing.
 */
export async function findRustTools(directory: string): Promise<Result<RustTools>> {
  const program = await findCargo();
  if (program === undefined) return { ok: false, problems: [problem("command_not_found", "cargo is not installed on this machine", { hint: getRust })] };
  const rustup = await rustupBehind(program);
  if (rustup === undefined) return describe(program);
  const wanted = await readToolchainFile(directory);
  if (!wanted.ok) return wanted;
  const cargo = await cargoOf(rustup, wanted.value);
  return cargo.ok ? describe(cargo.value) : cargo;
}

async function findCargo(): Promise<string | undefined> {
  const installed = join(process.env["CARGO_HOME"] ?? join(homedir(), ".cargo"), "bin");
  for (const directory of [...(process.env["PATH"] ?? "").split(delimiter).filter((part) => part !== ""), installed]) {
    if (await exists(join(directory, "cargo"))) return join(directory, "cargo");
  }
  return undefined;
}

/** The rustup of which this program is a stand-in: a link to it, or a file beside it. */
async function rustupBehind(program: string): Promise<string | undefined> {
  const real = await realpath(program);
  if (basename(real) === "rustup") return real;
  const beside = join(dirname(program), "rustup");
  return (await exists(beside)) ? beside : undefined;
}

async function cargoOf(rustup: string, channel: string | undefined): Promise<Result<string>> {
  const choice = channel === undefined ? [] : ["--toolchain", channel];
  // From the root directory, so that no file of a host decides, and without leave to install what is missing.
  const env = { ...toolEnvironment(), ...pick(["RUSTUP_HOME", "CARGO_HOME", ...(channel === undefined ? ["RUSTUP_TOOLCHAIN"] : [])]), RUSTUP_AUTO_INSTALL: "0" };
  const { exitCode, stdout } = await runTool({ argv: [rustup, "which", ...choice, "cargo"], cwd: "/", env, timeoutSeconds: 30 });
  if (exitCode === 0) return { ok: true, value: stdout.toString().trim() };
  const message = channel === undefined ? "rustup has no toolchain that it would use" : `the host wants the Rust toolchain ${channel}, which is not installed`;
  const hint = channel === undefined ? "Run rustup default stable as the user of the control plane." : `Run rustup toolchain install ${channel} as the user of the control plane.`;
  return { ok: false, problems: [problem("rust_toolchain_missing", message, { hint })] };
}

/** A report of rustc's takes longer than the question whether the program is still the same. */
const described = new Map<string, Promise<Result<RustTools>>>();

async function describe(program: string): Promise<Result<RustTools>> {
  const cargo = await realpath(program);
  const rustc = join(dirname(cargo), "rustc");
  const file = await stat(rustc).catch(() => undefined);
  if (file === undefined) return { ok: false, problems: [problem("command_not_found", "cargo is installed on this machine, but rustc is not", { hint: getRust })] };
  const key = [rustc, file.ino, file.size, file.mtimeMs].join(" ");
  const known = described.get(key) ?? ask(cargo, rustc);
  described.set(key, known);
  return known;
}

async function ask(cargo: string, rustc: string): Promise<Result<RustTools>> {
  const { exitCode, stdout, stderr } = await runTool({ argv: [rustc, "-vV"], cwd: "/", env: toolEnvironment(), timeoutSeconds: 30 });
  const told = (name: string): string | undefined => new RegExp(`^${name}: (\\S+)$`, "m").exec(stdout.toString())?.[1];
  const [version, hostTriple] = [told("release"), told("host")];
  const compiler = stdout.toString().split("\n")[0] ?? "";
  if (exitCode !== 0 || version === undefined || hostTriple === undefined) return { ok: false, problems: [problem("command_not_found", `rustc cannot be started: ${stderr.trim().slice(0, 300)}`, { hint: getRust })] };
  return { ok: true, value: { cargo, rustc, binDirectory: dirname(cargo), version, compiler, hostTriple } };
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(() => true, () => false);
}
