import pc from "picocolors";
import { describe, expect, it } from "vitest";
import { logFor, logLine } from "./log-lines.ts";

const colors = pc.createColors(false);
const read = (entry: object): string => logLine(JSON.stringify({ level: 30, time: 0, ...entry }), colors).replace(/^\d\d:\d\d:\d\d /, "");

describe("logLine", () => {
  it("tells what, and then its fields; people by their names", () => {
    expect(read({ pid: 1, hostname: "h", status: 200, route: "/admin/builds", principal: { kind: "person", id: "x", name: "ada" }, reason: "two words", msg: "request" })).toBe('request status=200 route=/admin/builds principal=ada reason="two words"\n');
  });

  it("says how bad it is, why, and for errors where", () => {
    const err = { message: "no\ndatabase", stack: "Error: no\ndatabase\n    at open (file.ts:1:1)" };
    expect(read({ level: 40, msg: "slow", err })).toBe("warning slow no database\n");
    expect(read({ level: 50, msg: "failed", err })).toBe("error failed no database\n    at open (file.ts:1:1)\n");
  });

  it("lets nothing steer the terminal", () => {
    expect(read({ msg: "a\u001b[2Jb", name: "\u001b]0;title\u0007c" })).toBe("ab name=c\n");
  });
});

it("is for terminals only: programs read the log as JSON", () => {
  const written: string[] = [];
  const output = { colors, isLive: false, columns: 80, line: () => undefined, write: (text: string) => void written.push(text) };
  expect(logFor({ ...output, isTerminal: false })).toBeUndefined();
  logFor({ ...output, isTerminal: true })?.write('{"level":30,"time":0,"msg":"ready"}\n');
  expect(written.join("")).toMatch(/ready\n$/);
});
