import { byText } from "../../composition/text-order.ts";
import { pascalCase } from "../identifiers.ts";
import type { RegisteredModule } from "../registry-input.ts";
import { rustIdentifier } from "./identifiers.ts";

/** How one module's type is brought into the generated file. */
export interface ImportedType {
  /** What the type is called in the file: its own name, where nothing else has it. */
  readonly name: string;
  /** The crate, the modules inside it, the type. */
  readonly path: readonly string[];
}

/** Names that the generated file uses itself; a type that is called so gets another one. */
const OWN_NAMES = ["ModuleRegistry", "Box", "str", "DEFAULT_ENABLED", "register_modules"];

/** A longer name would be broken over lines in ways of its own; the type gets a shorter one. */
const LONGEST_NAME = 80;

/** The type of every module, in their order. No two have one name, although crates may have types of one name. */
export function importedTypes(modules: readonly RegisteredModule[]): readonly ImportedType[] {
  const used = new Set(OWN_NAMES);
  return modules.map((module) => {
    const path = pathOf(module);
    const name = nameIn(used, path.at(-1) ?? "", module.slug);
    used.add(name);
    return { name, path };
  });
}

/** Where a module's type is: `<Slug>Module` in the root of its crate, unless the descriptor says otherwise, relative to the crate. */
function pathOf({ slug, importName, packageName = importName, entryType }: RegisteredModule): readonly string[] {
  const crate = rustIdentifier(importName);
  const inCrate = (entryType ?? `${pascalCase(slug)}Module`).replace(/^crate::/, "").split("::").map(rustIdentifier);
  const isWhole = inCrate.length > 1 && [crate, rustIdentifier(packageName)].includes(inCrate[0] ?? "");
  return [crate, ...(isWhole ? inCrate.slice(1) : inCrate)];
}

function nameIn(used: ReadonlySet<string>, type: string, slug: string): string {
  if (!used.has(type) && type.length <= LONGEST_NAME) return type;
  const wanted = rustIdentifier(type.length > LONGEST_NAME ? type.slice(0, LONGEST_NAME / 2) : `${type.replace(/^r#/, "")}Of${pascalCase(slug)}`).slice(0, LONGEST_NAME - 10);
  let name = wanted;
  for (let number = 2; used.has(name); number++) name = `${wanted}${number}`;
  return name;
}

/**
 * The lines that import the types. rustfmt sorts imports that stand together, since edition 2024 by other rules than before:
 * so a blank line parts two neighbours wherever the rules might not agree, and every edition leaves the lines alone.
 */
export function importLines(types: readonly ImportedType[]): string[] {
  const names = new Set([...OWN_NAMES, ...types.map((type) => type.name)]);
  const sorted = types.toSorted((a, b) => byText(a.path.join("::"), b.path.join("::")) || byText(a.name, b.name));
  return sorted.flatMap((type, index) => {
    const before = sorted[index - 1];
    const line = importLine(type, names);
    return before === undefined || (isBefore(before.path, type.path) && !line.startsWith("use ::")) ? [line] : ["", line];
  });
}

/** `use a::B;`. A crate that is called like a name of the file is told from it by `::`. */
function importLine({ path, name }: ImportedType, names: ReadonlySet<string>): string {
  const root = names.has(path[0] ?? "") ? "::" : "";
  return `use ${root}${path.join("::")}${name === path.at(-1) ? "" : ` as ${name}`};`;
}

/** Whether rustfmt of every edition puts the one path before the other: false where that is not certain. */
function isBefore(a: readonly string[], b: readonly string[]): boolean {
  const at = a.findIndex((segment, index) => segment !== b[index]);
  const [left, right] = [a[at], b[at]];
  if (left === undefined || right === undefined) return false;
  return [SNAKE_CASE, CAMEL_CASE].some((style) => style.test(left) && style.test(right)) && lettersBefore(left, right);
}

const SNAKE_CASE = /^[a-z][a-z0-9_]*$/;
const CAMEL_CASE = /^[A-Z][a-z][A-Za-z0-9]*$/;

/** Digits are compared as text in one edition and as numbers in the other; lower-case letters and `_` are alike in both. */
function lettersBefore(left: string, right: string): boolean {
  let at = 0;
  while (at < left.length && left[at] === right[at]) at++;
  const [a, b] = [left[at] ?? "", right[at] ?? ""];
  return /^[a-z_]?$/.test(a) && /^[a-z_]$/.test(b) && a < b;
}
