import { join } from "node:path";
import { z } from "zod";
import { readPlainFile } from "../shared/plain-file.ts";

const packageJson = z.object({
  name: z.string().optional(),
  version: z.string().optional(),
  description: z.string().optional(),
  license: z.string().optional().catch(undefined),
  homepage: z.string().optional().catch(undefined),
  main: z.string().optional(),
  types: z.string().optional(),
  files: z.array(z.string()).optional(),
  exports: z.unknown().optional(),
  bin: z.union([z.string(), z.record(z.string(), z.string())]).optional(),
  dependencies: z.record(z.string(), z.string()).optional(),
});

/** What Modyard reads of a package.json. */
export type PackageJson = z.infer<typeof packageJson>;

/** Parses the text of a package.json; undefined when it is none. */
export function parsePackageJson(text: string): PackageJson | undefined {
  try {
    return packageJson.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** The package.json of a directory; undefined when it is missing or not valid. */
export async function readPackageJson(directory: string): Promise<PackageJson | undefined> {
  const text = await readPlainFile(join(directory, "package.json"));
  return text === undefined ? undefined : parsePackageJson(text);
}
