import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readMessages, type Language } from "./support/messages.ts";

const languages = ["en", "ru"] as const satisfies readonly Language[];
const plural = /_(zero|one|two|few|many|other)$/;
const sources = join(import.meta.dirname, "..", "..", "packages", "admin-ui", "src");

/** Keys without the form of their plural. */
const stems = (language: Language): readonly string[] => [...new Set([...readMessages(language).keys()].map((key) => key.replace(plural, "")))].toSorted();

/** What is put into a text. */
const values = (text: string): readonly string[] => [...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = ""]) => name))].toSorted();

describe("the page's texts", () => {
  test("are the same in every language", () => {
    expect(stems("ru")).toEqual(stems("en"));
  });

  test.each(languages)("have every form of a plural that %s has", (language) => {
    const keys = [...readMessages(language).keys()];
    const wanted = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted();
    for (const stem of new Set(keys.filter((key) => plural.test(key)).map((key) => key.replace(plural, "")))) {
      expect([stem, keys.flatMap((key) => (key.replace(plural, "") === stem && plural.test(key) ? (plural.exec(key)?.[1] ?? []) : [])).toSorted()]).toEqual([stem, wanted]);
    }
  });

  test("are given the same values in every language", () => {
    const russian = readMessages("ru");
    for (const [key, text] of readMessages("en")) {
      const other = russian.get(key);
      // A form of one may say its number in words.
      if (other !== undefined && !key.endsWith("_one")) expect([key, values(other)]).toEqual([key, values(text)]);
    }
  });

  test("none is empty, and what is said in Russian is said in Russian", () => {
    const english = readMessages("en");
    for (const [key, text] of readMessages("ru")) {
      expect([key, text.trim()]).not.toEqual([key, ""]);
      // Names of things are the same everywhere; a sentence is not.
      if (text.includes(" ") && text === english.get(key)) expect.fail(`${key} is not translated: ${text}`);
    }
  });

  test("every key that the page asks for is there", () => {
    const known = new Set(stems("en"));
    const asked = globSync("**/*.{ts,tsx}", { cwd: sources }).flatMap((file) => [...readFileSync(join(sources, file), "utf8").matchAll(/\bt\("([\w.]+)"|\btext: "([a-z]+\.[\w.]+)"/g)].map(([, key, text]) => ({ file, key: key ?? text ?? "" })));
    expect(asked.length).toBeGreaterThan(100);
    expect(asked.filter(({ key }) => !known.has(key))).toEqual([]);
  });
});
