import { pascalCase } from "../identifiers.ts";
import type { RegisteredModule } from "../registry-input.ts";
import { generatedHeader, type Template } from "../template.ts";

/** The registry of a Rust host, in the seeds' form: each crate's type registered with the host's `ModuleRegistry`. */
export const rustRegistry: Template = ({ modules }, place) => {
  const used = new Set(["ModuleRegistry"]);
  const types = modules.map((module) => imported(module, used));
  const text = `${generatedHeader}
use rustok_core::ModuleRegistry;
${types.map((type) => `${type.use}\n`).join("")}
/// Registers every module of this build, sorted by slug; the registry itself sorts by dependencies.
pub fn register_modules(${types.length === 0 ? "_registry" : "registry"}: &mut ModuleRegistry) {
${types.map((type) => `    registry.register(Box::new(${type.name}::new()));\n`).join("")}}
`;
  return { path: place.output, text };
};

/** How a module's type is brought in, and what it is called here: two crates may have types of one name. */
function imported(module: RegisteredModule, used: Set<string>): { readonly use: string; readonly name: string } {
  const path = (module.entryType ?? `${pascalCase(module.slug)}Module`).split("::").map(identifier);
  const type = path.at(-1) ?? "";
  const crate = identifier(module.importName);
  const inCrate = path.length > 1 && path[0] === crate ? path : [crate, ...path];
  const name = used.has(type) ? unused(`${type}Of${pascalCase(module.slug)}`, used) : type;
  used.add(name);
  return { use: `use ${inCrate.join("::")}${name === type ? "" : ` as ${name}`};`, name };
}

function unused(wanted: string, used: ReadonlySet<string>): string {
  let name = wanted;
  for (let number = 2; used.has(name); number++) name = `${wanted}${number}`;
  return name;
}

/** What stands in a path of Rust code: nothing but the characters of identifiers, so that no name breaks out of its place. */
function identifier(text: string): string {
  const clean = text.replaceAll("-", "_").replaceAll(/[^A-Za-z0-9_]/g, "");
  return /^\d/.test(clean) || clean === "" ? `_${clean}` : clean;
}
