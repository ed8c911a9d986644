import * as fc from "fast-check";
import { parse } from "smol-toml";
import { parseTOML } from "toml-eslint-parser";
import { expect, test } from "vitest";
import { isPlainToml } from "./plain.ts";

function accepts(parser: () => unknown): boolean {
  try {
    parser();
    return true;
  } catch {
    return false;
  }
}

const key = fc.constantFrom("a", "b", "c-d", "1", "a.b", "b.a", "a.b.c", "a.a", '"a"', "é");
const value = fc.constantFrom("1", "-1", "01", "1.5", "true", '"x"', "'x'", '""', "''", '"""x"""', String.raw`"\e"`, String.raw`"\x41"`, "[]", "[1, 'a']", "[1,]", "{}", "{ a = 1 }", "{ a = 1, a = 2 }", "{ a.b = 1, a.c = 2 }", "{ a = 1, a.b = 2 }", "{ a = 1, }", "07:32", "[[1], 2]", "1_0", "nan");
const line = fc.oneof(
  fc.tuple(key, value).map(([k, v]) => `${k} = ${v}`),
  key.map((k) => `[${k}]`),
  key.map((k) => `[[${k}]]`),
  fc.constantFrom("# comment", "", "  ", "\t# x", "a = 1 # y", "a = 1 b = 2", "# \u0001", "a = 'x\u0001'", "=", "a = 1 \r"),
);

test("of text that counts as plain both parsers think the same", () => {
  let plain = 0;
  fc.assert(fc.property(fc.array(line, { maxLength: 6 }), fc.constantFrom("\n", "\r\n"), (lines, newline) => {
    const text = lines.join(newline);
    if (!isPlainToml(text)) return true;
    plain++;
    return accepts(() => parse(text)) === accepts(() => parseTOML(text, { tomlVersion: "1.0" }));
  }), { numRuns: 5000 });
  expect(plain).toBeGreaterThan(100);
});

test.each(["a = { b = 1, }", String.raw`a = "\e"`, "a = 07:32", 'a = """x"""', "a = 1 # \u0007", "a = 1\r", "a = [1,\n2]"])("%j is not plain", (text) => {
  expect(isPlainToml(text)).toBe(false);
});

test.each(["", "# x", 'forum    = { package = "@acme/forum", source = "npm", features = ["a", "b"] } # y\r\n', "[modules.forum]\n[[build.storefront]]\n"])("%j is plain", (text) => {
  expect(isPlainToml(text)).toBe(true);
});
