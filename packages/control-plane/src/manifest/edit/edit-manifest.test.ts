import * as fc from "fast-check";
import { expect, test } from "vitest";
import { unwrap } from "../../errors/problem.ts";
import { formatSpec } from "../format-spec.ts";
import type { ModuleSpec } from "../manifest.ts";
import { parseManifest } from "../parse-manifest.ts";
import { applyEdits } from "./edit-manifest.fixtures.ts";
import { editManifest, type ManifestEdit } from "./edit-manifest.ts";

const FORUM: ModuleSpec = { slug: "forum", packageName: "@acme/forum", source: "npm", version: "^1.2.0", features: ["comments"], required: false, dependsOn: [] };
const FORUM_LINE = 'forum = { package = "@acme/forum", source = "npm", version = "^1.2.0", features = ["comments"] }';

const addModule = (text: string, spec: ModuleSpec, options: { readonly enable?: boolean } = {}): string => editManifest(text, [{ kind: "add", spec, ...options }]);
const changeModule = (text: string, spec: ModuleSpec): string => editManifest(text, [{ kind: "change", spec }]);
const removeModule = (text: string, slug: string): string => editManifest(text, [{ kind: "remove", slug }]);
const setDefaultEnabled = (text: string, slugs: readonly string[]): string => editManifest(text, [{ kind: "default_enabled", slugs }]);

const HEAD = 'schema = 1\napp = "host"\n\n';
const TAIL = '\n[settings]\ndefault_enabled = ["content"]\n';
const CONTENT = 'content = { package = "@acme/content", source = "npm" }';

test.each([
  ["after the last module", `${HEAD}[modules]\n${CONTENT} # first\n# more\n${TAIL}`, `${HEAD}[modules]\n${CONTENT} # first\n${FORUM_LINE}\n# more\n${TAIL}`],
  ["below an empty [modules]", `${HEAD}[modules] # none yet\n\n[build]\n`, `${HEAD}[modules] # none yet\n${FORUM_LINE}\n\n[build]\n`],
  ["in an aligned column", `${HEAD}[modules]\nblog     = { package = "b", source = "npm" }\ncontent  = { package = "c", source = "npm" }\n`, `${HEAD}[modules]\nblog     = { package = "b", source = "npm" }\ncontent  = { package = "c", source = "npm" }\n${FORUM_LINE.replace("forum =", "forum    =")}\n`],
  ["tight, with single quotes, indented", `${HEAD}[modules]\n  content={package='c',source='npm'}\n`, `${HEAD}[modules]\n  content={package='c',source='npm'}\n  forum={package='@acme/forum', source='npm', version='^1.2.0', features=['comments']}\n`],
  ["without a final line end", `${HEAD}[modules]\n${CONTENT}`, `${HEAD}[modules]\n${CONTENT}\n${FORUM_LINE}`],
  ["as a table among tables", `${HEAD}[modules.content]\npackage = "c"\nsource = "npm"\n${TAIL}`, `${HEAD}[modules.content]\npackage = "c"\nsource = "npm"\n\n[modules.forum]\npackage = "@acme/forum"\nsource = "npm"\nversion = "^1.2.0"\nfeatures = ["comments"]\n${TAIL}`],
  ["below dotted keys", `${HEAD}[modules]\ncontent.package = "c"\ncontent.source = "npm"\n${TAIL}`, `${HEAD}[modules]\ncontent.package = "c"\ncontent.source = "npm"\n${FORUM_LINE}\n${TAIL}`],
  ["at the top", `${HEAD}modules.content = { package = "c", source = "npm" }\n${TAIL}`, `${HEAD}modules.content = { package = "c", source = "npm" }\nmodules.${FORUM_LINE}\n${TAIL}`],
  ["inside one inline table", `${HEAD}modules = { content = { package = "c", source = "npm" } }\n${TAIL}`, `${HEAD}modules = { content = { package = "c", source = "npm" }, ${FORUM_LINE} }\n${TAIL}`],
  ["into an empty inline table", `${HEAD}modules = {}\n`, `${HEAD}modules = { ${FORUM_LINE} }\n`],
])("adding writes one line %s, and removing restores every byte", (_, before, after) => {
  for (const form of [(text: string) => text, (text: string) => text.replaceAll("\n", "\r\n"), (text: string) => `\uFEFF${text}`]) {
    expect(addModule(form(before), FORUM)).toBe(form(after));
    expect(removeModule(form(after), "forum")).toBe(form(before));
  }
  expect(unwrap(parseManifest(after, "m")).modules.find(({ slug }) => slug === "forum")).toEqual(FORUM);
});

