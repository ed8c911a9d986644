import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { publishedEventSchema } from "./event.ts";

test("schemas/events.json is up to date (else run `node scripts/write-schemas.ts`)", async () => {
  const { name, text } = publishedEventSchema();
  expect(await readFile(new URL(`../../../schemas/${name}`, import.meta.url), "utf8")).toBe(text);
});
