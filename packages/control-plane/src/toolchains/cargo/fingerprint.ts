import { stat } from "node:fs/promises";
import { unwrap } from "../../errors/problem.ts";
import { platform } from "../shared/platform.ts";
import { runTool } from "../shared/run-tool.ts";
import { toolEnvironment } from "../shared/tool-environment.ts";
import { searchPath } from "./run-cargo.ts";
import { findRustTools, type RustTools } from "./rust-tools.ts";

/** Everything of the tools that may change what a build gives. Stable text. Throws the problems of `findRustTools`. */
export async function fingerprint(directory: string): Promise<string> {
  return fingerprintOf(unwrap(await findRustTools(directory)));
}

/** The same of tools that were found already. The linker is asked each time: it may change in between. */
export async function fingerprintOf(tools: RustTools): Promise<string> {
  const [cargo, linker] = await Promise.all([cargoVersion(tools), firstLine(tools, ["cc", "--version"])]);
  return [`${tools.compiler} for ${tools.hostTriple}`, cargo, `linker ${linker ?? "none"}`, platform()].join("; ");
}

/** What cargo says of itself changes only with its file. */
const versions = new Map<string, string>();

async function cargoVersion(tools: RustTools): Promise<string | undefined> {
  const file = await stat(tools.cargo).catch(() => undefined);
  const key = [tools.cargo, file?.ino, file?.size, file?.mtimeMs].join(" ");
  const known = versions.get(key) ?? (await firstLine(tools, [tools.cargo, "--version"]));
  if (known !== undefined) versions.set(key, known);
  return known;
}

async function firstLine(tools: RustTools, argv: readonly [string, ...string[]]): Promise<string | undefined> {
  const { exitCode, stdout } = await runTool({ argv, cwd: "/", env: { ...toolEnvironment(), PATH: searchPath(tools) }, timeoutSeconds: 30 });
  return exitCode === 0 ? stdout.toString().split("\n")[0]?.trim() : undefined;
}