test.each([
  ['["content"]', '["content", "forum"]'],
  ["['content']", "['content', 'forum']"],
  ["[]", '["forum"]'],
  ['["content",]', '["content", "forum",]'],
  ['[\n  "content",\n]', '[\n  "content",\n  "forum",\n]'],
  ['[\n  "content", # first\n]', '[\n  "content", # first\n  "forum",\n]'],
  ['[\n  "content" # first\n]', '[\n  "content", # first\n  "forum"\n]'],
  ['[ # all\n  "content"\n  # end\n]', '[ # all\n  "content",\n  "forum"\n  # end\n]'],
])("enabling writes %j as %j, and removing restores it", (before, after) => {
  expect(addModule(enabling(before, ""), FORUM, { enable: true })).toBe(enabling(after, `${FORUM_LINE}\n`));
  expect(removeModule(enabling(after, `${FORUM_LINE}\n`), "forum")).toBe(enabling(before, ""));
});

test("enabling writes [settings] where there is none", () => {
  const added = addModule(`${HEAD}[modules]\n`, FORUM, { enable: true });
  expect(added).toBe(`${HEAD}[modules]\n${FORUM_LINE}\n\n[settings]\ndefault_enabled = ["forum"]\n`);
});

test.each([
  ['["a", "b", "c"]', ["a", "c"], '["a", "c"]'],
  ['["a", "b", "c"]', ["b", "c"], '["b", "c"]'],
  ['["a", "b", "c"]', ["c", "d", "a"], '["a", "c", "d"]'],
  ['["a"]', [], "[]"],
  ['[\n  # first\n  "a", # about a\n  # second\n  "b", # about b\n  "c",\n]', ["b"], '[\n  # first\n  # second\n  "b", # about b\n]'],
  ['[\n  "a", "b",\n  "c", "d"\n]', ["a", "c"], '[\n  "a",\n  "c"\n]'],
])("default_enabled = %j made %j is %j", (before, slugs, after) => {
  expect(setDefaultEnabled(`default = 1\n[settings]\ndefault_enabled = ${before}`, slugs)).toBe(`default = 1\n[settings]\ndefault_enabled = ${after}`);
});

test("a change of the version replaces only its value", () => {
  const before = `${HEAD}[modules]\nforum = { package = '@acme/forum', version = '^1.2.0', source = 'npm' } # ours\n`;
  expect(changeModule(before, { ...FORUM, version: "^2.0.0", features: [] })).toBe(before.replace("^1.2.0", "^2.0.0"));
});

test.each([
  ["inline", 'forum = { package = "@acme/forum", source = "npm", version = "^1.2.0" } # x', 'forum = { package = "@acme/forum", source = "git", git = "https://h/f.git", rev = "v2" } # x'],
  ["dotted", 'forum.package = "@acme/forum"\nforum.source = "npm" # x\nforum.version = "^1.2.0"', 'forum.package = "@acme/forum"\nforum.source = "git" # x\nforum.git = "https://h/f.git"\nforum.rev = "v2"'],
])("a change of the source in %s style swaps its keys", (_, before, after) => {
  const spec: ModuleSpec = { slug: "forum", packageName: "@acme/forum", source: "git", git: "https://h/f.git", rev: "v2", features: [], required: false, dependsOn: [] };
  expect(changeModule(`${HEAD}[modules]\n${before}\n${CONTENT}\n`, spec)).toBe(`${HEAD}[modules]\n${after}\n${CONTENT}\n`);
});

