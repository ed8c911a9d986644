import type { AST } from "toml-eslint-parser";
import type { KeyPath } from "./key-path.ts";

/** A line and a column, both from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

interface PositionNode {
  /** Where the key (or the table's header) stands; for an array's element the element itself. */
  readonly key: Position;
  /** Where the value stands; a table's header where it has no value of its own. */
  value: Position;
  readonly children: Map<string | number, PositionNode>;
}

/** Where each key and value of one document stands: built once, each look-up takes as many steps as the path is long. */
export type PositionIndex = (path: KeyPath, part: "key" | "value") => Position;

/** Indexes a document. A path that is not there has the position of its nearest ancestor. */
export function indexPositions(program: AST.TOMLProgram): PositionIndex {
  const top: Position = { line: 1, column: 1 };
  const root: PositionNode = { key: top, value: top, children: new Map() };
  for (const statement of program.body[0].body) {
    if (statement.type === "TOMLTable") addTable(root, statement);
    else addPair(root, statement);
  }
  return (path, part) => {
    let node = root;
    for (const [depth, step] of path.entries()) {
      const next = node.children.get(step);
      if (next === undefined) return depth === 0 ? root.key : node.key;
      node = next;
    }
    return node[part];
  };
}

function addTable(root: PositionNode, table: AST.TOMLTable): void {
  let node = root;
  for (const step of table.resolvedKey) node = descend(node, step, positionOf(table.key));
  node.value = positionOf(table.key);
  for (const pair of table.body) addPair(node, pair);
}

function addPair(parent: PositionNode, pair: AST.TOMLKeyValue): void {
  let node = parent;
  for (const key of pair.key.keys) node = descend(node, keyText(key), positionOf(pair.key));
  addValue(node, pair.value);
}

function addValue(node: PositionNode, value: AST.TOMLContentNode): void {
  node.value = positionOf(value);
  if (value.type === "TOMLInlineTable") for (const pair of value.body) addPair(node, pair);
  if (value.type === "TOMLArray") {
    for (const [index, element] of value.elements.entries()) addValue(descend(node, index, positionOf(element)), element);
  }
}

function descend(node: PositionNode, step: string | number, position: Position): PositionNode {
  const present = node.children.get(step);
  if (present !== undefined) return present;
  const made: PositionNode = { key: position, value: position, children: new Map() };
  node.children.set(step, made);
  return made;
}

function positionOf(node: AST.HasLocs): Position {
  return { line: node.loc.start.line, column: node.loc.start.column + 1 };
}

/** The name of one part of a key, without quotes. */
export function keyText(key: AST.TOMLBare | AST.TOMLQuoted): string {
  return key.type === "TOMLBare" ? key.name : key.value;
}
