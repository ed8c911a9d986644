import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isThere } from "../../../../../test/support/requirement.ts";
import type { RegisteredModule, RegistryInput } from "../registry-input.ts";
import { generateIn } from "../generate-registry.ts";

const run = promisify(execFile);
const editions = ["2021", "2024"] as const;
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "modyard-generated-rust-"));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const textOf = (input: RegistryInput): string => generateIn("rust", input, { output: "generated.rs" })[0]?.text ?? "";

/** What rustfmt would change about any of these texts: one run for all of them. */
async function rustfmtOn(texts: readonly string[], edition: string): Promise<string> {
  const files = texts.map((_, index) => join(directory, `sample-${index}.rs`));
  await Promise.all(texts.map((text, index) => writeFile(files[index] ?? "", text)));
  return run("rustfmt", ["--check", "--edition", edition, ...files], { cwd: directory }).then(({ stdout }) => stdout, (failure: { stdout: string; stderr: string }) => failure.stdout + failure.stderr);
}

const letters = (characters: string, maxLength: number): fc.Arbitrary<string> => fc.string({ unit: fc.constantFrom(...characters), minLength: 1, maxLength });
const slug = fc.tuple(letters("abx", 1), fc.oneof(letters("abcxyz0129_-", 8), letters("abc-", 70))).map((parts) => parts.join(""));
const crate = fc.tuple(fc.constantFrom("rustok-", "rustok_", "", "R"), fc.constantFrom("a", "b", "async", "type", "A", "Foo"), letters("abcxyz019_-AB", 12)).map((parts) => parts.join(""));
const entryType = fc.oneof(fc.constantFrom("Entry", "Box", "m::Entry", "A1", "A9", "A10", "type::Entry", "SCREAM", "a_b", "crate::X"), letters("AaBb", 110));

const moduleOf: fc.Arbitrary<RegisteredModule> = fc.record({ slug, importName: crate }, { noNullPrototype: true }).chain((module) => fc.option(entryType, { nil: undefined }).map((type) => (type === undefined ? module : { ...module, entryType: type })));
const input: fc.Arbitrary<RegistryInput> = fc
  .uniqueArray(moduleOf, { maxLength: 16, selector: (module) => module.slug })
  .chain((modules) => fc.subarray(modules.map((module) => module.slug)).map((defaultEnabled) => ({ modules, defaultEnabled })));

/** Every width at which rustfmt decides otherwise. */
const widths = Array.from({ length: 110 }, (_, index) => index + 1);
const atEveryWidth: readonly RegistryInput[] = [
  ...widths.map((width) => ({ modules: [{ slug: "x", importName: "x", entryType: `A${"b".repeat(width)}` }], defaultEnabled: ["a".repeat(width)] })),
  ...widths.map((width) => ({ modules: [], defaultEnabled: ["a".repeat(width), "b".repeat(25)] })),
  ...widths.map((count) => ({ modules: [], defaultEnabled: Array.from({ length: count }, (_, index) => "s".repeat(1 + ((index * 7 + count) % (8 + (count % 2))))) })),
];

describe.runIf(isThere({ program: "rustfmt", hint: "rustup component add rustfmt" }))("the generated registry, for rustfmt", () => {
  it.each(editions)("is left alone in edition %s", async (edition) => {
    const samples = [...atEveryWidth, ...fc.sample(input, 400)].map(textOf);
    expect(await rustfmtOn(samples, edition)).toBe("");
  });

  it("would not be left alone if it were any other text", async () => {
    const text = textOf({ modules: [{ slug: "b", importName: "b" }, { slug: "a", importName: "a" }], defaultEnabled: [] });
    expect(await rustfmtOn([text.replace("use a::AModule;\nuse b::BModule;", "use b::BModule;\nuse a::AModule;")], "2021")).toContain("Diff in");
  });
});

const core = `pub trait RusToKModule {
    fn slug(&self) -> &'static str;
}
#[derive(Default)]
pub struct ModuleRegistry(pub Vec<&'static str>);
impl ModuleRegistry {
    pub fn register(&mut self, module: Box<dyn RusToKModule>) {
        self.0.push(module.slug());
    }
}
`;

const typeIn = (name: string, answer: string): string => `pub struct ${name};
impl ${name} {
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        Self
    }
}
impl rustok_core::RusToKModule for ${name} {
    fn slug(&self) -> &'static str {
        "${answer}"
    }
}
`;