test("a change in table style adds and removes lines of that table", () => {
  const before = `${HEAD}[modules.forum] # ours\nsource = "path"\npackage = "@acme/forum"\npath = "modules/forum" # here\n\n${CONTENT.replace("content", "[x]\ncontent")}\n`;
  const after = changeModule(before, { slug: "forum", packageName: "@acme/forum", source: "path", path: "modules/forum2", features: [], required: true, dependsOn: [] });
  expect(after).toBe(before.replace('"modules/forum" # here\n', '"modules/forum2" # here\nrequired = true\n'));
});

test("removing takes a dotted module from all its places", () => {
  const text = `${HEAD}[modules]\nforum.package = "@acme/forum" # 1\n${CONTENT}\nforum.source = "npm"\n# end\n`;
  expect(removeModule(text, "forum")).toBe(`${HEAD}[modules]\n${CONTENT}\n# end\n`);
});

test.each([
  ["tables", `${HEAD}[modules.a]\npackage = "a"\nsource = "npm"\n\n[modules.b]\npackage = "b"\nsource = "npm"\n`, `${HEAD}[modules]\n`],
  ["dotted keys at the top", `${HEAD}modules.a.package = "a"\nmodules.a.source = "npm"\nmodules.b = { package = "b", source = "npm" } # b\n`, `${HEAD}modules = {}\n`],
  ["one inline table", `${HEAD}modules = { a = { package = "a", source = "npm" }, b = { package = "b", source = "npm" } }\n`, `${HEAD}modules = {}\n`],
])("removing all modules from %s leaves a manifest without modules", (_, before, after) => {
  const text = editManifest(before, [{ kind: "remove", slug: "a" }, { kind: "remove", slug: "b" }]);
  expect(text).toBe(after);
  expect(unwrap(parseManifest(text, "m")).modules).toEqual([]);
});

test("many edits at once give what they give one by one", () => {
  const specs = Array.from({ length: 60 }, (_, index): ModuleSpec => ({ ...FORUM, slug: `m${index}`, features: [] }));
  const edits: readonly ManifestEdit[] = [
    ...specs.map((module) => ({ kind: "add" as const, spec: module, enable: true })),
    ...specs.map((module) => ({ kind: "change" as const, spec: { ...module, required: true } })),
    ...specs.filter((_, index) => index % 3 !== 1).map((module) => ({ kind: "remove" as const, slug: module.slug })),
  ];
  const text = `${HEAD}[modules]\n${CONTENT}\n\n[settings]\ndefault_enabled = [\n  "content",\n]\n`;
  expect(editManifest(text, edits)).toBe(edits.reduce((current, next) => editManifest(current, [next]), text));
});

test("what is there cannot be added, what is not cannot be changed or removed", () => {
  const text = `${HEAD}[modules]\n${FORUM_LINE}\n`;
  expect(() => addModule(text, FORUM)).toThrow(expect.objectContaining({ code: "module_exists" }));
  expect(() => removeModule(text, "blog")).toThrow(expect.objectContaining({ code: "module_not_in_manifest" }));
  expect(() => changeModule(text, { ...FORUM, slug: "blog" })).toThrow(expect.objectContaining({ code: "module_not_in_manifest" }));
  expect(() => addModule("a = ", FORUM)).toThrow(expect.objectContaining({ code: "toml_syntax" }));
});

const slug = fc.constantFrom("forum", "blog", "constructor", "a", "very-long-slug_1", "content", "to_string");
const spec: fc.Arbitrary<ModuleSpec> = fc.record({
  slug,
  packageName: fc.constantFrom("@acme/forum", "blog"),
  features: fc.uniqueArray(fc.constantFrom("x", "y", "z/w")),
  required: fc.boolean(),
  dependsOn: fc.constant([]),
}).chain((base) => fc.constantFrom<Pick<ModuleSpec, "source" | "version" | "path" | "git" | "rev">>(
  { source: "npm", version: "*" }, { source: "npm", version: "^1.2.0" }, { source: "path", path: "../modules/x y" }, { source: "git", git: "https://h/f.git", rev: "v1" },
).map((source) => ({ ...base, ...source })));

