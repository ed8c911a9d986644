import type { RegisterCommand } from "../command.ts";
import { generateRegistryCommand } from "./generate-registry.ts";
import { listModulesCommand } from "./list-modules.ts";
import { planCommand } from "./plan.ts";
import { serveCommand } from "./serve.ts";
import { validateManifestCommand } from "./validate-manifest.ts";

/** Every command, in the order in which `modyard --help` lists them. */
export const commands: readonly RegisterCommand[] = [
  // Local: they need a host's files and nothing else.
  validateManifestCommand,
  listModulesCommand,
  generateRegistryCommand,
  planCommand,
  // Server.
  serveCommand,
];
