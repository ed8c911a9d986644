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

/** Where one module is written: its `[modules.slug]` table, or the outermost pairs that make it. */
export interface ModulePlace {
  readonly table?: AST.TOMLTable;
  /** Pairs outside the module's own table whose key takes the path to or past the slug. */
  readonly pairs: readonly Pair[];
  /** Its keys, however they are written: `source` → the pair that gives it. */
  readonly keys: ReadonlyMap<string, Pair>;
}

/** Where a manifest's parts are written: one pass over the tree, so that many edits of a large file stay fast. */
export interface Layout {
  readonly modules: ReadonlyMap<string, ModulePlace>;
  /** The `[modules]` header. */
  readonly modulesTable?: AST.TOMLTable;
  /** `modules = { … }`. */
  readonly modulesPair?: Pair;
  readonly settingsTable?: AST.TOMLTable;
  readonly settingsPair?: Pair;
  /** `default_enabled = […]`, wherever [settings] is written. */
  readonly defaultEnabled?: Pair;
}

/** Finds a manifest's parts. What is below arrays of tables is left out: edits never touch it. */
export function readLayout(source: Source): Layout {
  const pairs: Pair[] = [];
  const tables = new Map<string, AST.TOMLTable>();
  const modules = new Map<string, WritablePlace>();
  for (const statement of source.tree.body[0].body) {
    if (statement.type === "TOMLKeyValue") collectPairs([], statement, pairs);
    else if (statement.kind === "standard" && statement.resolvedKey.every((step) => typeof step === "string")) {
      const path = statement.resolvedKey.map(String);
      if (path.length === 1) tables.set(path.join(), statement);
      if (path.length === 2 && path[0] === "modules") placeOf(modules, path[1] ?? "").table = statement;
      for (const pair of statement.body) collectPairs(path, pair, pairs);
    }
  }
  for (const pair of pairs) if (pair.path[0] === "modules" && pair.path.length > 1) addToPlace(placeOf(modules, pair.path[1] ?? ""), pair);
  return { modules, ...parts(pairs, tables) };
}

interface WritablePlace {
  table?: AST.TOMLTable;
  readonly pairs: Pair[];
  readonly keys: Map<string, Pair>;
}

function placeOf(modules: Map<string, WritablePlace>, slug: string): WritablePlace {
  const place = modules.get(slug) ?? { pairs: [], keys: new Map<string, Pair>() };
  modules.set(slug, place);
  return place;
}

function addToPlace(place: WritablePlace, pair: Pair): void {
  if (pair.path.length === 3) place.keys.set(pair.path[2] ?? "", pair);
  if (pair.path.length - pair.depth < 2 && pair.node.parent !== place.table) place.pairs.push(pair);
}

function parts(pairs: readonly Pair[], tables: ReadonlyMap<string, AST.TOMLTable>): Omit<Layout, "modules"> {
  const [modulesTable, settingsTable] = [tables.get("modules"), tables.get("settings")];
  const byPath = new Map(pairs.filter(({ path }) => path.length <= 2).map((pair) => [pair.path.join("\0"), pair]));
  const [modulesPair, settingsPair, defaultEnabled] = [byPath.get("modules"), byPath.get("settings"), byPath.get("settings\0default_enabled")];
  return {
    ...(modulesTable === undefined ? {} : { modulesTable }),
    ...(modulesPair === undefined ? {} : { modulesPair }),
    ...(settingsTable === undefined ? {} : { settingsTable }),
    ...(settingsPair === undefined ? {} : { settingsPair }),
    ...(defaultEnabled === undefined ? {} : { defaultEnabled }),
  };
}

function collectPairs(parent: readonly string[], node: AST.TOMLKeyValue, pairs: Pair[]): void {
  const path = [...parent, ...node.key.keys.map(keyText)];
  pairs.push({ path, node, depth: node.key.keys.length });
  if (node.value.type === "TOMLInlineTable") for (const inner of node.value.body) collectPairs(path, inner, pairs);
}

/** The kind of package that a module is written with; undefined when it names none. */
export function kindWritten(place: ModulePlace): PackageKind | undefined {
  if (place.keys.has("crate")) return "cargo";
  return place.keys.has("package") ? "npm" : undefined;
}

/** The kind of the first module that names one. */
export function firstKind(layout: Layout): PackageKind | undefined {
  for (const place of layout.modules.values()) {
    const kind = kindWritten(place);
    if (kind !== undefined) return kind;
  }
  return undefined;
}
