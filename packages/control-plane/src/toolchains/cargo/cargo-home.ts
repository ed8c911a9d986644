import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { networkEnvironment, pick } from "../shared/tool-environment.ts";
import { configurationText, readOperatorConfiguration, readOperatorTokens } from "./operator-config.ts";

/** Settings of the operator's environment that say how to reach registries. Tokens are `registryTokens`'s. */
const passedSettings = /^CARGO_(HTTP_[A-Z_]+|NET_(RETRY|GIT_FETCH_WITH_CLI|SSH_[A-Z_]+)|REGISTRIES_[A-Z0-9_]+_(INDEX|PROTOCOL))$/;

/** cargo's own directory for all builds: registry index, `.crate` files, unpacked sources, git checkouts. Only cargo writes it. */
export function cargoHomeOf(cacheDirectory: string): string {
  return join(cacheDirectory, "cargo", "home");
}

/** Creates the cargo home, and makes its configuration the operator's: mirrors and private registries, never secrets. */
export async function prepareCargoHome(cacheDirectory: string): Promise<void> {
  const home = cargoHomeOf(cacheDirectory);
  await mkdir(home, { recursive: true });
  const file = join(home, "config.toml");
  const text = configurationText(await readOperatorConfiguration());
  if ((await readFile(file, "utf8").catch(() => undefined)) === text) return;
  const temporary = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  await writeFile(temporary, text);
  await rename(temporary, file);
}

/**
 * Environment with the operator's tokens, for `resolve` and nothing else. Each token comes with the address that the operator
 * has for its registry, which wins over any that a host's own configuration gives the same name: a token goes nowhere else.
 */
export async function registryTokens(): Promise<Readonly<Record<string, string>>> {
  const [tokens, { registries }] = await Promise.all([readOperatorTokens(), readOperatorConfiguration()]);
  const addresses = new Map(Object.entries(registries).map(([name, { index }]) => [variable(name, "INDEX"), index]));
  // Without a provider that is named, cargo asks no registry but crates.io with a token; another could be a program of the host's.
  const environment: Record<string, string> = { CARGO_REGISTRY_GLOBAL_CREDENTIAL_PROVIDERS: "cargo:token" };
  for (const [name, token] of tokens) {
    const index = process.env[variable(name, "INDEX")] ?? addresses.get(variable(name, "INDEX"));
    if (name === "") environment["CARGO_REGISTRY_TOKEN"] = token;
    else if (typeof index === "string") Object.assign(environment, { [variable(name, "TOKEN")]: token, [variable(name, "INDEX")]: index });
  }
  return { ...environment, ...tokensOfEnvironment(addresses) };
}

/** What cargo needs to reach registries, but for tokens: proxies, certificates, addresses. */
export async function registryEnvironment(): Promise<Record<string, string>> {
  const { http } = await readOperatorConfiguration();
  const proxy = typeof http["proxy"] === "string" ? { CARGO_HTTP_PROXY: http["proxy"] } : {};
  return { ...networkEnvironment(), ...proxy, ...pick(Object.keys(process.env).filter((name) => passedSettings.test(name))) };
}

function tokensOfEnvironment(addresses: ReadonlyMap<string, unknown>): Record<string, string> {
  const environment = pick(["CARGO_REGISTRY_TOKEN"]);
  for (const name of Object.keys(process.env)) {
    const address = /^CARGO_REGISTRIES_[A-Z0-9_]+_TOKEN$/.test(name) ? name.replace(/TOKEN$/, "INDEX") : undefined;
    const index = address === undefined ? undefined : (process.env[address] ?? addresses.get(address));
    if (address !== undefined && typeof index === "string") Object.assign(environment, pick([name]), { [address]: index });
  }
  return environment;
}

function variable(registry: string, key: "INDEX" | "TOKEN"): string {
  return `CARGO_REGISTRIES_${registry.toUpperCase().replaceAll("-", "_")}_${key}`;
}
