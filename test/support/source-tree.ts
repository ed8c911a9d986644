import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

export const repository = resolve(import.meta.dirname, "..", "..");

/** A file of the repository, as its imports see it. */
export interface SourceText {
  /** Relative to the repository, with slashes. */
  readonly path: string;
  readonly text: string;
  /** What it imports, as written. */
  readonly specifiers: readonly string[];
  /** Files of the repository that it imports, relative to the repository. */
  readonly imports: readonly string[];
}

/** Files that git tracks or would track: what somebody is about to add counts too. */
export function repositoryFiles(...patterns: readonly string[]): readonly string[] {
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", ...patterns], { cwd: repository, encoding: "utf8" });
  return [...new Set(listed.split("\0"))].filter((path) => path !== "" && existsSync(join(repository, path)));
}

export function readSource(path: string): SourceText {
  const text = readFileSync(join(repository, path), "utf8");
  const specifiers = findImports(text);
  const local = specifiers.filter((each) => each.startsWith(".")).map((each) => relative(repository, resolve(repository, dirname(path), each)).replaceAll("\\", "/"));
  return { path, text, specifiers, imports: local };
}

/** Every module that a TypeScript text imports or exports from, static and dynamic; text in comments does not count. */
export function findImports(text: string): readonly string[] {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/(^|\s)\/\/.*$/gm, "");
  const found = code.matchAll(/^\s*(?:import|export)\s[^;"'`]*?from\s*["'](?<from>[^"']+)["']|^\s*import\s*["'](?<bare>[^"']+)["']|\bimport\(\s*["'](?<dynamic>[^"']+)["']/gm);
  return [...found].map(({ groups }) => groups?.["from"] ?? groups?.["bare"] ?? groups?.["dynamic"] ?? "");
}

/** Groups of files that import each other in a circle (Tarjan's strongly connected components of more than one file). */
export function findCycles(graph: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const cycles: string[][] = [];
  const visit = (node: string): number => {
    const number = index.size;
    index.set(node, number);
    low.set(node, number);
    stack.push(node);
    for (const next of graph.get(node) ?? []) {
      if (!index.has(next)) low.set(node, Math.min(low.get(node) ?? 0, visit(next)));
      else if (stack.includes(next)) low.set(node, Math.min(low.get(node) ?? 0, index.get(next) ?? 0));
    }
    if (low.get(node) === number) {
      const group = stack.splice(stack.indexOf(node));
      if (group.length > 1 || (graph.get(node) ?? []).includes(node)) cycles.push(group.toSorted());
    }
    return low.get(node) ?? 0;
  };
  for (const node of graph.keys()) if (!index.has(node)) visit(node);
  return cycles;
}
