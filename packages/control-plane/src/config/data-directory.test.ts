import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { prepareDataDirectory } from "./data-directory.ts";

const base = mkdtempSync(join(tmpdir(), "modyard-data-"));
afterAll(() => rmSync(base, { recursive: true, force: true }));

it("makes the directory with all above it, and keeps it out of git", () => {
  const directory = join(base, "Über uns", "data");
  prepareDataDirectory(directory);
  prepareDataDirectory(directory);
  expect(readFileSync(join(directory, ".gitignore"), "utf8")).toBe("*\n");
});

it("says what is in the way", () => {
  const file = join(base, "file");
  writeFileSync(file, "");
  const refusal = expect.objectContaining({ code: "config_invalid", message: expect.stringMatching(/^--data or MODYARD_DATA: .* is a file$/) as unknown });
  for (const directory of [file, join(file, "below")]) expect(() => prepareDataDirectory(directory)).toThrow(refusal);
});

it.runIf(process.platform === "linux")("says so where no directory can be made at all", () => {
  expect(() => prepareDataDirectory("/proc/modyard/data")).toThrow(/\/proc\/modyard\/data cannot be written: no directory can be made there/);
});
