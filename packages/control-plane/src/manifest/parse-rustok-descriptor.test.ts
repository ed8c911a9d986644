import { expect, test } from "vitest";
import { unwrap } from "../errors/problem.ts";
import { parseRustokDescriptor } from "./parse-rustok-descriptor.ts";

const DESCRIPTOR = `[module]
slug = "events"
name = "Events"
version = "0.1.0"
description = "What happens, and who is told."
ownership = "first_party"
trust_level = "core"
ui_classification = "dual_surface"
recommended_admin_surfaces = ["leptos-admin"]
rustok_min_version = "0.1.0"
rustok_max_version = "0.3.0"

[marketplace]
category = "platform"
tags = ["events"]

[dependencies]
outbox = { version_req = ">=0.1.0" }
taxonomy = {}

[conflicts]
modules = ["old_events"]

[crate]
entry_type = "EventsModule"

[settings]
perPage = { type = "integer", default = 20, min = 1, max = 100, options = [10, 20], description = "Events on one page" }
order = { type = "string", default = "new", options = ["new", "old"] }
title = { type = "string", default = 7, required = true }
shown = { type = "boolean", default = true }
layout = { type = "object", properties = { width = { type = "integer" } } }

[provides.graphql]
query = "graphql::EventsQuery"

[provides.admin_ui.i18n]
supported_locales = ["en", "ru"]

[[provides.admin_ui.child_pages]]
subpath = "list"

[fba.consumer]
profile = "any"
`;

test("a whole descriptor of RusToK's", () => {
  expect(unwrap(parseRustokDescriptor(DESCRIPTOR, "rustok-module.toml"))).toEqual({
    slug: "events", name: "Events", description: "What happens, and who is told.", version: "0.1.0", kind: "optional",
    dependencies: { outbox: ">=0.1.0", taxonomy: "*" },
    conflicts: { old_events: "*" },
    compat: { server: ">=0.1.0, <=0.3.0" },
    packages: {},
    entryType: "EventsModule",
    settings: [
      { key: "perPage", type: "integer", default: 20, minimum: 1, maximum: 100, description: "Events on one page", required: false },
      { key: "order", type: "enum", values: ["new", "old"], default: "new", required: false },
      { key: "title", type: "string", required: true },
      { key: "shown", type: "boolean", default: true, required: false },
    ],
    migrations: { policy: "expand" },
  });
});

test("one with nothing but a module and empty texts", () => {
  const text = '[module]\nslug = "flex"\nversion = "0.1.0"\nrustok_min_version = ""\n[crate]\nentry_type = ""\n[dependencies]\ncontent = { version_req = "" }\n';
  expect(unwrap(parseRustokDescriptor(text, "rustok-module.toml"))).toEqual({
    slug: "flex", name: "flex", description: "", version: "0.1.0", kind: "optional", dependencies: { content: "*" }, conflicts: {}, compat: {}, packages: {}, settings: [], migrations: { policy: "expand" },
  });
});

test.each([
  ['slug = "events"', 'slug = "Events"', ["2:8 invalid_slug module.slug"]],
  ['version = "0.1.0"', 'version = "0.1"', ["4:11 invalid_version module.version"]],
  ['outbox = { version_req = ">=0.1.0" }', "Out = {}", ["18:1 invalid_slug dependencies.Out"]],
  ['version_req = ">=0.1.0"', 'version_req = "newest"', ["18:26 invalid_version dependencies.outbox.version_req"]],
  ['"EventsModule"', '"x; fn main() {}"', ["25:14 invalid_value crate.entry_type"]],
  ['"EventsModule"', '"super::EventsModule"', ["25:14 invalid_value crate.entry_type"]],
  ["[module]", "[modul]", ["1:1 missing_key module"]],
])("%s written as %s is refused", (before, after, expected) => {
  expect(DESCRIPTOR).toContain(before);
  const result = parseRustokDescriptor(DESCRIPTOR.replace(before, after), "rustok-module.toml");
  expect(result.ok ? [] : result.problems.map(({ location, code, path }) => `${location?.line}:${location?.column} ${code} ${path}`)).toEqual(expected);
});
