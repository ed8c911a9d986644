import { z } from "zod";
import { problem, type Result } from "../../../errors/problem.ts";
import type { PackageFound } from "../found.ts";

const texts = z.record(z.string(), z.string()).catch({});
const text = z.string().optional().catch(undefined);

/** Parts that are wrong count as absent: they are npm's business. A package.json that is no object is not. */
const packageFile = z.object({
  name: text,
  workspaces: z.union([z.array(z.string()), z.object({ packages: z.array(z.string()) }).transform(({ packages }) => packages)]).catch([]),
  scripts: texts,
  dependencies: texts,
  peerDependencies: texts,
  devDependencies: texts,
  main: text,
  bin: z.union([z.string(), z.record(z.string(), z.string()).transform((programs) => Object.values(programs)[0])]).optional().catch(undefined),
  type: text,
  engines: z.object({ node: text }).catch({ node: undefined }),
});

/** Reads a package.json as a proposal needs it; problem `package_unreadable`. */
export function parsePackageFile(content: string, file: string, directory: string): Result<PackageFound> {
  let value: unknown;
  try {
    value = JSON.parse(content.replace(/^\uFEFF/, ""));
  } catch (error) {
    return refused(file, (error as Error).message);
  }
  const parsed = packageFile.safeParse(value);
  if (!parsed.success) return refused(file, "it holds no object");
  const { name, main, bin, type, engines, ...rest } = parsed.data;
  const optional = { name, main, bin, type, node: engines.node };
  return { ok: true, value: { directory, ...rest, ...defined(optional) } };
}

/** What is known of an object: keys without a value are left out. */
function defined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

function refused(file: string, reason: string): Result<never> {
  return { ok: false, problems: [problem("package_unreadable", `${file} is left out: ${reason}`, { location: { file } })] };
}
