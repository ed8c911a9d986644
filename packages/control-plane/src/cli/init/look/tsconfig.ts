import { posix } from "node:path";
import { z } from "zod";

const tsconfig = z.object({
  extends: z.union([z.string(), z.array(z.string())]).optional().catch(undefined),
  compilerOptions: z.object({ outDir: z.string().optional().catch(undefined) }).catch({}),
  files: z.array(z.string()).optional().catch(undefined),
  references: z.array(z.object({ path: z.string() })).catch([]),
});
type TsConfig = z.output<typeof tsconfig>;

/** A tsconfig: JSON with comments and trailing commas. Undefined when it is none. */
function parseTsConfig(text: string): TsConfig | undefined {
  try {
    return tsconfig.safeParse(JSON.parse(stripComments(text))).data;
  } catch {
    return undefined;
  }
}

/** Takes comments and trailing commas out; strings stay as they are. */
function stripComments(text: string): string {
  const tokens = /"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;
  const plain = text.replace(/^\uFEFF/, "").replaceAll(tokens, (token) => (token.startsWith('"') ? token : " "));
  return plain.replaceAll(/"(?:[^"\\\n]|\\.)*"|,(?=\s*[\]}])/g, (token) => (token === "," ? "" : token));
}

/** `outDir` of a tsconfig, its bases asked where it does not say; relative to `directory`. Only files that `read` has are looked at. */
export async function outDirOf(directory: string, read: (path: string) => Promise<string | undefined>, file = "tsconfig.json"): Promise<string | undefined> {
  let path = posix.join(directory, file);
  for (let step = 0; step < 5; step += 1) {
    const config = parseTsConfig((await read(path)) ?? "");
    if (config === undefined) return undefined;
    const { outDir } = config.compilerOptions;
    if (outDir !== undefined) return inside(directory, posix.join(posix.dirname(path), outDir));
    const base = typeof config.extends === "string" ? config.extends : config.extends?.at(-1);
    if (base === undefined || !base.startsWith(".")) return undefined;
    path = posix.join(posix.dirname(path), base.endsWith(".json") ? base : `${base}.json`);
    if (path.startsWith("../")) return undefined;
  }
  return undefined;
}

function inside(directory: string, path: string): string | undefined {
  const way = posix.relative(directory, path);
  return way === "" || way.startsWith("..") ? undefined : way;
}

/** Whether a file is a solution that only refers to others, as Modyard generates it for installed path modules. */
export function solutionPaths(text: string): readonly string[] | undefined {
  const config = parseTsConfig(text);
  return config?.files?.length === 0 && config.references.length > 0 ? config.references.map(({ path }) => posix.normalize(path)) : undefined;
}
