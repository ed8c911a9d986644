import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gitGuards, networkEnvironment, pick } from "../shared/tool-environment.ts";
import type { NpmCli } from "./npm-cli.ts";
import { registrySettings, userConfigFile, userConfigText } from "./operator-settings.ts";

/** What hosts call the token in an .npmrc of their own, by convention. Other variables of the server are nobody's business. */
const usualTokens = ["NPM_TOKEN", "NODE_AUTH_TOKEN"];

/**
 * Environment of npm runs that talk to registries. Names the operator's own npmrc files, since in the sandbox HOME is
 * another, and passes the variables that those files refer to. Never given to commands that run the host's code.
 */
export function npmNetworkEnvironment(npm: NpmCli, cacheDirectory: string): Record<string, string> {
  return {
    // npm's own patience is 70 seconds per package, too long for a person who mistyped an address.
    npm_config_fetch_retries: "3",
    npm_config_fetch_retry_mintimeout: "500",
    npm_config_fetch_retry_maxtimeout: "4000",
    ...networkEnvironment(),
    ...pick([...registrySettings(), ...usualTokens]),
    ...pick([...variablesIn(userConfigText()), ...variablesIn(textOf(npm.globalConfig))]),
    ...gitGuards,
    ...npmQuiet,
    npm_config_userconfig: userConfigFile(),
    npm_config_globalconfig: npm.globalConfig,
    npm_config_cache: npmCacheDirectory(cacheDirectory),
    npm_config_ignore_scripts: "true",
    // The host's own .npmrc may name any program as git; this goes before it.
    npm_config_git: "git",
  };
}

/** Environment of npm runs that only start the host's scripts. */
export const npmQuiet: Readonly<Record<string, string>> = {
  npm_config_audit: "false",
  npm_config_fund: "false",
  npm_config_update_notifier: "false",
  npm_config_progress: "false",
  npm_config_logs_max: "0",
};

/** npm's own store of downloads; its entries are found and checked by their integrity. */
export function npmCacheDirectory(cacheDirectory: string): string {
  return join(cacheDirectory, "npm", "downloads");
}

function textOf(file: string): string {
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

function variablesIn(text: string): string[] {
  return [...text.matchAll(/\$\{([A-Za-z_][A-Za-z0-9_]*)\??\}/g)].flatMap(([, name]) => (name === undefined ? [] : [name]));
}
