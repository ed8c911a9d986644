import { PassThrough } from "node:stream";
import { assert, constantFrom, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { printJson } from "./command.ts";
import { withoutSteering } from "./steering.ts";
import { terminalOf } from "./terminal.ts";

const hostile = "a\u001b]0;title\u0007\u001b[2J\u001b]52;c;aGk=\u001b\\\u009b1mb\u0008\r\tc\nd\u007f";
const control = /(?![\t\n])\p{Cc}/u;
const coloured = { isColorSupported: true };

describe("what is printed", () => {
  it("steers no terminal, and keeps its lines and what colours it", () => {
    expect(withoutSteering(`\u001b[31m${hostile}\u001b[39m`, coloured)).toBe("\u001b[31mab\tc\nd\u001b[39m");
    expect(withoutSteering(`\u001b[31m${hostile}\u001b[39m`, { isColorSupported: false })).toBe("ab\tc\nd");
  });

  it("has no control character left, whatever it was", () => {
    assert(property(string({ unit: constantFrom(...hostile, "\u001b", "\u009b", "[", "]", ";", "1", "m", "\u0000", "\u0085") }), (text) => !control.test(withoutSteering(text, { isColorSupported: false }))));
  });

  it("goes that way wherever a line is written, and JSON keeps every character", () => {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    const terminal = terminalOf({ stdout, stderr } as never, { FORCE_COLOR: "1" });
    terminal.err.line(hostile);
    expect(stderr.read()?.toString()).toBe("ab\tc\nd\n");
    printJson({ terminal, env: {}, cwd: "/", exitCode: 0 }, { hostile });
    const printed = stdout.read()?.toString() ?? "";
    expect([JSON.parse(printed), /(?!\n)\p{Cc}/u.test(printed)]).toEqual([{ hostile }, false]);
  });
});
