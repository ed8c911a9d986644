import type { Command } from "commander";
import { describe, expect, it } from "vitest";
import { exitCodes } from "../exit-codes.ts";
import { createProgram } from "../program.ts";
import { terminalOf } from "../terminal.ts";
import { examples } from "./examples.ts";

const program = createProgram({ terminal: terminalOf(process, {}), env: {}, cwd: process.cwd(), exitCode: exitCodes.ok }, "0.0.0");

/** Every command below this one, by its words. */
function commandsOf(parent: Command, words: readonly string[] = []): [string, Command][] {
  return parent.commands.flatMap((command) => {
    const path = [...words, command.name()];
    return [[path.join(" "), command] as [string, Command], ...commandsOf(command, path)];
  });
}

const commands = commandsOf(program);

describe("examples", () => {
  it("are there for every command, and for nothing else", () => {
    expect(Object.keys(examples).toSorted()).toEqual(commands.map(([path]) => path).toSorted());
  });

  it("fit a narrow terminal in one line: a line that is broken cannot be copied", () => {
    expect(Object.values(examples).filter((example) => example.length > 76)).toEqual([]);
  });

  it.each(commands)("%s: its example is what the command understands", (path, command) => {
    const words = (examples[path]?.match(/'[^']*'|"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll(/^["']|["']$/g, ""));
    // Groups list what they hold: their example is that of their first command.
    const [own, given] = command.commands.length > 0 && !command.registeredArguments.length && words.includes("list") ? [command.commands[0] ?? command, words.slice(path.split(" ").length + 2)] : [command, words.slice(path.split(" ").length + 1)];
    expect(words.join(" ")).toMatch(new RegExp(`^modyard ${path}\\b`));
    const { operands, unknown } = own.parseOptions(given);
    expect(unknown).toEqual([]);
    const { length } = own.registeredArguments;
    expect(operands.length).toBeGreaterThanOrEqual(own.registeredArguments.filter(({ required }) => required).length);
    if (!own.registeredArguments.at(-1)?.variadic) expect(operands.length).toBeLessThanOrEqual(length);
  });

  it.each(commands)("%s: its help ends with it", (path, command) => {
    let help = "";
    command.configureOutput({ writeOut: (text) => void (help += text) });
    command.outputHelp();
    expect(help.trimEnd().endsWith(examples[path] ?? "?")).toBe(true);
    expect(help).not.toContain("(default: [])");
  });
});