/** A host that registers its modules and says which; `use` is more of its main function. */
const main = (use: string): string => `mod modules {\n    pub mod generated;\n}\nfn main() {\n    let mut registry = rustok_core::ModuleRegistry::default();\n    modules::generated::register_modules(&mut registry);\n    println!("{}", registry.0.join(" "));\n${use}}\n`;

/** Compiles one file into the directory; warnings are errors. */
async function rustc(name: string, text: string, args: readonly string[]): Promise<string> {
  await writeFile(join(directory, `${name}.rs`), text);
  return run("rustc", [`${name}.rs`, "-L", ".", "-D", "warnings", "--cap-lints", "warn", ...args], { cwd: directory }).then(({ stderr }) => stderr, (failure: { stderr: string }) => failure.stderr);
}

const compileCrate = (name: string, text: string): Promise<string> => rustc(name, text, ["--edition", "2021", "--crate-type", "rlib", "--crate-name", name, ...(name === "rustok_core" ? [] : ["--extern", "rustok_core"])]);

/** What the compiler says of a host with this registry, and what the host says. */
async function hostWith(registry: RegistryInput, edition: string, use = ""): Promise<{ readonly compiler: string; readonly said: string }> {
  await run("mkdir", ["-p", join(directory, "modules")]);
  await writeFile(join(directory, "modules/generated.rs"), textOf(registry));
  const externs = ["rustok_core", ...registry.modules.map((module) => module.importName.replaceAll("-", "_"))];
  const compiler = await rustc("host", main(use), ["--edition", edition, "--crate-name", "host", ...externs.flatMap((name) => ["--extern", name])]);
  return { compiler, said: compiler === "" ? (await run(join(directory, "host"))).stdout : "" };
}

describe.runIf(isThere({ program: "rustc", hint: "install Rust with rustup" }))("the generated registry, as a program", () => {
  const modules: readonly RegisteredModule[] = [
    { slug: "a", importName: "rustok-my-a", entryType: "type::Entry" },
    { slug: "async", importName: "async" },
    { slug: "box", importName: "rustok_box", entryType: "crate::Box" },
    { slug: "foo", importName: "rustok_box", entryType: "FooModule" },
    { slug: "long", importName: "rustok_box", entryType: `L${"o".repeat(100)}ng` },
    { slug: "my-x", importName: "FooModule" },
    { slug: "my_x", importName: "rustok-my_a" },
    { slug: "reg", importName: "rustok_box", entryType: "ModuleRegistry" },
    { slug: "str", importName: "rustok_box", entryType: "odd::str" },
  ];
  const crates = {
    rustok_my_a: `pub mod r#type {\n${typeIn("Entry", "a")}}\n${typeIn("MyXModule", "my_x")}`,
    async: typeIn("AsyncModule", "async"),
    rustok_box: `#![allow(non_camel_case_types)]\n${typeIn("Box", "box")}${typeIn("FooModule", "foo")}${typeIn(`L${"o".repeat(100)}ng`, "long")}${typeIn("ModuleRegistry", "reg")}pub mod odd {\n${typeIn("str", "str").replace("&'static str", "&'static ::core::primitive::str")}}\n`,
    FooModule: `#![allow(non_snake_case)]\n${typeIn("MyXModule", "my-x")}`,
  };

  beforeAll(async () => {
    expect(await compileCrate("rustok_core", core)).toBe("");
    expect(await Promise.all(Object.entries(crates).map(([name, text]) => compileCrate(name, text)))).toEqual(Object.keys(crates).map(() => ""));
  });

  it.each(editions)("registers every module in edition %s, whatever the names", async (edition) => {
    const slugs = modules.map((module) => module.slug);
    const host = await hostWith({ modules, defaultEnabled: ["a", "str"] }, edition, '    println!("{}", modules::generated::DEFAULT_ENABLED.join(" "));\n');
    expect(host).toEqual({ compiler: "", said: `${slugs.join(" ")}\na str\n` });
  });

  it.each(editions)("compiles without a warning for a fresh host that asks for nothing, in edition %s", async (edition) => {
    expect(await hostWith({ modules: [], defaultEnabled: [] }, edition)).toEqual({ compiler: "", said: "\n" });
  });

  it("compiles no module whose type is not there, and names the crate's line", async () => {
    const { compiler } = await hostWith({ modules: [{ slug: "gone", importName: "async" }], defaultEnabled: [] }, "2021");
    expect(compiler).toContain("no `GoneModule` in the root");
    expect(compiler).toContain("generated.rs:4:5");
  });
});
