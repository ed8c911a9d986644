import { join } from "node:path";
import type { HostDescriptor } from "../../manifest/host-descriptor.ts";
import { serverDirectory } from "../shared/server-directory.ts";
import { readPlainFileSync } from "../shared/plain-file.ts";
import { parsePackageJson } from "./package-json.ts";

/** See `Toolchain.readHostVersion`: the server's own package.json, or else the host's. */
export function readHostVersion(directory: string, host: HostDescriptor): string | undefined {
  return versionIn(join(directory, serverDirectory(host))) ?? versionIn(directory);
}

function versionIn(directory: string): string | undefined {
  const text = readPlainFileSync(join(directory, "package.json"));
  return text === undefined ? undefined : parsePackageJson(text)?.version;
}
