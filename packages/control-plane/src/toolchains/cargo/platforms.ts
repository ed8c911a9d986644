import { join } from "node:path";
import { z } from "zod";
import { readPlainFile } from "../shared/plain-file.ts";
import type { ToolchainContext } from "../toolchain.ts";
import type { RustTools } from "./rust-tools.ts";
import { parseToml } from "./toml.ts";

const configuration = z.object({ build: z.object({ target: z.union([z.string(), z.array(z.string())]).optional() }).optional(), include: z.unknown().optional() });

/**
 * The platforms whose packages a build needs: this machine's, the manifest's, and those that the host's commands and cargo
 * configuration name. Empty where other programs than cargo build something: what those compile for, nobody can tell, and
 * cargo then fetches for all platforms.
 */
export async function platformsOf(context: ToolchainContext, { hostTriple }: RustTools): Promise<readonly string[]> {
  const { host, target } = context;
  const commands = host.surfaces.flatMap(({ build, test }) => [build, test].filter((command) => command !== undefined && command.length > 0)) as (readonly string[])[];
  const configured = await targetsOfConfiguration(context.workspace);
  if (configured === undefined || commands.some(([program]) => program !== "cargo")) return [];
  return [...new Set([hostTriple, ...(target === undefined ? [] : [target]), ...configured, ...commands.flatMap(targetsOfCommand)])];
}

function targetsOfCommand(command: readonly string[]): string[] {
  return command.flatMap((arg, index) => (arg.startsWith("--target=") ? [arg.slice("--target=".length)] : command[index - 1] === "--target" ? [arg] : []));
}

/** Undefined when another file says it. */
async function targetsOfConfiguration(workspace: string): Promise<readonly string[] | undefined> {
  const texts = await Promise.all(["config", "config.toml"].map((name) => readPlainFile(join(workspace, ".cargo", name))));
  const text = texts.find((found) => found !== undefined);
  const parsed = configuration.safeParse(text === undefined ? {} : parseToml(text));
  if (!parsed.success || parsed.data.include !== undefined) return undefined;
  return [parsed.data.build?.target ?? []].flat();
}
