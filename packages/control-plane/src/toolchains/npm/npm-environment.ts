import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { gitGuards, networkEnvironment, pick } from "../shared/tool-environment.ts";
import type { NpmCli } from "./npm-cli.ts";

/** Settings of the operator that say which registry and how to reach it; everything else is ours. */
const passedSettings = /^npm_config_(registry|@[^:]+:registry|\/\/.*|cafile|ca|cert|key|proxy|https_proxy|https-proxy|noproxy|strict_ssl|strict-ssl|maxsockets|fetch_.*|fetch-.*)$/i;

/**
 * Environment of npm runs that talk to registries. Names the operator's own npmrc files, since in the sandbox HOME is
 * another, and passes the variables that those files refer to. Never given to commands that run the host's code.
 */
export function npmNetworkEnvironment(npm: NpmCli, cacheDirectory: string): Record<string, string> {
  const userConfig = process.env["npm_config_userconfig"] ?? join(homedir(), ".npmrc");
  const settings = Object.keys(process.env).filter((name) => passedSettings.test(name));
  return {
    // npm's own patience is 70 seconds per package, too long for a person who mistyped an address.
    npm_config_fetch_retries: "3",
    npm_config_fetch_retry_mintimeout: "500",
    npm_config_fetch_retry_maxtimeout: "4000",
    ...networkEnvironment(),
    ...pick(settings),
    ...pick([...variablesIn(userConfig), ...variablesIn(npm.globalConfig)]),
    ...gitGuards,
    ...npmQuiet,
    npm_config_userconfig: userConfig,
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

function variablesIn(file: string): string[] {
  if (!existsSync(file)) return [];
  return [...readFileSync(file, "utf8").matchAll(/\$\{([A-Za-z_][A-Za-z0-9_]*)\??\}/g)].flatMap(([, name]) => (name === undefined ? [] : [name]));
}
