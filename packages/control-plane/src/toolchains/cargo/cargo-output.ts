import type { OutputLine } from "../toolchain.ts";
import { type BuiltProgram, readCargoMessage, type RustDiagnostic } from "./rustc-messages.ts";

/** Errors of one command that are kept: beyond so many, nobody reads on. */
const keptErrors = 1000;

/** What erases the progress bar before a line. */
const eraseLine = "\u001B[K";

/** Reads what a command prints while it runs: cargo's messages become what people see, and are kept as what they say. */
export class CargoOutput {
  readonly errors: RustDiagnostic[] = [];
  readonly programs: BuiltProgram[] = [];
  /** Names of the packages that were compiled, and of those that were found compiled. */
  readonly compiled = new Set<string>();
  readonly fresh = new Set<string>();

  /** See `Command.present`. */
  readonly present = (line: OutputLine): readonly OutputLine[] => {
    const message = line.stream === "stdout" ? readCargoMessage(line.text) : undefined;
    if (message === undefined) return presentPlain(line);
    if (message.error !== undefined && this.errors.length < keptErrors) this.errors.push(message.error);
    if (message.program !== undefined) this.programs.push(message.program);
    if (message.compiled !== undefined) (message.compiled.fresh ? this.fresh : this.compiled).add(message.compiled.packageName);
    return message.text.map((text) => ({ ...line, text }));
  };
}

function presentPlain(line: OutputLine): readonly OutputLine[] {
  if (!line.text.includes(eraseLine)) return [line];
  const text = line.text.replaceAll(eraseLine, "");
  return text === "" ? [] : [{ ...line, text }];
}
