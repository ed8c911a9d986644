import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { parse } from "smol-toml";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SpecValue } from "../../manifest/format-spec.ts";
import { type DependencyKeys, removeDependency, setDependency } from "./edit-dependencies.ts";
import { cargo, isThere } from "../../../../../test/support/requirement.ts";

const keys = (entries: Readonly<Record<string, SpecValue>>): DependencyKeys => new Map(Object.entries(entries));
const PATH = keys({ path: "../../crates/forum" });
const HEAD = '[package]\nname = "server"\nversion = "0.1.0"\n\n';
const FORUM = 'forum = { path = "../../crates/forum" }';

describe("a new dependency goes", () => {
  test.each([
    ["where the alphabet has it", `${HEAD}[dependencies]\naxum = "0.8" # web\n# for everything\nserde = "1"\n`, `${HEAD}[dependencies]\naxum = "0.8" # web\n${FORUM}\n# for everything\nserde = "1"\n`],
    ["above all others", `${HEAD}[dependencies]\n# first\nserde = "1"\n`, `${HEAD}[dependencies]\n${FORUM}\n# first\nserde = "1"\n`],
    ["to the end of a table without order", `${HEAD}[dependencies]\nserde = "1"\naxum = "0.8"\n\n[features]\n`, `${HEAD}[dependencies]\nserde = "1"\naxum = "0.8"\n${FORUM}\n\n[features]\n`],
    ["behind dotted keys", `${HEAD}[dependencies]\naxum.version = "0.8"\naxum.features = []\nserde.workspace = true\n`, `${HEAD}[dependencies]\naxum.version = "0.8"\naxum.features = []\n${FORUM}\nserde.workspace = true\n`],
    ["among lines that end as in Windows", `${HEAD}[dependencies]\naxum = "0.8"\nserde = "1"\n`.replaceAll("\n", "\r\n"), `${HEAD}[dependencies]\naxum = "0.8"\n${FORUM}\nserde = "1"\n`.replaceAll("\n", "\r\n")],
    ["to a file without a final line end", `${HEAD}[dependencies]\naxum = "0.8"`, `${HEAD}[dependencies]\naxum = "0.8"\n${FORUM}`],
    ["into an empty table", `${HEAD}[dependencies]\n\n[features]\n`, `${HEAD}[dependencies]\n${FORUM}\n\n[features]\n`],
    ["into a column", `${HEAD}[dependencies]\naxum     = "0.8"\nserde    = "1"\nrustok   = "1"\n`, `${HEAD}[dependencies]\naxum     = "0.8"\nserde    = "1"\nrustok   = "1"\nforum    = { path = "../../crates/forum" }\n`],
    ["among tables of their own", `${HEAD}[dependencies.axum]\nversion = "0.8"\n`, `${HEAD}[dependencies.axum]\nversion = "0.8"\n\n[dependencies.forum]\npath = "../../crates/forum"\n`],
    ["into a table that is missing, above those for tests and their comments", `${HEAD}[lib]\n\n# for tests\n[dev-dependencies]\nforum = "1"\n`, `${HEAD}[lib]\n\n[dependencies]\n${FORUM}\n\n# for tests\n[dev-dependencies]\nforum = "1"\n`],
    ["into a table that is missing, at the end", HEAD.trimEnd(), `${HEAD}[dependencies]\n${FORUM}`],
  ])("%s", (_, before, after) => {
    expect(setDependency(before, "forum", PATH)).toBe(after);
  });
});

