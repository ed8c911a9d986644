import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { stringify } from "smol-toml";
import { z } from "zod";
import { parseToml } from "./toml.ts";

const table = z.record(z.string(), z.unknown());
const tables = z.record(z.string(), table);

/** What the operator's own cargo is told about registries and how to reach them; nothing that changes how programs are built. */
const configuration = z.object({ source: tables.default({}), registries: tables.default({}), registry: table.default({}), http: table.default({}), net: table.default({}) });

export type OperatorConfiguration = z.infer<typeof configuration>;

/** Keys that hold secrets, or name programs that give them. */
const secret = /^(token|secret-key|secret-key-subject|credential-provider|global-credential-providers)$/;

/** Keys whose values are paths; relative ones count from the directory that holds `.cargo`. */
const pathKeys = /^(directory|local-registry|cainfo|proxy-cainfo)$/;

const credentials = z.object({ registry: z.object({ token: z.string() }).optional(), registries: z.record(z.string(), z.object({ token: z.string().optional() })).default({}) });

/** The cargo home of whoever runs the control plane. It is read and never written. */
export function operatorCargoHome(): string {
  return process.env["CARGO_HOME"] ?? join(homedir(), ".cargo");
}

/** The operator's configuration without secrets; empty where there is none. */
export async function readOperatorConfiguration(): Promise<OperatorConfiguration> {
  const home = operatorCargoHome();
  const parsed = configuration.safeParse(await readFirst(home, ["config", "config.toml"]));
  const { source, registries, registry, http, net } = parsed.success ? parsed.data : configuration.parse({});
  const clean = (settings: Readonly<Record<string, unknown>>): Record<string, unknown> => settled(settings, dirname(home));
  const each = (many: Readonly<Record<string, Record<string, unknown>>>): Record<string, Record<string, unknown>> => Object.fromEntries(Object.entries(many).map(([name, settings]) => [name, clean(settings)]));
  return { source: each(source), registries: each(registries), registry: clean(registry), http: clean(http), net: clean(net) };
}

/** The text of a `config.toml` that says the same, but for `http.proxy`, which may hold a password. */
export function configurationText(config: OperatorConfiguration): string {
  const http = Object.fromEntries(Object.entries(config.http).filter(([key]) => key !== "proxy"));
  const filled = Object.entries({ ...config, http }).filter(([, settings]) => Object.keys(settings).length > 0);
  return `# Written by Modyard from the operator's own configuration of cargo. Changes are overwritten.\n${stringify(Object.fromEntries(filled))}`;
}

/** Directories of the machine that the configuration takes packages from. */
export function configuredDirectories({ source }: OperatorConfiguration): string[] {
  return Object.values(source).flatMap((settings) => ["directory", "local-registry"].flatMap((key) => (typeof settings[key] === "string" ? [settings[key]] : [])));
}

/** Directories of registries on the disk, which cargo reads in place. */
export async function localRegistries(): Promise<string[]> {
  const { source } = await readOperatorConfiguration();
  return Object.values(source).flatMap(({ "local-registry": directory }) => (typeof directory === "string" ? [directory] : []));
}

/** Tokens of the operator by the registry's name, "" for crates.io. */
export async function readOperatorTokens(): Promise<ReadonlyMap<string, string>> {
  const parsed = credentials.safeParse(await readFirst(operatorCargoHome(), ["credentials", "credentials.toml"]));
  if (!parsed.success) return new Map();
  const { registry, registries } = parsed.data;
  const named = Object.entries(registries).flatMap(([name, { token }]) => (token === undefined ? [] : [[name, token] as const]));
  return new Map([...(registry === undefined ? [] : [["", registry.token] as const]), ...named]);
}

async function readFirst(directory: string, names: readonly string[]): Promise<unknown> {
  for (const name of names) {
    const text = await readFile(join(directory, name), "utf8").catch(() => undefined);
    if (text !== undefined) return parseToml(text);
  }
  return undefined;
}

function settled(settings: Readonly<Record<string, unknown>>, base: string): Record<string, unknown> {
  const kept = Object.entries(settings).filter(([key]) => !secret.test(key));
  return Object.fromEntries(kept.map(([key, value]) => [key, pathKeys.test(key) && typeof value === "string" && !isAbsolute(value) ? resolve(base, value) : value]));
}
