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

/** Where one entry of a table of tables (a module of `[modules]`) is written: its `[modules.slug]` table, or the outermost pairs that make it. */
export interface EntryPlace {
  readonly table?: AST.TOMLTable;
  /** Pairs outside the entry's own table whose key takes the path to or past the entry's name. */
  readonly pairs: readonly Pair[];
  /** Its keys, however they are written: `source` → the pair that gives it. */
  readonly keys: ReadonlyMap<string, Pair>;
}

/** Where a table of tables is written. */
export interface TableLayout {
  /** Its name at the top of the document, e.g. `modules`. */
  readonly name: string;
  readonly entries: ReadonlyMap<string, EntryPlace>;
  /** The `[modules]` header. */
  readonly table?: AST.TOMLTable;
  /** `modules = { … }`. */
  readonly pair?: Pair;
}

/** Where a manifest's parts are written: one pass over the tree, so that many edits of a large file stay fast. */
export interface Layout {
  readonly modules: TableLayout;
  readonly settingsTable?: AST.TOMLTable;
  readonly settingsPair?: Pair;
  /** `default_enabled = […]`, wherever [settings] is written. */
  readonly defaultEnabled?: Pair;
}

/** Finds a manifest's parts. */
export function readLayout(source: Source): Layout {
  const statements = readStatements(source);
  return { modules: tableLayout(statements, "modules"), ...settingsOf(statements) };
}

/** Finds the entries of one table of tables of a document. */
export function readTableLayout(source: Source, name: string): TableLayout {
  return tableLayout(readStatements(source), name);
}

/** All pairs and tables of a document. What is below arrays of tables is left out: edits never touch it. */
interface Statements {
  readonly pairs: readonly Pair[];
  /** By their paths' steps, joined with a zero character. */
  readonly tables: ReadonlyMap<string, AST.TOMLTable>;
}

function readStatements(source: Source): Statements {
  const pairs: Pair[] = [];
  const tables = new Map<string, AST.TOMLTable>();
  for (const statement of source.tree.body[0].body) {
    if (statement.type === "TOMLKeyValue") collectPairs([], statement, pairs);
    else if (statement.kind === "standard" && statement.resolvedKey.every((step) => typeof step === "string")) {
      const path = statement.resolvedKey.map(String);
      tables.set(path.join("\0"), statement);
      for (const pair of statement.body) collectPairs(path, pair, pairs);
    }
  }
  return { pairs, tables };
}

function tableLayout({ pairs, tables }: Statements, name: string): TableLayout {
  const entries = new Map<string, WritablePlace>();
  for (const [key, table] of tables) {
    const [first, entry, ...deeper] = key.split("\0");
    if (first === name && entry !== undefined && deeper.length === 0) placeOf(entries, entry).table = table;
  }
  for (const pair of pairs) if (pair.path[0] === name && pair.path.length > 1) addToPlace(placeOf(entries, pair.path[1] ?? ""), pair);
  const [table, pair] = [tables.get(name), pairs.find(({ path }) => path.length === 1 && path[0] === name)];
  return { name, entries, ...(table === undefined ? {} : { table }), ...(pair === undefined ? {} : { pair }) };
}

interface WritablePlace {
  table?: AST.TOMLTable;
  readonly pairs: Pair[];
  readonly keys: Map<string, Pair>;
}

function placeOf(entries: Map<string, WritablePlace>, name: string): WritablePlace {
  const place = entries.get(name) ?? { pairs: [], keys: new Map<string, Pair>() };
  entries.set(name, place);
  return place;
}

function addToPlace(place: WritablePlace, pair: Pair): void {
  if (pair.path.length === 3) place.keys.set(pair.path[2] ?? "", pair);
  if (pair.path.length - pair.depth < 2 && pair.node.parent !== place.table) place.pairs.push(pair);
}

function settingsOf({ pairs, tables }: Statements): Omit<Layout, "modules"> {
  const settingsTable = tables.get("settings");
  const byPath = new Map(pairs.filter(({ path }) => path.length <= 2).map((pair) => [pair.path.join("\0"), pair]));
  const [settingsPair, defaultEnabled] = [byPath.get("settings"), byPath.get("settings\0default_enabled")];
  return {
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
export function kindWritten(place: EntryPlace): PackageKind | undefined {
  if (place.keys.has("crate")) return "cargo";
  return place.keys.has("package") ? "npm" : undefined;
}

/** The kind of the first module that names one. */
export function firstKind(layout: Layout): PackageKind | undefined {
  for (const place of layout.modules.entries.values()) {
    const kind = kindWritten(place);
    if (kind !== undefined) return kind;
  }
  return undefined;
}
