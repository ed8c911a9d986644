import { existsSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { commandText } from "../shared/command-failure.ts";
import { withoutPassword } from "../shared/without-password.ts";
import { gitGuards, operatorHome } from "../shared/tool-environment.ts";
import type { Command, CommandOutcome, ToolchainContext } from "../toolchain.ts";
import { registryEnvironment, registryTokens } from "./cargo-home.ts";
import { configuredDirectories, operatorCargoHome, readOperatorConfiguration } from "./operator-config.ts";
import type { Places } from "./places.ts";
import type { RustTools } from "./rust-tools.ts";

/** What cargo runs differ in. */
export type CargoRun = Pick<Command, "network" | "timeoutSeconds"> & Partial<Pick<Command, "present" | "onOverwritten" | "env">>;

/**
 * Environment of every command of a cargo host. It wins over what a host's own `.cargo/config.toml` says of the same things:
 * which compiler runs, where cargo keeps what. Tokens are in it only together with the network.
 */
export async function cargoEnvironment(tools: RustTools, places: Places, network: Command["network"]): Promise<Record<string, string>> {
  return {
    ...(network === "registries" ? { ...(await registryEnvironment()), ...(await registryTokens()), ...gitGuards, CARGO_NET_GIT_FETCH_WITH_CLI: "true" } : { CARGO_NET_OFFLINE: "true" }),
    CARGO_HOME: places.cargoHome,
    CARGO_TARGET_DIR: places.target,
    RUSTC: tools.rustc,
    RUSTC_WRAPPER: "",
    RUSTC_WORKSPACE_WRAPPER: "",
    PATH: searchPath(tools),
    CARGO_TERM_COLOR: "always",
    CARGO_TERM_PROGRESS_WHEN: "always",
    CARGO_TERM_PROGRESS_WIDTH: "80",
    // What an incremental compilation leaves depends on those before it.
    CARGO_INCREMENTAL: "0",
  };
}

/** The directories outside the workspace that commands of a cargo host read, as far as they are there. */
export async function cargoReadable(tools: RustTools): Promise<string[]> {
  const wanted = [dirname(tools.binDirectory), join(operatorCargoHome(), "bin"), ...configuredDirectories(await readOperatorConfiguration())];
  return wanted.filter((directory) => existsSync(directory));
}

/** Runs cargo in the sandbox, in the host's root. */
export async function runCargo(context: ToolchainContext, tools: RustTools, places: Places, args: readonly string[], { env = {}, ...options }: CargoRun): Promise<CommandOutcome> {
  context.log(withoutPassword(commandText({ argv: ["cargo", ...args] })));
  // With the network cargo runs nobody's code, and git finds the operator's credentials.
  const home = options.network === "registries" ? operatorHome(context.cacheDirectory) : undefined;
  const environment = { ...(await cargoEnvironment(tools, places, options.network)), ...home?.env, ...env };
  return context.run({ argv: [tools.cargo, ...args], cwd: places.workspace, env: environment, mounts: places.mounts, readable: [...(await cargoReadable(tools)), ...(home?.readable ?? [])], ...options });
}

/** Where commands find programs. Helpers that the operator installed with cargo come last: rustup's stand-ins lie among them. */
export function searchPath({ binDirectory }: RustTools): string {
  return [binDirectory, dirname(process.execPath), "/usr/local/bin", "/usr/bin", "/bin", join(operatorCargoHome(), "bin")].join(delimiter);
}
