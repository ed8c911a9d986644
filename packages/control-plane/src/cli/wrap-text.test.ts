import { assert, integer, property, string } from "fast-check";
import { expect, it } from "vitest";
import { wrapText } from "./wrap-text.ts";

it("breaks at spaces, the first line shorter than the others", () => {
  expect(wrapText("one two three four", 9, 4)).toEqual(["one", "two three", "four"]);
  expect(wrapText("a-very-long-word b", 6)).toEqual(["a-very", "-long-", "word b"]);
  expect(wrapText("one two", undefined)).toEqual(["one two"]);
});

it("keeps every line within its width and loses nothing but spaces", () => {
  assert(property(string(), integer({ min: 1, max: 20 }), (text, width) => {
    const lines = wrapText(text, width);
    expect(lines.every((line) => line.length <= width)).toBe(true);
    expect(lines.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
  }));
});

it("cuts no word that the next line has room for, however short the first line is", () => {
  expect(wrapText("a verylongword here", 20, 7)).toEqual(["a", "verylongword here"]);
  expect(wrapText("Argument expected", 20, 5)).toEqual(["", "Argument expected"]);
});
