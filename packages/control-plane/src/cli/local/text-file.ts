import { readFile, stat } from "node:fs/promises";
import { isAbsolute, join, resolve } from "node:path";
import { problem, type Result } from "../../errors/problem.ts";
import { decodeText } from "../../manifest/toml/text.ts";

/** A file that a command works on: where it is, and what people call it. */
export interface NamedFile {
  readonly path: string;
  /** Relative to the present directory, unless it was given otherwise. */
  readonly name: string;
}

/** Names a file by the words of a command line; later parts are relative to earlier ones. */
export function namedFile(cwd: string, ...parts: readonly string[]): NamedFile {
  const name = parts.reduce((before, part) => (isAbsolute(part) ? part : join(before, part)), "");
  return { path: resolve(cwd, name), name };
}

export async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then((found) => found.isDirectory(), () => false);
}

/** The file's text, or file_unreadable, or what is wrong with its bytes. */
export async function readTextFile(file: NamedFile): Promise<Result<string>> {
  try {
    return decodeText(await readFile(file.path), file.name);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const because = code === "ENOENT" ? "it does not exist" : message;
    return { ok: false, problems: [problem("file_unreadable", `${file.name} cannot be read: ${because}`, { location: { file: file.name } })] };
  }
}

/** Reads a file that need not be there: undefined when it is not. */
export async function readIfThere(file: NamedFile): Promise<Result<string> | undefined> {
  const found = await readTextFile(file);
  const missing = await stat(file.path).then(() => false, (error: NodeJS.ErrnoException) => error.code === "ENOENT");
  return missing ? undefined : found;
}
