import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { catalogue } from "./catalogue.ts";
import { cliErrors } from "./codes/cli.ts";
import { databaseErrors } from "./codes/database.ts";
import { initErrors } from "./codes/init.ts";
import { serverErrors } from "./codes/server.ts";

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

/** Codes of these areas meet only who runs the program: they may name its commands and flags. */
const ofOperators = new Set([cliErrors, initErrors, databaseErrors, serverErrors].flatMap((area) => Object.keys(area)));

it.each(Object.entries(catalogue).filter(([code]) => !ofOperators.has(code)))("speaks of %s without words of the command line or the API: it is shown on pages, too", (_, { title, hint }) => {
  expect(`${title} ${hint}`).not.toMatch(/`modyard |--[a-z]|\b(?:GET|POST|PUT|PATCH|DELETE) \/|[a-z]_[a-z]+=|`accept_/);
});
