import { generatedHeader, type Template } from "../template.ts";
import { rustString } from "./identifiers.ts";
import { importedTypes, importLines } from "./imports.ts";

/**
 * The registry of a Rust host, in the seeds' form: each crate's type registered with the host's `ModuleRegistry`. Exactly what
 * rustfmt makes of it. Features are no matter of the registry: the dependency in the host's Cargo.toml asks for them.
 */
export const rustRegistry: Template = ({ modules, defaultEnabled }, place) => {
  const types = importedTypes(modules);
  const imports = importLines(types);
  const text = `${generatedHeader}
use rustok_core::ModuleRegistry;
${imports.length === 0 ? "" : `\n${imports.join("\n")}\n`}
/// Modules that a new tenant starts with.
#[allow(dead_code)]
pub const DEFAULT_ENABLED: &[&str] =${array(defaultEnabled.map(rustString))};

/// Registers every module of this build, sorted by slug; the registry itself sorts by dependencies.
${registerFunction(types.map(({ name }) => name))}
`;
  return { path: place.output, text };
};

function registerFunction(names: readonly string[]): string {
  if (names.length === 0) return "pub fn register_modules(_registry: &mut ModuleRegistry) {}";
  return `pub fn register_modules(registry: &mut ModuleRegistry) {\n${names.map(registration).join("")}}`;
}

/** What rustfmt leaves on one line: the call inside `register(…)`, and the items inside the array's brackets. */
const CALL_WIDTH = 61;
const ITEMS_WIDTH = 60;

/** Items up to this width are packed; the width of a line inside the array. */
const SHORT_ITEM_WIDTH = 10;
const LINE_WIDTH = 96;

/** One statement, broken where it would be too long for a line. */
function registration(name: string): string {
  const call = `Box::new(${name}::new())`;
  return call.length <= CALL_WIDTH ? `    registry.register(${call});\n` : `    registry.register(Box::new(\n        ${name}::new(),\n    ));\n`;
}

/** The array behind `=`: on one line, short items packed, or one to a line. The comment keeps a single item in its place. */
function array(items: readonly string[]): string {
  const inside = items.join(", ");
  if (inside.length <= ITEMS_WIDTH) return `${inside.length === ITEMS_WIDTH ? "\n   " : ""} &[${inside}]`;
  const lines = items.every((item) => item.length <= SHORT_ITEM_WIDTH) ? packed(items) : items.map((item) => `${item},`);
  return ` &[\n${items.length === 1 ? "    // As modules.toml says.\n" : ""}${lines.map((line) => `    ${line}\n`).join("")}]`;
}

/** As many items on each line as there is room for. */
function packed(items: readonly string[]): string[] {
  return items.reduce<string[]>((lines, item) => {
    const longer = `${lines.at(-1) ?? ""} ${item},`;
    return lines.length > 0 && longer.length <= LINE_WIDTH ? [...lines.slice(0, -1), longer] : [...lines, `${item},`];
  }, []);
}
