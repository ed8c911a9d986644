import { join } from "node:path";
import { hostPackages, readLockfile } from "./lockfile.ts";
import { readPackageJson } from "./package-json.ts";

/** Name of each package of the host itself -> its directory, "" for the root. */
export async function packageDirectories(workspace: string): Promise<ReadonlyMap<string, string>> {
  const lockfile = await readLockfile(workspace);
  const directories = lockfile.ok && lockfile.value !== undefined ? hostPackages(lockfile.value.packages) : [""];
  const named = await Promise.all(directories.map(async (directory) => ({ directory, name: (await readPackageJson(join(workspace, directory)))?.name })));
  return new Map(named.flatMap(({ directory, name }) => (name === undefined ? [] : [[name, directory]])));
}

/** For each line the directory in which it was printed: npm says `> name@version script` before it runs a package's script. */
export function directoriesOfLines(lines: readonly string[], directories: ReadonlyMap<string, string>): string[] {
  let present = "";
  return lines.map((line) => {
    const name = /^> (\S+)@\S+ \S+$/.exec(line)?.[1];
    if (name !== undefined) present = directories.get(name) ?? present;
    return present;
  });
}

/** The directory of the package whose script npm says has failed, or whose script was the last to run. */
export function guiltyPackage(lines: readonly string[], directories: ReadonlyMap<string, string>): string | undefined {
  for (const line of lines.toReversed()) {
    const name = /^npm (?:error|ERR!) workspace (\S+)@\S+$/.exec(line)?.[1] ?? /^> (\S+)@\S+ \S+$/.exec(line)?.[1];
    const directory = name === undefined ? undefined : directories.get(name);
    if (directory !== undefined) return directory;
  }
  return undefined;
}
