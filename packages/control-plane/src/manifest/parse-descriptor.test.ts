import { expect, test } from "vitest";
import { unwrap } from "../errors/problem.ts";
import { parseDescriptor } from "./parse-descriptor.ts";

const DESCRIPTOR = `[module]
slug = "forum"
name = "Forum"
description = "Threads and replies"
version = "1.2.0"
kind = "optional"

[dependencies]
content = "^1.0.0"
users = { version_req = ">=0.1, <0.2" }

[conflicts]
chat = "<2"

[compat]
server = ">=0.1,<0.2"

[packages]
server = "@acme/forum/server"

[crate]
entry_type = "forum::ForumModule"

[settings]
posts_per_page = { type = "integer", default = 20, minimum = 1, maximum = 100, description = "Posts on one page" }
order = { type = "enum", values = ["new", "old"], default = "new" }
title = { type = "string", required = true }

[migrations]
policy = "irreversible"
`;

test("a whole descriptor", () => {
  expect(unwrap(parseDescriptor(DESCRIPTOR, "module.toml"))).toEqual({
    slug: "forum", name: "Forum", description: "Threads and replies", version: "1.2.0", kind: "optional",
    dependencies: { content: "^1.0.0", users: ">=0.1, <0.2" },
    conflicts: { chat: "<2" },
    compat: { server: ">=0.1,<0.2" },
    packages: { server: "@acme/forum/server" },
    entryType: "forum::ForumModule",
    settings: [
      { key: "posts_per_page", type: "integer", default: 20, minimum: 1, maximum: 100, description: "Posts on one page", required: false },
      { key: "order", type: "enum", values: ["new", "old"], default: "new", required: false },
      { key: "title", type: "string", required: true },
    ],
    migrations: { policy: "irreversible" },
  });
});

test("the least descriptor", () => {
  expect(unwrap(parseDescriptor('[module]\nslug = "a"\nversion = "1.0.0"\n', "module.toml"))).toEqual({
    slug: "a", name: "a", description: "", version: "1.0.0", kind: "optional", dependencies: {}, conflicts: {}, compat: {}, packages: {}, settings: [], migrations: { policy: "expand" },
  });
});

test.each([
  ['version = "1.2.0"', 'version = "1.2"', ["5:11 invalid_version module.version"]],
  ['content = "^1.0.0"', 'Content = "^1.0.0"', ["9:1 invalid_slug dependencies.Content"]],
  ['content = "^1.0.0"', 'content = "newest"', ["9:11 invalid_version dependencies.content"]],
  ['content = "^1.0.0"', "content = 1", ["9:11 wrong_type dependencies.content"]],
  ["version_req", "version", ["10:1 missing_key dependencies.users.version_req", "10:11 unknown_key dependencies.users.version"]],
  ['policy = "irreversible"', 'policy = "none"', ["30:10 invalid_value migrations.policy"]],
  ["default = 20", "default = 200", ["25:48 wrong_type settings.posts_per_page.default"]],
  ["default = 20", 'default = "20"', ["25:48 wrong_type settings.posts_per_page.default"]],
  ['default = "new"', 'default = "x"', ["26:61 wrong_type settings.order.default"]],
  ['values = ["new", "old"], ', "", ["26:1 missing_key settings.order.values"]],
  ['type = "string"', 'type = "text"', ["27:18 invalid_value settings.title.type"]],
  ["[compat]", "[compatible]", ["15:2 unknown_key compatible"]],
  ["[module]", "[modul]", ["1:1 missing_key module", "1:2 unknown_key modul"]],
  ["forum::ForumModule", "forum ForumModule", ["22:14 invalid_value crate.entry_type"]],
  ["forum::ForumModule", "super::ForumModule", ["22:14 invalid_value crate.entry_type"]],
  ["forum::ForumModule", "forum::_", ["22:14 invalid_value crate.entry_type"]],
  ["forum::ForumModule", "crate::", ["22:14 invalid_value crate.entry_type"]],
])("%s written as %s is refused", (before, after, expected) => {
  expect(DESCRIPTOR).toContain(before);
  const result = parseDescriptor(DESCRIPTOR.replace(before, after), "module.toml");
  expect(result.ok ? [] : result.problems.map(({ location, code, path }) => `${location?.line}:${location?.column} ${code} ${path}`)).toEqual(expected);
});

test.each(["ForumModule", "crate::ForumModule", "type::Entry", "_Entry"])("a type may be written %s", (path) => {
  expect(unwrap(parseDescriptor(DESCRIPTOR.replace("forum::ForumModule", path), "module.toml")).entryType).toBe(path);
});
