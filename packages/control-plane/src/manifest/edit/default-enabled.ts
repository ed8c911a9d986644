import type { AST } from "toml-eslint-parser";
import { formatString } from "../format-spec.ts";
import { appendElements, bracketList, removeElements } from "./list.ts";
import type { Layout } from "./layout.ts";
import { appendLines, insertLinesBelow } from "./lines.ts";
import type { Source, Splice } from "./source.ts";
import { valueStyle } from "./style.ts";

/** The slugs that `settings.default_enabled` lists. */
export function enabledIn(layout: Layout): readonly string[] {
  return [...enabledElements(layout).values()];
}

/** Adds slugs to `settings.default_enabled`, those that are there already left out; the array, and [settings], are written where they are missing. */
export function enableSplices(source: Source, layout: Layout, slugs: readonly string[]): readonly Splice[] {
  const present = new Set(enabledIn(layout));
  const missing = [...new Set(slugs)].filter((slug) => !present.has(slug));
  const list = layout.defaultEnabled?.node.value;
  if (missing.length === 0) return [];
  if (list?.type === "TOMLArray") {
    const { quote } = valueStyle(source, list);
    return appendElements(source, bracketList(list), missing.map((slug) => formatString(slug, quote)));
  }
  return writeList(source, layout, `default_enabled = [${missing.map((slug) => formatString(slug, '"')).join(", ")}]`);
}

function writeList(source: Source, { settingsPair, settingsTable }: Layout, line: string): readonly Splice[] {
  const whole = settingsPair?.node.value;
  if (whole?.type === "TOMLInlineTable") return appendElements(source, bracketList(whole), [line]);
  if (settingsTable === undefined) return [appendLines(source, ["[settings]", line])];
  return [insertLinesBelow(source, settingsTable.body.at(-1)?.range[1] ?? settingsTable.key.range[1], [line])];
}

/** Takes slugs out of `settings.default_enabled`, where they are listed. */
export function disableSplices(source: Source, layout: Layout, slugs: ReadonlySet<string>): readonly Splice[] {
  const list = layout.defaultEnabled?.node.value;
  if (list?.type !== "TOMLArray") return [];
  const removed = [...enabledElements(layout)].filter(([, slug]) => slugs.has(slug)).map(([element]) => element);
  return removed.length === 0 ? [] : removeElements(source, bracketList(list), new Set(removed));
}

function enabledElements(layout: Layout): ReadonlyMap<AST.TOMLContentNode, string> {
  const list = layout.defaultEnabled?.node.value;
  if (list?.type !== "TOMLArray") return new Map();
  return new Map(list.elements.flatMap((element) => (element.type === "TOMLValue" && element.kind === "string" ? [[element, element.value] as const] : [])));
}