describe("a changed dependency", () => {
  const cases: readonly (readonly [string, string, DependencyKeys, string])[] = [
    ["gets another requirement", 'forum = "0.1" # ours', keys({ version: "0.2" }), 'forum = "0.2" # ours'],
    ["gets features", 'forum = "0.1"', keys({ version: "0.1", features: ["comments"] }), 'forum = { version = "0.1", features = ["comments"] }'],
    ["gets other features only", 'forum = {version="0.1",features=["a"],default-features=false}', keys({ version: "0.1", features: ["a", "b"] }), 'forum = {version="0.1",features=["a", "b"],default-features=false}'],
    ["loses its features", 'forum = { version = "0.1", features = ["a"], optional = true }', keys({ version: "0.1" }), 'forum = { version = "0.1", optional = true }'],
    ["comes from elsewhere, and keeps what the host wrote", 'forum = { package = "x-forum", version = "0.1", default-features = false }', keys({ path: "../x" }), 'forum = { package = "x-forum", path = "../x", default-features = false }'],
    ["is inherited no longer", "forum.workspace = true", keys({ version: "0.2" }), 'forum.version = "0.2"'],
    ["has keys with dots", 'forum.version = "0.1"\nforum.optional = true', keys({ version: "0.2", features: ["a"] }), 'forum.version = "0.2"\nforum.optional = true\nforum.features = ["a"]'],
    ["has lines of its own inside braces", 'forum = {\n  version = "0.1", # why\n}', keys({ version: "0.2" }), 'forum = {\n  version = "0.2", # why\n}'],
    ["has a table of its own", '[dependencies.forum]\nversion = "0.1" # why\ndefault-features = false', keys({ git: "https://x/y.git", rev: "abc" }), '[dependencies.forum]\ngit = "https://x/y.git" # why\ndefault-features = false\nrev = "abc"'],
    ["is as it should be", 'forum = "0.1"', keys({ version: "0.1" }), 'forum = "0.1"'],
  ];
  test.each(cases)("%s", (_, before, wanted, after) => {
    const head = before.startsWith("[") ? HEAD : `${HEAD}[dependencies]\naxum = "0.8"\n`;
    expect(setDependency(`${head}${before}\n`, "forum", wanted)).toBe(`${head}${after}\n`);
  });
});

describe("a removed dependency", () => {
  test.each([
    ["takes the comment on its line along, not those above", `${HEAD}[dependencies]\n# modules\nforum = "1" # this\nserde = "1"\n`, `${HEAD}[dependencies]\n# modules\nserde = "1"\n`],
    ["takes all its dotted keys along", `${HEAD}[dependencies]\nforum.version = "1"\nforum.features = []\nserde = "1"\n`, `${HEAD}[dependencies]\nserde = "1"\n`],
    ["takes its table along", `${HEAD}[dependencies]\nserde = "1"\n\n[dependencies.forum]\nversion = "1"\n\n[features]\n`, `${HEAD}[dependencies]\nserde = "1"\n\n[features]\n`],
    ["leaves those of other tables", `${HEAD}[dependencies]\n\n[dev-dependencies]\nforum = "1"\n\n[target.'cfg(unix)'.dependencies]\nforum = "1"\n`, `${HEAD}[dependencies]\n\n[dev-dependencies]\nforum = "1"\n\n[target.'cfg(unix)'.dependencies]\nforum = "1"\n`],
  ])("%s", (_, before, after) => {
    expect(removeDependency(before, "forum")).toBe(after);
  });
});

test("what is not TOML is refused with its place", () => {
  expect(() => setDependency("[dependencies]\nx = = 1\n", "forum", PATH)).toThrow(expect.objectContaining({ code: "toml_syntax" }));
});

const name = fc.constantFrom("axum", "base64", "forum", "gamma", "rustok-core", "serde", "tokio", "zip");
const version = fc.constantFrom("1", "0.1", ">=1, <3", "=1.2.3");
const features = fc.constantFrom<readonly string[]>([], ["a"], ["a", "b"]);
const wantedKeys: fc.Arbitrary<DependencyKeys> = fc.oneof(
  fc.record({ version, features }).map(({ version: requirement, features: list }) => keys({ version: requirement, ...(list.length === 0 ? {} : { features: list }) })),
  fc.constant(keys({ path: "../../crates/x" })),
  fc.constant(keys({ git: "https://git.example.org/x.git", rev: "0123456789012345678901234567890123456789" })),
  fc.constant(keys({ workspace: true })),
);

type Form = "string" | "inline" | "dotted" | "lines" | "table";
const entry = fc.record({ name, version, form: fc.constantFrom<Form>("string", "inline", "dotted", "lines", "table"), comment: fc.constantFrom("", " # c"), above: fc.constantFrom("", "\n", "# about\n") });
type Entry = typeof entry extends fc.Arbitrary<infer T> ? T : never;

const written: Readonly<Record<Form, (entry: Entry) => string>> = {
  string: ({ name: key, version: requirement, comment }) => `${key} = "${requirement}"${comment}\n`,
  inline: ({ name: key, version: requirement, comment }) => `${key} = { version = "${requirement}", default-features = false }${comment}\n`,
  dotted: ({ name: key, version: requirement, comment }) => `${key}.version = "${requirement}"${comment}\n${key}.optional = true\n`,
  lines: ({ name: key, version: requirement, comment }) => `${key} = {${comment}\n  version = "${requirement}",${comment}\n}${comment}\n`,
  table: ({ name: key, version: requirement, comment }) => `[dependencies.${key}]${comment}\nversion = "${requirement}"\n`,
};