/** One module in one of the ways to write it. */
const written = fc.tuple(spec, fc.constantFrom("inline", "dotted", "quoted", "literal"), fc.constantFrom("", " # x", "\n# below")).map(([module, style, comment]) => {
  const inline = formatSpec(module, "npm", style === "literal" ? { quote: "'", padding: "" } : undefined);
  const name = style === "quoted" ? `"${module.slug}"` : module.slug;
  if (style !== "dotted") return { module, lines: `${name} = ${inline}${comment}` };
  const pairs = inline.slice(2, -2).split(/, (?=[a-z_]+ =)/);
  return { module, lines: pairs.map((pair) => `${name}.${pair}${comment}`).join("\n") };
});

const manifestText = fc.tuple(
  fc.uniqueArray(written, { selector: ({ module }) => module.slug, maxLength: 4 }),
  fc.boolean(), fc.boolean(), fc.constantFrom("\n", "\r\n"), fc.constantFrom("", "\uFEFF"), fc.constantFrom("", "\n", "\n\n"), fc.constantFrom(", ", ",\n  "),
).map(([modules, tables, settingsFirst, newline, bom, end, comma]) => {
  const settings = `[settings]\ndefault_enabled = [${modules.map(({ module }) => `"${module.slug}"`).join(comma)}] # on`;
  const plain = ["[modules]", ...modules.map(({ lines }) => lines)];
  const asTables = modules.map(({ module }) => `[modules.${module.slug}] # t\n${formatSpec(module, "npm").slice(2, -2).split(/, (?=[a-z_]+ =)/).join("\n")}\n`);
  const body = tables && modules.length > 0 ? asTables : plain;
  const parts = settingsFirst ? [settings, ...body] : [...body, settings];
  return bom + `schema = 1\napp = "host" # é\n\n${parts.join("\n")}${end}`.replaceAll("\n", newline);
});

const edit: fc.Arbitrary<ManifestEdit> = fc.oneof(
  fc.record({ kind: fc.constant("add" as const), spec, enable: fc.boolean() }),
  fc.record({ kind: fc.constant("change" as const), spec }),
  fc.record({ kind: fc.constant("remove" as const), slug }),
);

test("edit then parse equals parse then edit", () => {
  let edited = 0;
  fc.assert(fc.property(manifestText, fc.array(edit, { maxLength: 4 }), (text, edits) => {
    const manifest = unwrap(parseManifest(text, "m"));
    const possible = edits.reduce<readonly ManifestEdit[]>((chosen, next) => (isPossible(() => applyEdits(manifest, [...chosen, next])) ? [...chosen, next] : chosen), []);
    edited += possible.length;
    const byText = unwrap(parseManifest(editManifest(text, possible), "m"));
    const byValue = applyEdits(manifest, possible);
    expect({ ...byText, modules: bySlug(byText.modules) }).toEqual({ ...byValue, modules: bySlug(byValue.modules) });
  }), { numRuns: 300 });
  expect(edited).toBeGreaterThan(100);
});

test("a table at the end of a file without a final line end leaves a bracket above it alone", () => {
  const text = `${HEAD}[modules.content]\nsource = "npm"\nfeatures = [\n  "a",\n]`;
  expect(removeModule(`${text}\n[modules.forum]\nsource = "npm"`, "forum")).toBe(text);
});

test("adding and then removing restores every byte", () => {
  fc.assert(fc.property(manifestText, spec, fc.boolean(), (text, module, enable) => {
    const manifest = unwrap(parseManifest(text, "m"));
    fc.pre(manifest.modules.every(({ slug: present }) => present !== module.slug));
    expect(removeModule(addModule(text, module, { enable }), module.slug)).toBe(text);
  }), { numRuns: 300 });
});

function bySlug(modules: readonly ModuleSpec[]): readonly ModuleSpec[] {
  return modules.toSorted((a, b) => (a.slug < b.slug ? -1 : 1));
}

function enabling(list: string, line: string): string {
  return `${HEAD}[modules]\n${CONTENT}\n${line}\n[settings]\ndefault_enabled = ${list} # on\n`;
}

function isPossible(make: () => unknown): boolean {
  try {
    make();
    return true;
  } catch {
    return false;
  }
}
