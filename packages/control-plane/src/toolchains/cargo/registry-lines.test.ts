import { expect, test } from "vitest";
import type { ModuleSpec } from "../../manifest/manifest.ts";
import { registryLines } from "./registry-lines.ts";

const spec = (slug: string, packageName: string): ModuleSpec => ({ slug, packageName, source: "path", features: [], required: false, dependsOn: [] });
const specs = [spec("blog", "rustok-blog"), spec("forum", "acme_forum"), spec("box", "box-crate")];

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
  const lineOf = registryLines(text, specs);
  const owners = text.split("\n").map((_, index) => lineOf(index + 1)?.spec.slug);
  expect(owners.slice(0, 8)).toEqual([undefined, undefined, "forum", "blog", "box", undefined, undefined, "forum"]);
  expect(owners.slice(8, 11)).toEqual(["blog", "blog", "blog"]);
  expect(lineOf(8)?.type).toBe("Module");
});
