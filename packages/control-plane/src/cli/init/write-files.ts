import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fail } from "../../errors/problem.ts";
import type { ProposedFile } from "./propose/proposal.ts";

/** Writes all of the proposed files or none. One that came to be there meanwhile is left alone: `file_unwritable`, as for what may not be written. */
export async function writeFiles(root: string, files: readonly ProposedFile[]): Promise<void> {
  const written: string[] = [];
  for (const { path, text } of files) {
    try {
      await writeFile(join(root, path), text, { flag: "wx" });
      written.push(join(root, path));
    } catch (error) {
      for (const each of written) await rm(each, { force: true });
      const { code, message } = error as NodeJS.ErrnoException;
      fail("file_unwritable", `${path} cannot be written: ${code === "EEXIST" ? "it is there already" : message}`, { location: { file: path }, hint: "Check the directory's permissions; files that are there are never overwritten." }, error);
    }
  }
}
