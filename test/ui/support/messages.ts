import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "..", "..", "..", "packages", "admin-ui", "src", "messages");

export type Language = "en" | "ru";

/** Every text of a language by its key, e.g. `builds.log.title`. */
export function readMessages(language: Language): ReadonlyMap<string, string> {
  const files = readdirSync(join(folder, language)).filter((name) => name.endsWith(".json"));
  return new Map(files.flatMap((file) => flatten(file.slice(0, -".json".length), JSON.parse(readFileSync(join(folder, language, file), "utf8")))));
}

function flatten(key: string, value: unknown): readonly (readonly [string, string])[] {
  if (typeof value === "string") return [[key, value]];
  if (typeof value !== "object" || value === null) throw new Error(`${key} is neither a text nor a group of texts`);
  return Object.entries(value).flatMap(([name, each]) => flatten(`${key}.${name}`, each));
}

/** The text of a key, with what is put into it. */
export function texts(language: Language): (key: string, values?: Readonly<Record<string, string>>) => string {
  const messages = readMessages(language);
  return (key, values = {}) => {
    const text = messages.get(key);
    if (text === undefined) throw new Error(`${language} has no text ${key}`);
    return Object.entries(values).reduce((so, [name, value]) => so.replace(`{{${name}}}`, value), text);
  };
}
