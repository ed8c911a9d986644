import { getStaticTOMLValue, type AST } from "toml-eslint-parser";
import { addEntrySplices, entryLines, type NewEntry } from "../../manifest/edit/add-entry.ts";
import { changeEntrySplices } from "../../manifest/edit/change-module.ts";
import { type EntryPlace, readTableLayout, type TableLayout } from "../../manifest/edit/layout.ts";
import { insertLinesBelow } from "../../manifest/edit/lines.ts";
import { removePlaces } from "../../manifest/edit/remove-module.ts";
import { applySplices, lineStart, markBefore, type Source, type Splice } from "../../manifest/edit/source.ts";
import { entriesIn, valueStyle } from "../../manifest/edit/style.ts";
import { formatPair, formatValue, type SpecValue, USUAL_STYLE, type ValueStyle } from "../../manifest/format-spec.ts";
import { readCargoSource } from "./cargo-source.ts";

/** Keys and values of a dependency as Cargo.toml has them: `path` -> `../../crates/rustok-blog`. */
export type DependencyKeys = ReadonlyMap<string, SpecValue>;

/** The keys of a dependency that say what a module's spec says. All others are the host's own, and stay. */
const ours: ReadonlySet<string> = new Set(["version", "path", "git", "rev", "tag", "branch", "workspace", "features"]);

/** Tables that people look for below `[dependencies]`. */
const below = /^(dev-dependencies|dev_dependencies|build-dependencies|build_dependencies|target)$/;

/**
 * Makes the entry `name` of `[dependencies]` say exactly `keys`, and what else the host wrote into it. Only the bytes
 * concerned change; a new entry takes its place in the order of the alphabet where the others keep to it, and the end
 * otherwise. Throws toml_syntax.
 */
export function setDependency(text: string, name: string, keys: DependencyKeys): string {
  const source = readCargoSource(text);
  const layout = readTableLayout(source, "dependencies");
  const place = layout.entries.get(name);
  return applySplices(source, place === undefined ? add(source, layout, newEntry(name, keys)) : change(source, place, keys));
}

/**
 * Takes the entry `name` out of `[dependencies]`, and the comment on its line. Comments on lines of their own stay: whether one
 * speaks of this entry or of those below it, nobody can tell. So does an empty `[dependencies]`.
 */
export function removeDependency(text: string, name: string): string {
  const source = readCargoSource(text);
  const place = readTableLayout(source, "dependencies").entries.get(name);
  return place === undefined ? text : applySplices(source, removePlaces(source, [place]));
}

function newEntry(name: string, keys: DependencyKeys): NewEntry {
  return { name, keys, value: (style = USUAL_STYLE) => formatDependency(keys, style) };
}

/** As cargo writes it: a requirement alone is a string. */
function formatDependency(keys: DependencyKeys, style: ValueStyle): string {
  const version = keys.get("version");
  if (version !== undefined && keys.size === 1) return formatValue(version, style.quote);
  return `{${style.padding}${[...keys].map(([key, value]) => formatPair(key, value, style)).join(", ")}${style.padding}}`;
}

function change(source: Source, place: EntryPlace, keys: DependencyKeys): readonly Splice[] {
  const whole = place.pairs.find(({ path, node }) => path.length === 2 && node.value.type !== "TOMLInlineTable")?.node.value;
  if (whole === undefined) return changeEntrySplices(source, place, keys, (key) => !ours.has(key));
  const [version] = keys.values();
  if (keys.size === 1 && keys.has("version") && getStaticTOMLValue(whole) === version) return [];
  return [{ start: whole.range[0], end: whole.range[1], text: formatDependency(keys, valueStyle(source, whole)) }];
}

function add(source: Source, layout: TableLayout, entry: NewEntry): readonly Splice[] {
  if (layout.entries.size === 0 && layout.table === undefined && layout.pair === undefined) return addTable(source, entry);
  const { table } = layout;
  const before = table === undefined ? undefined : predecessor(table, entry.name);
  if (table === undefined || before === undefined) return addEntrySplices(source, layout, [entry], () => true);
  return [insertLinesBelow(source, before.range[1], entryLines(source, entriesIn(layout, table, () => true), [entry]))];
}

/** Below what a new entry goes to keep the order of the alphabet; undefined where there is none to keep, or it goes to the end. */
function predecessor(table: AST.TOMLTable, name: string): AST.HasLocs | undefined {
  const names = table.body.map((pair) => nameOf(pair));
  if (names.some((own, index) => index > 0 && own < (names[index - 1] ?? ""))) return undefined;
  const next = names.findIndex((own) => own > name);
  return next === -1 ? undefined : (table.body[next - 1] ?? table.key);
}

function nameOf({ key }: AST.TOMLKeyValue): string {
  const [first] = key.keys;
  return first === undefined ? "" : first.type === "TOMLBare" ? first.name : first.value;
}

/** `[dependencies]` itself: above the tables that people expect below it, or else at the end. */
function addTable(source: Source, entry: NewEntry): readonly Splice[] {
  const next = source.tree.body[0].body.find((statement) => statement.type === "TOMLTable" && below.test(String(statement.resolvedKey[0])));
  if (next === undefined) return addEntrySplices(source, { name: "dependencies", entries: new Map() }, [entry], () => true);
  const at = aboveComments(source, next.range[0]);
  const lines = ["[dependencies]", ...entryLines(source, [], [entry]), ""];
  return [{ start: at, end: at, text: lines.map((line) => line + source.newline).join("") }];
}

/** Where the comments that stand directly above an offset's line begin, or the line itself. */
function aboveComments(source: Source, offset: number): number {
  let start = lineStart(source, offset);
  for (;;) {
    const mark = markBefore(source, start);
    const line = mark === undefined ? start : lineStart(source, mark.range[0]);
    const stands = mark !== undefined && source.text.slice(line, mark.range[0]).trim() === "" && source.text[mark.range[0]] === "#";
    if (!stands || source.text.slice(mark.range[1], start).split("\n").length > 2) return start;
    start = line;
  }
}
