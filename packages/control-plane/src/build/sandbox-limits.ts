import type { BuildContext } from "./context.ts";
import type { SandboxLimits } from "./sandbox/sandbox.ts";

/** What each command of a build may use, as the operator's settings say; zero is no limit. */
export function sandboxLimits({ limits, dataDirectory }: Pick<BuildContext, "limits" | "dataDirectory">): SandboxLimits {
  const { commandSeconds, silenceSeconds = 0, memoryBytes = 0, processes = 0, fileBytes = 0, freeBytes } = limits;
  return {
    seconds: commandSeconds,
    ...(silenceSeconds > 0 && { silenceSeconds }),
    ...(memoryBytes > 0 && { memoryBytes }),
    ...(processes > 0 && { processes }),
    ...(fileBytes > 0 && { fileBytes }),
    ...(freeBytes > 0 && { disk: { directory: dataDirectory, freeBytes } }),
  };
}
