import { expect, test } from "vitest";
import { unwrap } from "../errors/problem.ts";
import { parseCatalog } from "./parse-catalog.ts";

const CATALOG = `schema = 1
updated_at = "2026-11-21T12:00:00Z"

[modules.forum]
slug = "forum"
name = "Forum"
description = "Threads and replies"
source = "npm"
package = "@acme/forum"
version = "^1.2.0"
tags = ["community", "content"]

[modules.commerce]
source = "git"
crate = "rustok-commerce"
version = "0.1.0"
git = "ssh://git/commerce.git"
rev = "abc123"
allow_scripts = true
`;

test("a catalog's entries have a spec each, and its word on the version of git modules", () => {
  const catalog = unwrap(parseCatalog(CATALOG, "marketplace.toml"));
  expect(catalog.updatedAt).toBe("2026-11-21T12:00:00Z");
  expect(catalog.entries).toEqual([
    {
      slug: "forum", name: "Forum", description: "Threads and replies", tags: ["community", "content"], version: "^1.2.0", allowScripts: false,
      spec: { slug: "forum", packageName: "@acme/forum", source: "npm", version: "^1.2.0", features: [], required: false, dependsOn: [] },
    },
    {
      slug: "commerce", name: "commerce", description: "", tags: [], version: "0.1.0", allowScripts: true,
      spec: { slug: "commerce", packageName: "rustok-commerce", source: "git", git: "ssh://git/commerce.git", rev: "abc123", features: [], required: false, dependsOn: [] },
    },
  ]);
});

test("the date may be TOML's own", () => {
  expect(unwrap(parseCatalog(CATALOG.replace('"2026-11-21T12:00:00Z"', "2026-11-21T12:00:00Z"), "m")).updatedAt).toBe("2026-11-21T12:00:00.000Z");
});

test.each([
  [CATALOG.replace('slug = "forum"', 'slug = "forums"'), "5:8 slug_mismatch modules.forum.slug"],
  [CATALOG.replace("name =", "nam ="), "6:1 unknown_key modules.forum.nam"],
  [CATALOG.replace('package = "@acme/forum"\n', ""), "4:2 missing_key modules.forum"],
  [CATALOG.replace('rev = "abc123"', ""), "13:2 missing_key modules.commerce.rev"],
  [CATALOG.replace("[modules.forum]", "[modules.Forum]").replace('slug = "forum"', ""), "4:2 invalid_slug modules.Forum"],
  [CATALOG.replace("schema = 1", "schema = 2"), "1:10 schema_unsupported schema"],
  ["schema = 1\n", "1:1 missing_key modules"],
  [CATALOG.replace("2026-11-21T12:00:00Z", "").replace('""', "7"), "2:14 wrong_type updated_at"],
])("catalog %# is refused at its place", (text, expected) => {
  const result = parseCatalog(text, "marketplace.toml");
  expect(result.ok ? [] : result.problems.map(({ location, code, path }) => `${location?.line}:${location?.column} ${code} ${path}`)).toEqual([expected]);
});