const lines = (list: readonly Entry[]): string => list.map((one) => one.above + written[one.form](one)).join("");

const manifestText = fc.record({ entries: fc.uniqueArray(entry, { selector: ({ name: key }) => key, minLength: 1, maxLength: 6 }), sorted: fc.boolean(), tail: fc.constantFrom("", "\n[features]\ndefault = []\n", '\n[dev-dependencies]\nforum = "9"\n'), crlf: fc.boolean(), ended: fc.boolean() }).map(({ entries, sorted, tail, crlf, ended }) => {
  const ordered = sorted ? entries.toSorted((a, b) => (a.name < b.name ? -1 : 1)) : entries;
  const [own, inTable] = [ordered.filter(({ form }) => form === "table"), ordered.filter(({ form }) => form !== "table")];
  const text = `${HEAD}${inTable.length === 0 ? "" : "[dependencies]\n"}${lines(inTable)}${lines(own)}${tail}`;
  const final = ended ? text : text.trimEnd();
  return crlf ? final.replaceAll("\n", "\r\n") : final;
});

const dependenciesOf = (text: string): Record<string, unknown> => (parse(text)["dependencies"] ?? {}) as Record<string, unknown>;

test("adding and then removing restores every byte, and touches no other dependency", () => {
  fc.assert(fc.property(manifestText, name, wantedKeys, (text, key, wanted) => {
    fc.pre(!(key in dependenciesOf(text)));
    const added = setDependency(text, key, wanted);
    const { [key]: own, ...others } = dependenciesOf(added);
    expect(others).toEqual(dependenciesOf(text));
    expect(typeof own === "string" ? { version: own } : own).toEqual(Object.fromEntries(wanted));
    expect(removeDependency(added, key)).toBe(text);
  }), { numRuns: 500 });
});

test("a changed dependency says what is wanted and what the host wrote; a removed one is gone; the others stay", () => {
  fc.assert(fc.property(manifestText, wantedKeys, (text, wanted) => {
    const before = dependenciesOf(text);
    for (const [key, value] of Object.entries(before)) {
      const { [key]: own, ...others } = dependenciesOf(setDependency(text, key, wanted));
      const { version: _, ...kept } = (typeof value === "string" ? {} : value) as Record<string, unknown>;
      expect(typeof own === "string" ? { version: own } : own).toEqual({ ...kept, ...Object.fromEntries(wanted) });
      expect(Object.fromEntries(Object.entries(before).filter(([other]) => other !== key))).toEqual(others);
      expect(dependenciesOf(removeDependency(text, key))).toEqual(others);
      expect(setDependency(setDependency(text, key, wanted), key, wanted)).toBe(setDependency(text, key, wanted));
    }
  }), { numRuns: 300 });
});

describe.runIf(isThere(cargo))("cargo", () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "modyard-edit-"));
    await mkdir(join(directory, "src"));
    await writeFile(join(directory, "src", "main.rs"), "fn main() {}\n");
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  test.each([
    ["a string", `${HEAD}[dependencies]\naxum = "0.8"\n`, keys({ version: "0.1" })],
    ["no table", HEAD, keys({ version: "0.1", features: ["a"] })],
    ["braces over several lines", `${HEAD}[dependencies]\nforum = {\n  version = "0.1", # why\n}\n`, keys({ git: "https://git.example.org/x.git", rev: "abc" })],
    ["a table of its own", `${HEAD}[dependencies.axum]\nversion = "0.8"\n`, PATH],
  ])("accepts what becomes of %s", async (_, text, wanted) => {
    await writeFile(join(directory, "Cargo.toml"), setDependency(text, "forum", wanted));
    const { packages } = JSON.parse(execFileSync("cargo", ["metadata", "--no-deps", "--offline", "--format-version=1"], { cwd: directory, encoding: "utf8" })) as { packages: { dependencies: { name: string; features: string[] }[] }[] };
    expect(packages[0]?.dependencies.find((found) => found.name === "forum")).toMatchObject({ features: wanted.get("features") ?? [] });
  });
});
