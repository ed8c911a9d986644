import { problem, type Problem, type ProblemFacts } from "../../errors/problem.ts";
import type { RegistryLine } from "./registry-lines.ts";
import type { RustDiagnostic } from "./rustc-messages.ts";

/** What rustc says of a type that is not there, or not for others to see. */
const missingCodes = new Set(["E0432", "E0433", "E0412", "E0603", "E0425"]);

/** What it says of one that is no module: no trait, no `new()` without arguments, one that gives something else. */
const unfitCodes = new Set(["E0277", "E0599", "E0061", "E0624", "E0308", "E0038", "E0107", "E0283"]);

/** An error in a module's lines of the generated registry file, told as what its author has to mend; undefined for any other error. */
export function moduleTypeProblem({ crate, type }: RegistryLine, diagnostic: RustDiagnostic, facts: ProblemFacts): Problem | undefined {
  const { code = "", message, notes } = diagnostic;
  if (isUnlinked(diagnostic)) return undefined;
  if (missingCodes.has(code)) return problem("module_type_missing", `${crate} has no public type ${type}: ${message} (${code})`, { ...facts, hint: hintForMissing(type) });
  if (!unfitCodes.has(code)) return undefined;
  if ([message, ...notes].some((text) => /different versions? of crate|two types coming from two different versions/.test(text))) {
    return problem("module_type_unfit", `${crate} was compiled with another copy of rustok-core than the host's: ${message} (${code})`, { ...facts, hint: "Make the crate use the host's rustok-core: [patch.crates-io] with its path in the host's Cargo.toml, and the same version in the crate." });
  }
  return problem("module_type_unfit", `${type} of ${crate} cannot be registered: ${message} (${code})`, facts);
}

/** A path further in is nobody's guess: the descriptor says it. */
function hintForMissing(type: string): string {
  if (type.includes("::")) return `The module's module.toml names it so (entry_type in [crate]): correct it there, or make every part of ${type} public.`;
  return `Export the type in the crate's src/lib.rs (\`pub struct ${type};\`), or name the type that is the module: entry_type in [crate] of its module.toml.`;
}

/** What to do about an error of the generated registry file that is about no module's type; `line` is a module's, if any. */
export function registryHint(diagnostic: RustDiagnostic, line: RegistryLine | undefined): string | undefined {
  if (line !== undefined) return isUnlinked(diagnostic) ? `The server knows no crate by the name ${line.crate}. Where the library of ${line.spec.packageName} has a name of its own ([lib] name in its Cargo.toml), its module.toml says so: \`server = "THAT_NAME"\` below [packages].` : undefined;
  return /\brustok_core\b/.test(diagnostic.message) ? "The registry needs a crate rustok-core with `ModuleRegistry`: make the server depend on the host's own. The guide \"Make your application a host\" has one to copy." : undefined;
}

/** The crate itself is not there: nothing that its author could mend. */
function isUnlinked({ message, spans }: RustDiagnostic): boolean {
  return [message, ...spans.map(({ label = "" }) => label)].some((text) => /unlinked crate|undeclared crate|can't find crate/.test(text));
}
