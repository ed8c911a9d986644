import { expect, test } from "vitest";
import type { ComposedModule } from "../../composition/composition.ts";
import { registryLines } from "./registry-lines.ts";

const module = (slug: string, packageName: string, more: Partial<ComposedModule> = {}): ComposedModule => ({
  slug, name: slug, version: "1.0.0", kind: "optional", dependsOn: [], migrationPolicy: "expand", ...more,
  spec: { slug, packageName, source: "path", features: [], required: false, dependsOn: [] },
});

const text = `use rustok_core::ModuleRegistry;

use acme_forum::parts::Module as ModuleOfForum;
use rustok_blog::BlogModule;
use ::box_crate::r#BoxModule;

pub fn register_modules(registry: &mut ModuleRegistry) {
    registry.register(Box::new(ModuleOfForum::new()));
    registry.register(Box::new(
        BlogModule::new(),
    ));
}
`;

test("each line belongs to the module whose crate or type stands on it", () => {
  const lineOf = registryLines(text, [module("blog", "rustok-blog"), module("forum", "acme_forum", { entryType: "parts::Module" }), module("box", "box-crate")]);
  const owners = text.split("\n").map((_, index) => lineOf(index + 1)?.spec.slug);
  expect(owners.slice(0, 8)).toEqual([undefined, undefined, "forum", "blog", "box", undefined, undefined, "forum"]);
  expect(owners.slice(8, 11)).toEqual(["blog", "blog", "blog"]);
  expect(lineOf(8)?.type).toBe("parts::Module");
});

test("a crate that several modules share is told by the types, and a server package of its own is where the types are", () => {
  const modules = [module("a", "shared"), module("b", "shared", { entryType: "inner::Second" }), module("c", "facade", { serverPackage: "facade-server" })];
  const lineOf = registryLines("use facade_server::CModule;\nuse shared::AModule;\nuse shared::inner::Second;\nuse shared::Unknown;\n", modules);
  expect([1, 2, 3, 4].map((line) => lineOf(line)?.spec.slug)).toEqual(["c", "a", "b", "a"]);
  expect(lineOf(1)?.crate).toBe("facade_server");
});
