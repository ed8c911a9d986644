import type { AST } from "toml-eslint-parser";
import { readTableLayout } from "../../manifest/edit/layout.ts";
import { insertLinesBelow } from "../../manifest/edit/lines.ts";
import { appendElements, bracketList, removeElements } from "../../manifest/edit/list.ts";
import { applySplices } from "../../manifest/edit/source.ts";
import { readCargoSource } from "./cargo-source.ts";

/**
 * Writes a directory into `exclude` of the host's `[workspace]`: a crate that is the root of a workspace itself can lie
 * below another only there. The text stays as it is where it says so already, or where the host is no workspace.
 */
export function excludeFromWorkspace(text: string, directory: string): string {
  const source = readCargoSource(text);
  const { table, entries } = readTableLayout(source, "workspace");
  const list = entries.get("exclude")?.pairs[0]?.node.value;
  if (list?.type === "TOMLArray") return elementsOf(list, directory).length > 0 ? text : applySplices(source, appendElements(source, bracketList(list), [JSON.stringify(directory)]));
  if (table === undefined || list !== undefined) return text;
  return applySplices(source, [insertLinesBelow(source, table.body.at(-1)?.range[1] ?? table.key.range[1], [`exclude = [${JSON.stringify(directory)}]`])]);
}

/** Takes a directory out of `exclude` again. An empty list stays. */
export function includeInWorkspace(text: string, directory: string): string {
  const source = readCargoSource(text);
  const list = readTableLayout(source, "workspace").entries.get("exclude")?.pairs[0]?.node.value;
  const found = list?.type === "TOMLArray" ? elementsOf(list, directory) : [];
  return list?.type !== "TOMLArray" || found.length === 0 ? text : applySplices(source, removeElements(source, bracketList(list), new Set(found)));
}

function elementsOf(list: AST.TOMLArray, directory: string): AST.TOMLContentNode[] {
  return list.elements.filter((element) => element.type === "TOMLValue" && element.kind === "string" && element.value.replace(/\/$/, "") === directory);
}
