import { dirname } from "node:path";
import { z } from "zod";
import { unwrap } from "../../errors/problem.ts";
import type { HostDescriptor } from "../../manifest/host-descriptor.ts";
import type { Manifest } from "../../manifest/manifest.ts";
import { parseHostDescriptor } from "../../manifest/parse-host-descriptor.ts";
import { parseManifest } from "../../manifest/parse-manifest.ts";
import { readHostVersion as readCargoHostVersion } from "../../toolchains/cargo/host-version.ts";
import { isDirectory, namedFile, readIfThere, readTextFile, type NamedFile } from "./text-file.ts";

/** A host as its files on this disc say. */
export interface LocalHost {
  readonly file: NamedFile;
  /** Absolute path of the manifest's directory. */
  readonly directory: string;
  /** The same directory as people call it. */
  readonly directoryName: string;
  readonly manifestText: string;
  readonly manifest: Manifest;
  /** `modyard.toml` beside the manifest; a manifest alone is enough for some commands. */
  readonly host?: HostDescriptor;
}

/** The manifest that PATH means: a file, or the `modules.toml` of a directory. */
export async function findManifest(cwd: string, directory = ".", path?: string): Promise<NamedFile> {
  const file = namedFile(cwd, directory, path ?? "modules.toml");
  return (await isDirectory(file.path)) ? namedFile(cwd, directory, path ?? "", "modules.toml") : file;
}

/** Reads manifest and host descriptor. Throws everything that is wrong with them. */
export async function readLocalHost(cwd: string, directory?: string, path?: string): Promise<LocalHost> {
  const file = await findManifest(cwd, directory, path);
  const manifestText = unwrap(await readTextFile(file));
  const manifest = unwrap(parseManifest(manifestText, file.name));
  const beside = namedFile(cwd, dirname(file.name), "modyard.toml");
  const hostText = await readIfThere(beside);
  const host = hostText === undefined ? {} : { host: unwrap(parseHostDescriptor(unwrap(hostText), beside.name)) };
  return { file, directory: dirname(file.path), directoryName: dirname(file.name), manifestText, manifest, ...host };
}

const packageJson = z.object({ version: z.string().optional() });

/** The version of a package on this disc; undefined when there is none or it does not say. */
export async function packageVersion(directory: string): Promise<string | undefined> {
  const text = await readTextFile(namedFile(directory, "package.json"));
  if (!text.ok) return undefined;
  try {
    return packageJson.parse(JSON.parse(text.value)).version;
  } catch {
    return undefined;
  }
}

/** The host's own version: its descriptor's word, otherwise its package's. */
export async function hostVersionOf({ host, directory }: LocalHost): Promise<string | undefined> {
  if (host?.version !== undefined) return host.version;
  return host?.toolchain === "cargo" ? readCargoHostVersion(directory, host) : packageVersion(directory);
}
