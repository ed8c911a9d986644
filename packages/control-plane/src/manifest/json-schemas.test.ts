import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { publishedSchemas } from "./json-schemas.ts";

const directory = new URL("../../schemas/", import.meta.url);

test.each(publishedSchemas())("schemas/$name is up to date (else run `node scripts/write-schemas.ts`)", async ({ name, text }) => {
  expect(await readFile(new URL(name, directory), "utf8")).toBe(text);
});

test("no other JSON Schema is published", async () => {
  expect((await readdir(directory)).filter((name) => name.endsWith(".schema.json")).toSorted()).toEqual(publishedSchemas().map(({ name }) => name).toSorted());
});
