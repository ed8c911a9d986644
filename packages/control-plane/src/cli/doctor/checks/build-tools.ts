import { runTool } from "../../../toolchains/shared/run-tool.ts";
import { toolEnvironment } from "../../../toolchains/shared/tool-environment.ts";
import { findNpm } from "../../../toolchains/npm/npm-cli.ts";
import { missing, ok, warning, type Check, type Finding, type Machine } from "../check.ts";
import type { Tool } from "../installer.ts";

const toolSeconds = 8;

/** The first line of what a program says of its version; undefined when it does not run. */
async function versionOf(name: string): Promise<string | undefined> {
  const { exitCode, stdout } = await runTool({ argv: [name, "--version"], env: toolEnvironment(), timeoutSeconds: toolSeconds });
  return exitCode === 0 ? stdout.toString().split("\n")[0]?.trim() : undefined;
}

async function program(machine: Machine, name: string, tool: Tool, what: string): Promise<Finding> {
  const version = await versionOf(name);
  return version === undefined ? missing(name, `${name} is not on the PATH: ${what}`, machine.installer.command(tool)) : ok(name, version);
}

/** What a host of this kind is built with; `undefined` when the host cannot be read, so that nobody knows yet. */
async function toolchainOf(machine: Machine): Promise<"npm" | "cargo" | undefined> {
  return machine.host().then(({ host }) => host.toolchain, () => undefined);
}

async function npm(machine: Machine): Promise<readonly Finding[]> {
  const version = await findNpm().then((found) => found.version, () => undefined);
  if (version !== undefined) return [ok("npm", `npm ${version}`)];
  const text = "npm is not on the PATH: npm hosts cannot be built without it";
  const fix = machine.installer.command("npm");
  return [(await toolchainOf(machine)) === "cargo" ? warning("npm", text, fix) : missing("npm", text, fix)];
}

async function rust(machine: Machine): Promise<readonly Finding[]> {
  const toolchain = await toolchainOf(machine);
  // An npm host never calls them.
  if (toolchain === "npm") return [];
  const needed: readonly [string, Tool, string][] = [["cargo", "cargo", "it builds cargo hosts"], ["rustc", "cargo", "it compiles cargo hosts"], ["cc", "cc", "Rust links its programs with it"]];
  const found = await Promise.all(needed.map(([name, tool, what]) => program(machine, name, tool, what)));
  return toolchain === "cargo" ? found : found.map((finding) => (finding.status === "missing" ? { ...finding, status: "warning" } : finding));
}

function timeLimits({ config }: Machine): readonly Finding[] {
  const minutes = config.commandSeconds / 60;
  const text = `One command of a build may take ${minutes >= 2 ? `${Math.round(minutes)} minutes` : `${config.commandSeconds} seconds`} (MODYARD_COMMAND_SECONDS)`;
  return [config.commandSeconds >= 60 ? ok("Time limit", text) : warning("Time limit", `${text}; compilers mostly need longer`, "MODYARD_COMMAND_SECONDS=1800 modyard serve")];
}

export const buildToolChecks: readonly Check[] = [
  { group: "Build tools", name: "git", run: async (machine) => [await program(machine, "git", "git", "the host's repository cannot be read without it")] },
  { group: "Build tools", name: "npm", seconds: 40, run: npm },
  { group: "Build tools", name: "Rust", seconds: 40, run: rust },
  { group: "Build tools", name: "Time limit", run: (machine) => Promise.resolve(timeLimits(machine)) },
];
