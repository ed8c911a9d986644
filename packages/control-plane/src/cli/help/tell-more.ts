import type { Command } from "commander";
import { withoutSteering } from "../steering.ts";
import { usualColumns, type Output, type Terminal } from "../terminal.ts";
import { examples } from "./examples.ts";
import { wrapHelp } from "./wrap-help.ts";

/** Help for this terminal: its width, bold titles, and the plain names of commands in their list. Before any command is added. */
export function fitHelp(program: Command, { out, err }: Terminal): Command {
  return program
    .configureHelp({ styleTitle: out.colors.bold, subcommandTerm: (command) => [command.name(), ...command.registeredArguments.map(argumentOf)].join(" ") })
    .configureOutput({
      writeOut: (text) => out.write(wrapHelp(text, out.columns ?? usualColumns)),
      // It repeats what it was given.
      writeErr: (text) => err.write(withoutSteering(wrapHelp(text, err.columns), err.colors)),
      getOutHelpWidth: () => widthOf(out),
      getErrHelpWidth: () => widthOf(err),
      getOutHasColors: () => out.colors.isColorSupported,
      getErrHasColors: () => err.colors.isColorSupported,
    });
}

/** Ends the help of every command with its example. After all commands were added. */
export function addExamples(parent: Command, out: Output, words: readonly string[] = []): void {
  for (const command of parent.commands) {
    const path = [...words, command.name()];
    const example = examples[path.join(" ")];
    if (example !== undefined) command.addHelpText("after", `\n${out.colors.bold("Example:")}\n  ${example}`);
    addExamples(command, out, path);
  }
}

function widthOf({ columns }: Output): number {
  return columns ?? usualColumns;
}

function argumentOf(argument: Command["registeredArguments"][number]): string {
  const text = `${argument.name()}${argument.variadic ? "..." : ""}`;
  return argument.required ? `<${text}>` : `[${text}]`;
}
