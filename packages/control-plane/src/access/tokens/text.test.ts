import * as fc from "fast-check";
import { expect, it } from "vitest";
import { isTokenText, newTokenText, previewOf } from "./text.ts";

it("makes tokens that are told from anything else", () => {
  const text = newTokenText();
  expect(text).toMatch(/^mya_[\w-]{43}[0-9A-Za-z]{6}$/);
  expect(isTokenText(text)).toBe(true);
  expect(new Set(Array.from({ length: 100 }, newTokenText)).size).toBe(100);
});

it("sees any one wrong, left out or doubled character", () => {
  const token = newTokenText();
  fc.assert(
    fc.property(fc.nat({ max: token.length - 1 }), fc.constantFrom(..."abcXYZ019_-"), fc.constantFrom("replace", "leave out", "double"), (at, other, how) => {
      const character = token.charAt(at);
      const put = { replace: other, "leave out": "", double: character + character }[how];
      const wrong = token.slice(0, at) + put + token.slice(at + 1);
      expect(isTokenText(wrong)).toBe(wrong === token);
    }),
  );
});

it("takes tokens of versions that knew no checksum", () => {
  expect(isTokenText(`mya_${"a".repeat(43)}`)).toBe(true);
  for (const other of ["", "mya_", "myb_".padEnd(47, "a"), `mya_${"a".repeat(44)}`, `mya_${"a".repeat(42)}`, ` mya_${"a".repeat(43)}`]) expect(isTokenText(other)).toBe(false);
});

it("shows eight characters at the most of what is secret", () => {
  const token = newTokenText();
  expect(previewOf(token)).toBe(`mya_${token.slice(4, 8)}…${token.slice(-4)}`);
});
