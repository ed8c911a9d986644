import type { AST } from "toml-eslint-parser";
import { readTableLayout } from "../../manifest/edit/layout.ts";
import { bracketList, removeElements } from "../../manifest/edit/list.ts";
import { applySplices, type Source, type Splice } from "../../manifest/edit/source.ts";
import { readCargoSource } from "./cargo-source.ts";

/**
 * Takes what `[features]` say of a dependency that is gone out of them (`dep:forum`, `forum/comments`, `forum?/comments`, and
 * `forum` where no feature of that name is): cargo refuses a feature that names what is not there. The features themselves
 * stay, since code and other features may name them. Throws toml_syntax.
 */
export function removeFromFeatures(text: string, dependency: string): string {
  const source = readCargoSource(text);
  const features = readTableLayout(source, "features").entries;
  const isItsOwn = features.has(dependency);
  const names = (part: string): boolean => part === `dep:${dependency}` || /^([^/?]+)\??\//.exec(part)?.[1] === dependency || (part === dependency && !isItsOwn);
  const splices = [...features.values()].flatMap(({ pairs }) => pairs.flatMap(({ node }) => removeNamed(source, node.value, names)));
  return splices.length === 0 ? text : applySplices(source, splices);
}

function removeNamed(source: Source, list: AST.TOMLContentNode, names: (part: string) => boolean): readonly Splice[] {
  if (list.type !== "TOMLArray") return [];
  const named = list.elements.filter((part) => part.type === "TOMLValue" && part.kind === "string" && names(part.value));
  return named.length === 0 ? [] : removeElements(source, bracketList(list), new Set(named));
}
