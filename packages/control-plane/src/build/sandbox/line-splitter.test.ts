import * as fc from "fast-check";
import { expect, test } from "vitest";
import { LineSplitter, maximumLineLength } from "./line-splitter.ts";

function split(...chunks: (string | Buffer)[]): string[] {
  const lines: string[] = [];
  const splitter = new LineSplitter((text) => lines.push(text));
  for (const chunk of chunks) splitter.push(Buffer.from(chunk));
  splitter.end();
  return lines;
}

test("lines come out whole however the bytes were cut", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme" }).map((text) => text.replace(/[\r\n]/g, ""))), fc.integer({ min: 1, max: 7 }), (lines, size) => {
      const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(""));
      const chunks: Buffer[] = [];
      for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
      expect(split(...chunks)).toEqual(lines);
    }),
  );
});

test("a last line without a line end is not lost, and no empty line is made up", () => {
  expect(split("a\nb")).toEqual(["a", "b"]);
  expect(split("a\n")).toEqual(["a"]);
  expect(split("\n\n")).toEqual(["", ""]);
});

test("CRLF is one line end, also when it is cut in two", () => {
  expect(split("a\r\nb\r", "\nc")).toEqual(["a", "b", "c"]);
});

test("of a line that overwrites itself only the last text is kept", () => {
  expect(split("10%\r50%", "\r100%\ndone\n")).toEqual(["100%", "done"]);
});

test("a very long line is cut with a note that says how much", () => {
  const [line, next] = split("x".repeat(maximumLineLength), "y".repeat(500), "\nnext\n");
  expect(line?.slice(0, maximumLineLength)).toBe("x".repeat(maximumLineLength));
  expect(line?.slice(maximumLineLength)).toBe(" … [500 more characters of this line were left out]");
  expect(next).toBe("next");
});

test("shows each picture of a progress bar to whoever watches it", () => {
  const pictures: string[] = [];
  const lines: string[] = [];
  const splitter = new LineSplitter((line) => lines.push(line), (picture) => pictures.push(picture));
  for (const chunk of ["Building 1/3\r", "Building 2/3\rBuilding", " 3/3\r", "done\n"]) splitter.push(Buffer.from(chunk));
  expect(lines).toEqual(["done"]);
  expect(pictures).toEqual(["Building 1/3", "Building 2/3", "Building 3/3"]);
});
