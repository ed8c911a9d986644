import { expect, test } from "vitest";
import { registryInPlaceOf } from "./searched-registry.ts";

const mirror = "sparse+https://crates.example.org/index/";

test.each([
  ["crates.io itself", {}, {}, ["--registry", "crates-io"]],
  ["a registry of a name", { "crates-io": { "replace-with": "mirror" } }, { mirror: { index: mirror } }, ["--registry", "mirror"]],
  ["a source with an address", { "crates-io": { "replace-with": "mirror" }, mirror: { registry: mirror } }, {}, ["--index", mirror]],
  ["what replaces the replacement", { "crates-io": { "replace-with": "one" }, one: { registry: "x", "replace-with": "two" }, two: { registry: mirror } }, {}, ["--index", mirror]],
  ["a registry on the disk: none", { "crates-io": { "replace-with": "disk" }, disk: { "local-registry": "/srv/crates" } }, {}, undefined],
  ["vendored sources: none", { "crates-io": { "replace-with": "vendored" }, vendored: { directory: "/srv/vendor" } }, {}, undefined],
  ["a circle: none", { "crates-io": { "replace-with": "one" }, one: { "replace-with": "crates-io" } }, {}, undefined],
])("searched is %s", (_, source, registries, expected) => {
  expect(registryInPlaceOf("crates-io", { source, registries })).toEqual(expected);
});
