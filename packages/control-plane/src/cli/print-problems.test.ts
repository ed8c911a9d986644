import pc from "picocolors";
import { expect, it } from "vitest";
import { problem } from "../errors/problem.ts";
import { parseModuleArgument } from "./change-options.ts";
import { printProblems } from "./print-problems.ts";

function printed(...args: [problems: Parameters<typeof printProblems>[1], sources?: ReadonlyMap<string, string>]): string[] {
  const lines: string[] = [];
  printProblems({ colors: pc.createColors(false), isTerminal: false, isLive: false, columns: undefined, write: () => undefined, line: (text = "") => void lines.push(text) }, args[0], "error", args[1]);
  return lines;
}

const at = (column: number) => ({ location: { file: "m.toml", line: 2, column } });

it("shows the place, the message, the line and the hint", () => {
  const lines = printed([problem("toml_syntax", "Bad value", at(5))], new Map([["m.toml", "a = 1\r\nb = x\r\n"]]));
  expect(lines).toEqual(["m.toml:2:5: error[toml_syntax]: Bad value", "  2 | b = x", "    |     ^", expect.stringContaining("  hint: "), ""]);
});

it("cuts long lines around the place, and lets no byte of a file steer the terminal", () => {
  const long = `${"x".repeat(5000)}\u001b[2J${"y".repeat(5000)}`;
  const [, shown = "", mark = ""] = printed([problem("toml_syntax", "Bad", at(5001))], new Map([["m.toml", `\n${long}`]]));
  expect(shown.length).toBeLessThan(120);
  expect(shown).not.toContain("\u001b");
  expect(shown[mark.indexOf("^")]).toBe("�");
});

it("repeats what others wrote without what would steer the terminal", () => {
  const hostile = "\u001b[2J\u001b]52;c;ZXZpbA==\u0007it\u009b31m";
  const lines = printed([problem("toml_syntax", `one ${hostile}\ntwo ${hostile}`, { hint: `do ${hostile}`, location: { file: `m${hostile}.toml` } })]);
  // oxlint-disable-next-line no-control-regex
  expect(lines.join("\n")).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  expect(lines.slice(0, 3)).toEqual([expect.stringMatching(/toml.*one it/), expect.stringMatching(/two it/), expect.stringMatching(/hint: do it/)]);
});

it("prints what has no place, and what lies in a file that cannot be read, without a line", () => {
  expect(printed([problem("plan_stale", "Old")])).toHaveLength(3);
  expect(printed([problem("toml_syntax", "Bad", at(1))])).toHaveLength(3);
});

it.each([
  ["forum", { slug: "forum" }],
  ["forum@^1.2", { slug: "forum", version: "^1.2" }],
  ["@acme/forum", { slug: "@acme/forum" }],
  ["@acme/forum@1.2.0", { slug: "@acme/forum", version: "1.2.0" }],
  ["forum@", { slug: "forum@" }],
])("reads %s on the command line as %o", (text, read) => {
  expect(parseModuleArgument(text)).toEqual(read);
});
