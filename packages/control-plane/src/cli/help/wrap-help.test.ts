import { describe, expect, it } from "vitest";
import { wrapHelp } from "./wrap-help.ts";

describe("wrapHelp", () => {
  it("goes on below the description of an option", () => {
    expect(wrapHelp("  --data <dir>  where everything of it is kept\n  -h            help", 36)).toBe(["  --data <dir>  where everything of", "                it is kept", "  -h            help"].join("\n"));
  });

  it("goes on below a paragraph's first letter, and leaves what fits", () => {
    expect(wrapHelp("one two three four\nfive", 10)).toBe("one two\nthree four\nfive");
  });

  it("uses the room below the term where beside it is none", () => {
    expect(wrapHelp("  MODYARD_BUILD_MEMORY_MEGABYTES  memory of one command", 40)).toBe(["  MODYARD_BUILD_MEMORY_MEGABYTES  memory", "        of one command"].join("\n"));
  });

  it("breaks nothing where nobody sees a width", () => {
    expect(wrapHelp("a ".repeat(200), undefined)).toBe("a ".repeat(200));
  });
});
