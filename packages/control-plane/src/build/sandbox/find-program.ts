import { access, constants, stat } from "node:fs/promises";
import { delimiter, resolve } from "node:path";

/** The file that `name` would run, or undefined: asked beforehand, so that "command not found" is never guessed from an exit code. */
export async function findProgram(name: string, cwd: string, path: string): Promise<string | undefined> {
  if (name.includes("/")) return isProgram(resolve(cwd, name));
  for (const directory of path.split(delimiter)) {
    const file = await isProgram(resolve(directory, name));
    if (file !== undefined) return file;
  }
  return undefined;
}

async function isProgram(file: string): Promise<string | undefined> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile() ? file : undefined;
  } catch {
    return undefined;
  }
}
