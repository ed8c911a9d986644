import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { catalogue } from "./catalogue.ts";

/** Spreading would let the last of two areas with one code win in silence. */
it("has every code of every area once, each with a title and a hint", async () => {
  const directory = join(import.meta.dirname, "codes");
  const files = (await readdir(directory)).filter((name) => name.endsWith(".ts"));
  const areas = await Promise.all(files.map(async (name) => Object.values((await import(join(directory, name))) as Record<string, object>)));
  const codes = areas.flat().flatMap((area) => Object.keys(area));
  expect(codes.toSorted()).toEqual([...new Set(codes)].toSorted());
  expect(codes.toSorted()).toEqual(Object.keys(catalogue).toSorted());
  for (const [code, { title, hint }] of Object.entries(catalogue)) {
    expect(code).toMatch(/^[a-z][a-z0-9_]*$/);
    expect([title, hint]).not.toContain("");
  }
});
