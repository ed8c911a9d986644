import { existsSync, readFileSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { halfMadeName } from "../../processes/half-made.ts";

/** Settings of the operator's environment that say which registry and how to reach it; everything else is ours. */
const passedSettings = /^npm_config_(registry|@[^:]+:registry|\/\/.*|cafile|ca|cert|key|proxy|https_proxy|https-proxy|noproxy|strict_ssl|strict-ssl|maxsockets|fetch_.*|fetch-.*)$/i;

/** Names that every shell hands on; others (`npm_config_//registry.example/:_authToken`) end at the first one. */
const plainName = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** The operator's own npmrc: npm reads the variable in any case. */
export function userConfigFile(): string {
  const named = Object.keys(process.env).find((name) => name.toLowerCase() === "npm_config_userconfig");
  return (named === undefined ? undefined : process.env[named]) ?? join(homedir(), ".npmrc");
}

/** Names of the variables that say how the operator reaches registries. */
export function registrySettings(): readonly string[] {
  return Object.keys(process.env).filter((name) => passedSettings.test(name));
}

/** Text of the operator's npmrc; empty where there is none. */
export function userConfigText(): string {
  const file = userConfigFile();
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

/** Whether the operator has credentials for the registry at this address; whether they are good, it alone can say. */
export function hasCredentialsFor(address: URL): boolean {
  const keys = [...userConfigText().split("\n"), ...registrySettings().map((name) => name.slice("npm_config_".length))];
  return keys.some((key) => key.trim().startsWith(`//${address.host}/`));
}

/** The operator's settings as the sandbox can show them, for as long as one command runs. */
export interface LentSettings {
  readonly directory: string;
  readonly env: Readonly<Record<string, string>>;
  remove(): Promise<void>;
}

/**
 * Copies the operator's npmrc to where the sandbox can show it: the file itself may lie in a directory that is hidden from
 * builds. Settings whose names no shell hands on stand in the copy, their values only in the environment.
 */
export async function lendSettings(cacheDirectory: string): Promise<LentSettings> {
  const directory = join(cacheDirectory, "npm", "settings", halfMadeName());
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const odd = registrySettings().filter((name) => !plainName.test(name)).map((name, index) => ({ key: name.slice("npm_config_".length), variable: `MODYARD_NPM_SETTING_${index}`, value: process.env[name] ?? "" }));
  const file = join(directory, "npmrc");
  await writeFile(file, [userConfigText(), ...odd.map(({ key, variable }) => `${key}=\${${variable}}`), ""].join("\n"), { mode: 0o600 });
  return {
    directory,
    env: { npm_config_userconfig: file, ...Object.fromEntries(odd.map(({ variable, value }) => [variable, value])) },
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}
