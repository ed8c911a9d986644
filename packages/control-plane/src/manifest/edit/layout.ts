import type { AST } from "toml-eslint-parser";
import type { PackageKind } from "../manifest.ts";
import { keyText } from "../toml/positions.ts";
import type { Source } from "./source.ts";

/** One `key = value`, wherever it is written, and its whole path from the root. */
export interface Pair {
  readonly path: readonly string[];
  readonly node: AST.TOMLKeyValue;
  /** How many steps of the path its own key has. */
  readonly depth: number;
}

/** Where a manifest's parts are written. */
export interface Layout {
  /** All pairs outside and inside inline tables, in the order of the text. */
  readonly pairs: readonly Pair[];
  /** `[header]` tables with their paths. */
  readonly tables: readonly { readonly path: readonly string[]; readonly node: AST.TOMLTable }[];
}

/** Lists a manifest's pairs and tables. Elements of arrays of tables are left out: edits never touch them. */
export function readLayout(source: Source): Layout {
  const pairs: Pair[] = [];
  const tables: { path: readonly string[]; node: AST.TOMLTable }[] = [];
  for (const statement of source.tree.body[0].body) {
    if (statement.type === "TOMLKeyValue") collectPairs([], statement, pairs);
    else if (statement.kind === "standard" && statement.resolvedKey.every((step) => typeof step === "string")) {
      const path = statement.resolvedKey.map(String);
      tables.push({ path, node: statement });
      for (const pair of statement.body) collectPairs(path, pair, pairs);
    }
  }
  return { pairs, tables };
}

function collectPairs(parent: readonly string[], node: AST.TOMLKeyValue, pairs: Pair[]): void {
  const path = [...parent, ...node.key.keys.map(keyText)];
  pairs.push({ path, node, depth: node.key.keys.length });
  if (node.value.type === "TOMLInlineTable") for (const inner of node.value.body) collectPairs(path, inner, pairs);
}

/** Whether a path begins with these steps. */
export function isBelow(path: readonly string[], ...steps: readonly string[]): boolean {
  return steps.every((step, index) => path[index] === step);
}

/** The pair whose path is exactly this. */
export function findPair(layout: Layout, ...steps: readonly string[]): Pair | undefined {
  return layout.pairs.find(({ path }) => path.length === steps.length && isBelow(path, ...steps));
}

/** The `[table]` whose path is exactly this. */
export function findTable(layout: Layout, ...steps: readonly string[]): AST.TOMLTable | undefined {
  return layout.tables.find(({ path }) => path.length === steps.length && isBelow(path, ...steps))?.node;
}

/** Where a module is written: its `[modules.slug]` table, or the outermost pairs that make it. */
export interface ModulePlace {
  readonly table?: AST.TOMLTable;
  readonly pairs: readonly Pair[];
}

/** Where a module is written, or undefined when it is not there. Pairs of its own table are not listed. */
export function findModule(layout: Layout, slug: string): ModulePlace | undefined {
  const table = findTable(layout, "modules", slug);
  // The outermost pairs: those whose own key takes the path past the slug.
  const pairs = layout.pairs.filter(({ path, node, depth }) => path.length >= 2 && isBelow(path, "modules", slug) && path.length - depth < 2 && node.parent !== table);
  return table === undefined && pairs.length === 0 ? undefined : { ...(table === undefined ? {} : { table }), pairs };
}

/** The kind of package that this module, or else any module, is written with. */
export function kindWritten(layout: Layout, slug?: string): PackageKind | undefined {
  const named = layout.pairs.find(({ path }) => {
    const [top, module, key] = path;
    return path.length === 3 && top === "modules" && (slug === undefined || module === slug) && (key === "crate" || key === "package");
  });
  return named === undefined ? undefined : named.path[2] === "crate" ? "cargo" : "npm";
}
