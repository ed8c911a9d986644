import { posix } from "node:path";
import { problem } from "../../errors/problem.ts";
import type { Surface } from "../../manifest/host-descriptor.ts";
import { failed } from "../shared/command-failure.ts";
import { kindOf } from "../shared/workspace-files.ts";
import type { StepOutcome, ToolchainContext } from "../toolchain.ts";

/**
 * A bundler may say that all went well, and have made nothing: then the release would lack what users see, without a word.
 * Of each surface that is a package of the host something must have been made.
 */
export async function checkOutputs({ workspace, host }: Pick<ToolchainContext, "workspace" | "host">): Promise<StepOutcome> {
  for (const surface of host.surfaces) {
    const missing = await missingOutputs(workspace, surface);
    if (missing === undefined) continue;
    const hint = `Look at the build's log: a bundler may have failed without saying so by its exit code. Should ${surface.name} be made elsewhere, correct \`output\` of [surfaces.${surface.name}] in modyard.toml.`;
    return failed(problem("compile_failed", `the build ended well and made nothing in ${missing.join(" or ")}`, { hint }));
  }
  return { ok: true };
}

async function missingOutputs(workspace: string, { directory, output }: Surface): Promise<readonly string[] | undefined> {
  const isPackage = (await kindOf(workspace, posix.join(directory, "package.json"))) === "file";
  const outputs = output.map((path) => posix.join(directory, path));
  const kinds = await Promise.all(outputs.map((path) => kindOf(workspace, path)));
  return isPackage && outputs.length > 0 && kinds.every((kind) => kind === undefined) ? outputs : undefined;
}
