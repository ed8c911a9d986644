import { lstat } from "node:fs/promises";
import { dirname, join, posix } from "node:path";
import { problem, type Problem } from "../../errors/problem.ts";
import { fileInside } from "../shared/module-path.ts";
import { readPlainFile } from "../shared/plain-file.ts";
import { parseToml } from "./toml.ts";

/** cargo reads the first that is there. */
const names = [".cargo/config", ".cargo/config.toml"] as const;

/** Configurations that include each other are read this deep. */
const deepest = 8;

/**
 * Keys that name programs which cargo would start during `resolve`, where there is a network and the operator's tokens are at
 * hand; and variables by which a program that it starts could be made to load something else. `*` is any one key.
 */
const refusedKeys = [
  "credential-alias",
  "registry.credential-provider",
  "registry.global-credential-providers",
  "registries.*.credential-provider",
  "registry.token",
  "registries.*.token",
  "http.cainfo",
  "http.proxy-cainfo",
  "paths",
] as const;

/** Where flags of rustc may stand: cargo starts it in `resolve` too, to ask what a platform is like. */
const flagKeys = ["build.rustflags", "target.*.rustflags"] as const;

/** Flags that make rustc load a library, or read its flags from a file that nobody has looked at. */
const refusedFlag = /codegen-backend|^@|\s@/;

const refusedVariables = /^(LD_|DYLD_|GIT_|SSH_|CARGO|RUSTUP|RUSTC|PATH$|HOME$)/i;

/** Whether the host's own cargo configuration may be used in `resolve`. Problem: cargo_config_refused. */
export async function refuseHostConfig(workspace: string): Promise<Problem | undefined> {
  for (const name of names) {
    if ((await lstat(join(workspace, name)).catch(() => undefined)) !== undefined) return refuseFile(workspace, name, 0);
  }
  return undefined;
}

async function refuseFile(workspace: string, path: string, depth: number): Promise<Problem | undefined> {
  const file = await fileInside(workspace, path);
  const text = file === undefined ? undefined : await readPlainFile(file);
  if (text === undefined) return refused(path, "leads outside the host, or cannot be read", "Put the configuration itself into the host.");
  const value = parseToml(text);
  if (!isTable(value)) return refused(path, "is not TOML", "Correct the file; cargo cannot read it either.");
  const key = refusedKeys.find((pattern) => has(value, pattern.split("."))) ?? refusedVariable(value["env"]) ?? flagKeys.find((pattern) => valuesAt(value, pattern.split(".")).flat().some((flag) => typeof flag === "string" && refusedFlag.test(flag)));
  if (key !== undefined) return refused(path, `sets ${key.replace("*", "NAME")}, which could run other programs while the network is open, or hold a secret`);
  return refuseIncludes(workspace, path, value["include"], depth);
}

async function refuseIncludes(workspace: string, path: string, include: unknown, depth: number): Promise<Problem | undefined> {
  const entries: readonly unknown[] = include === undefined ? [] : [include].flat();
  for (const entry of entries) {
    const target = isTable(entry) ? entry["path"] : entry;
    const included = typeof target === "string" ? posix.join(dirname(path), target) : undefined;
    if (included === undefined || depth >= deepest) return refused(path, "includes files in a way that cannot be followed");
    const optional = isTable(entry) && entry["optional"] === true && (await lstat(join(workspace, included)).catch(() => undefined)) === undefined;
    const reason = optional ? undefined : await refuseFile(workspace, included, depth + 1);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function refusedVariable(env: unknown): string | undefined {
  const name = isTable(env) ? Object.keys(env).find((key) => refusedVariables.test(key)) : undefined;
  return name === undefined ? undefined : `env.${name}`;
}

function valuesAt(value: unknown, [key, ...rest]: readonly string[]): unknown[] {
  if (key === undefined) return [value];
  if (!isTable(value)) return [];
  return (key === "*" ? Object.values(value) : [value[key]]).flatMap((each) => valuesAt(each, rest));
}

function has(value: unknown, [key, ...rest]: readonly string[]): boolean {
  if (key === undefined) return true;
  if (!isTable(value)) return false;
  return key === "*" ? Object.values(value).some((each) => has(each, rest)) : key in value && has(value[key], rest);
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function refused(file: string, what: string, hint?: string): Problem {
  return problem("cargo_config_refused", `${file} ${what}`, { location: { file }, ...(hint === undefined ? {} : { hint }) });
}
