import type { WriteStream } from "node:tty";
import { describe, expect, it } from "vitest";
import { terminalOf, wantsColors } from "./terminal.ts";

describe("wantsColors", () => {
  it.each([
    ["a terminal", true, {}, true],
    ["a pipe", false, {}, false],
    ["a terminal with NO_COLOR", true, { NO_COLOR: "1" }, false],
    ["a terminal with an empty NO_COLOR", true, { NO_COLOR: "" }, true],
    ["a pipe with FORCE_COLOR", false, { FORCE_COLOR: "1" }, true],
    ["a terminal with FORCE_COLOR=0", true, { FORCE_COLOR: "0" }, false],
    ["both variables", true, { NO_COLOR: "1", FORCE_COLOR: "1" }, false],
    ["a terminal that can show none", true, { TERM: "dumb" }, false],
  ])("%s: %s %o → %s", (_what, isTerminal, env, wanted) => {
    expect(wantsColors(isTerminal, env)).toBe(wanted);
  });
});

function columnsOf(stream: Partial<WriteStream>): number | undefined {
  return terminalOf({ stdout: stream as WriteStream, stderr: stream as WriteStream }, {}).out.columns;
}

describe("columns", () => {
  it("are the terminal's, and the usual ones where it does not know its size", () => {
    expect(columnsOf({ isTTY: true, columns: 132 })).toBe(132);
    expect(columnsOf({ isTTY: true, columns: 0 })).toBe(80);
  });

  it("are none where nothing needs to be cut", () => {
    expect(columnsOf({ columns: 132 })).toBeUndefined();
  });
});
