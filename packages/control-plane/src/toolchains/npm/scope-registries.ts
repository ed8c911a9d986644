import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { runTool } from "../shared/run-tool.ts";
import { npmCommand, type NpmCli } from "./npm-cli.ts";

/** Where a scope's registry is told: a line of an npmrc, or a variable. */
const told = /^\s*"?@[^:\s]+:registry"?\s*=/m;
const variable = /^npm_config_@[^:]+:registry$/i;

/**
 * The registries that the operator's own settings name for scopes: `@acme` -> address, as npm itself reads them. npm is asked only where
 * there are any; none where it does not answer.
 */
export async function readScopeRegistries(npm: NpmCli, env: Readonly<Record<string, string>>): Promise<ReadonlyMap<string, string>> {
  const files = [env["npm_config_userconfig"], env["npm_config_globalconfig"]].filter((file) => file !== undefined && existsSync(file)) as string[];
  if (!Object.keys(env).some((name) => variable.test(name)) && !files.some((file) => told.test(readFileSync(file, "utf8")))) return new Map();
  // In the root directory there is no configuration but the operator's.
  const { exitCode, stdout } = await runTool({ argv: npmCommand(npm, ["config", "list", "--json"]), cwd: "/", env, timeoutSeconds: 30 });
  return exitCode === 0 ? scopesIn(stdout.toString()) : new Map();
}

/** The scopes' registries in what `npm config list --json` printed. */
function scopesIn(text: string): ReadonlyMap<string, string> {
  const settings = z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  return new Map(Object.entries(settings).flatMap(([key, value]) => {
    const scope = /^(@[^:]+):registry$/.exec(key)?.[1];
    return scope === undefined || typeof value !== "string" || !URL.canParse(value) ? [] : [[scope, value] as const];
  }));
}
