import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ComposedModule } from "../../composition/composition.ts";
import { problem } from "../../errors/problem.ts";
import { failed } from "../shared/command-failure.ts";
import { timeLimits } from "../shared/time-limits.ts";
import type { StepOutcome, ToolchainContext } from "../toolchain.ts";
import { keepPrograms } from "./executables.ts";
import { explainCompile } from "./explain-compile.ts";
import { runCommands } from "./run-commands.ts";
import { rustStep } from "./rust-step.ts";
import type { BuiltProgram } from "./rustc-messages.ts";
import { stepCommands } from "./step-commands.ts";

/** See `Toolchain.compile`. The application's programs lie in `bin/` below the server's directory afterwards. */
export function compile(context: ToolchainContext, modules: readonly ComposedModule[]): Promise<StepOutcome> {
  return rustStep(context, "compile", modules, async ({ tools, places, lockfile, specs }) => {
    const explain = explainCompile({ context, places, lockfile, modules });
    const commands = await stepCommands(context, "build", specs);
    const { outcome, programs } = await runCommands({ context, tools, places, explain, timeoutSeconds: timeLimits.compile }, commands);
    if (!outcome.ok) return outcome;
    await keepPrograms(context, places, programs);
    return checkStart(context, programs);
  });
}

/** What the server is started by must be there, when it is a file of the host's own. */
function checkStart({ workspace, host, app }: ToolchainContext, programs: readonly BuiltProgram[]): StepOutcome {
  const server = host.surfaces.find(({ name }) => name === "server");
  const program = server?.start?.[0];
  if (server === undefined || program === undefined || !program.includes("/") || existsSync(join(workspace, server.directory, program))) return { ok: true };
  const names = programs.map(({ name }) => name).toSorted().join(", ");
  return failed(problem("compile_failed", `nothing was compiled to ${join(server.directory, program)}, which modyard.toml starts${names === "" ? "" : `; there are ${names}`}`, {
    hint: `Say which program is the server: \`default-run\` in its Cargo.toml, or one that is called ${app}; it becomes bin/server. Or write your own start command into modyard.toml.`,
  }));
}
