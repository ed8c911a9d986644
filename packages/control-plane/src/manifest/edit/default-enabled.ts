import { formatString } from "../format-spec.ts";
import { appendElement, bracketList, removeElement } from "./list.ts";
import { findPair, findTable, type Layout } from "./layout.ts";
import { appendLines, insertLinesBelow } from "./lines.ts";
import type { Source, Splice } from "./source.ts";
import { valueStyle } from "./style.ts";

/** The slugs that `settings.default_enabled` lists. */
export function enabledIn(layout: Layout): readonly string[] {
  const list = findPair(layout, "settings", "default_enabled")?.node.value;
  if (list?.type !== "TOMLArray") return [];
  return list.elements.flatMap((element) => (element.type === "TOMLValue" && element.kind === "string" ? [element.value] : []));
}

/** Adds one slug to `settings.default_enabled`; the array, and [settings], are written where they are missing. */
export function enableSplices(source: Source, layout: Layout, slug: string): readonly Splice[] {
  const list = findPair(layout, "settings", "default_enabled")?.node.value;
  if (list?.type === "TOMLArray") return appendElement(source, bracketList(list), formatString(slug, valueStyle(source, list).quote));
  const line = `default_enabled = [${formatString(slug, '"')}]`;
  const whole = findPair(layout, "settings")?.node.value;
  if (whole?.type === "TOMLInlineTable") return appendElement(source, bracketList(whole), line);
  const table = findTable(layout, "settings");
  if (table === undefined) return [appendLines(source, ["[settings]", line])];
  return [insertLinesBelow(source, table.body.at(-1)?.range[1] ?? table.key.range[1], [line])];
}

/** Takes one slug out of `settings.default_enabled`, where it is listed. */
export function disableSplices(source: Source, layout: Layout, slug: string): readonly Splice[] {
  const list = findPair(layout, "settings", "default_enabled")?.node.value;
  if (list?.type !== "TOMLArray") return [];
  const index = list.elements.findIndex((element) => element.type === "TOMLValue" && element.kind === "string" && element.value === slug);
  return index === -1 ? [] : removeElement(source, bracketList(list), index);
}
