import pc from "picocolors";
import { describe, expect, it } from "vitest";
import { ago, cut, deltaText, duration, statusText, wrapped } from "./format.ts";

describe("times", () => {
  it("grow with what they tell", () => {
    expect([0, 440, 12_340, 59_949, 59_950, 245_000, 3_599_600, 3_720_000].map(duration)).toEqual(["0.0 s", "0.4 s", "12.3 s", "59.9 s", "1 min 00 s", "4 min 05 s", "1 h 00 min", "1 h 02 min"]);
    const now = Date.parse("2026-11-21T12:00:00Z");
    expect(["2026-11-21T12:00:01Z", "2026-11-21T11:59:01Z", "2026-11-21T11:00:01Z", "2026-11-20T12:00:00Z", "2026-11-01T12:00:00Z", null].map((at) => ago(at, now))).toEqual(["0 s ago", "59 s ago", "59 min ago", "24 h ago", "20 days ago", "-"]);
  });
});

describe("texts", () => {
  it("tell a change in one line", () => {
    expect(deltaText({ added: [{ slug: "forum" }], removed: [{ slug: "blog" }], changed: [{ slug: "pages" }] })).toBe("+forum -blog ~pages");
    expect(deltaText({ added: [], removed: [], changed: [] })).toBe("rebuild");
  });

  it("fit their width", () => {
    expect(cut("abcdef", 4)).toBe("abc…");
    expect(cut("\u001b[31mabcd\u001b[39m", 4)).toBe("\u001b[31mabcd\u001b[39m");
    expect(cut("abcdef", undefined)).toBe("abcdef");
    expect(wrapped(["content 1", "forum 2", "pages 3"], 20)).toEqual(["content 1, forum 2,", "pages 3"]);
  });

  it("colour what is known and leave the rest", () => {
    expect(statusText(pc.createColors(true), "failed")).toContain("\u001b[31m");
    expect(statusText(pc.createColors(true), "something-new")).toBe("something-new");
  });
});
