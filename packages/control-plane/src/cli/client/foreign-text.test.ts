import pc from "picocolors";
import { describe, expect, it } from "vitest";
import type { Output } from "../terminal.ts";
import { foreignText } from "./foreign-text.ts";

const output = (coloured: boolean): Output => ({ colors: pc.createColors(coloured), isTerminal: coloured, isLive: coloured, columns: undefined, line: () => undefined, write: () => undefined });

describe("foreignText", () => {
  it("keeps colours where they can be shown and ends them with the line", () => {
    expect(foreignText(output(true), "\u001b[31mred\u001b[39m and \u001b[1;32mbold")).toBe("\u001b[31mred\u001b[39m and \u001b[1;32mbold\u001b[0m");
    expect(foreignText(output(false), "\u001b[31mred\u001b[39m")).toBe("red");
  });

  it("lets nothing steer the terminal", () => {
    for (const coloured of [true, false]) {
      expect(foreignText(output(coloured), "\u001b[2J\u001b[Ha\u001b]0;title\u0007b\u0008\u009bc\tz")).toBe("ab\tz");
      expect(foreignText(output(coloured), "10 %\r50 %\r100 %\r")).toBe("100 %");
    }
  });
});
