import * as fc from "fast-check";
import { expect, test } from "vitest";
import { unwrap } from "../errors/problem.ts";
import { canonicalManifest, manifestHash } from "./canonical.ts";
import { parseManifest } from "./parse-manifest.ts";

const BASE = `schema = 2
app = "host"
[build]
target = "node22"
[build.server]
embed = true
ports = [1, 2]
[modules]
content = { package = "@acme/content", source = "npm", version = "^1.0.0", features = ["a", "b"] }
blog = { package = "@acme/blog", source = "path", path = "modules/blog", depends_on = ["content"] }
shop = { package = "@acme/shop", source = "git", git = "https://h/shop.git", rev = "v1" }
[settings]
default_enabled = ["content", "blog"]
`;

function hash(text: string): string {
  return manifestHash(unwrap(parseManifest(text, "modules.toml")));
}

test("the hash is a whole SHA-256 in hexadecimal, the same today and tomorrow", () => {
  expect(hash(BASE)).toMatch(/^[0-9a-f]{64}$/);
  expect(canonicalManifest(unwrap(parseManifest('schema = 1\napp = "a"\n[modules]\nb = { package = "b", source = "npm" }', "m")))).toBe(
    '{"app":"a","build":{"deploymentProfile":"monolith","profile":"release"},"modules":[{"dependsOn":[],"features":[],"kind":"npm","packageName":"b","required":false,"slug":"b","source":"npm","version":"*"}],"schema":1,"settings":{"defaultEnabled":[]}}',
  );
});

test.each([
  ["comments", BASE.replaceAll("\n", " # x\n")],
  ["line ends", BASE.replaceAll("\n", "\r\n")],
  ["a byte order mark", `\uFEFF${BASE}`],
  ["white space", BASE.replaceAll(" = ", "   =   ").replaceAll("[modules]", "\n\n  [modules]  ")],
  ["the order of features", BASE.replace('["a", "b"]', '["b", "a"]')],
  ["the order of what is enabled", BASE.replace('["content", "blog"]', '["blog", "content"]')],
  ["the order of keys", BASE.replace('package = "@acme/content", source = "npm"', 'source = "npm", package = "@acme/content"')],
  ["the profile's default written out", BASE.replace("[build]", '[build]\nprofile = "release"\ndeployment_profile = "monolith"')],
  ["a module's defaults written out", BASE.replace('path = "modules/blog"', 'path = "modules/blog", required = false, features = []')],
  ["another style of tables", BASE.replace('[settings]\n', "").replace("default_enabled", "settings.default_enabled").replace(/^(settings.*)\n/m, "").replace("schema = 2\n", 'schema = 2\nsettings.default_enabled = ["content", "blog"]\n')],
  ["dotted keys", BASE.replace(/^shop = .*$/m, 'shop.package = "@acme/shop"\nshop.source = "git"\nshop.git = "https://h/shop.git"\nshop.rev = "v1"')],
])("%s do not change the hash", (_, text) => {
  expect(text).not.toBe(BASE);
  expect(hash(text)).toBe(hash(BASE));
});

test.each([
  ["app", BASE.replace('"host"', '"host2"')],
  ["target", BASE.replace("node22", "node24")],
  ["profile", BASE.replace("[build]", '[build]\nprofile = "debug"')],
  ["deployment profile", BASE.replace("[build]", '[build]\ndeployment_profile = "headless"')],
  ["surfaces", BASE.replace("embed = true", "embed = false")],
  ["the order of a list inside surfaces", BASE.replace("[1, 2]", "[2, 1]")],
  ["version", BASE.replace("^1.0.0", "^1.0.1")],
  ["features", BASE.replace('["a", "b"]', '["a"]')],
  ["path", BASE.replace("modules/blog", "modules/blog2")],
  ["rev", BASE.replace('"v1"', '"v2"')],
  ["git", BASE.replace("shop.git", "shop2.git")],
  ["package", BASE.replace("@acme/shop", "@acme/shop2")],
  ["slug", BASE.replace("shop =", "store =")],
  ["required", BASE.replace('rev = "v1"', 'rev = "v1", required = true')],
  ["dependencies", BASE.replace(', depends_on = ["content"]', "")],
  ["runtime", BASE.replace('rev = "v1"', 'rev = "v1", runtime = "extension"')],
  ["what is enabled", BASE.replace('["content", "blog"]', '["content"]')],
  ["crates for packages", BASE.replaceAll("package = ", "crate = ").replaceAll("@acme/", "").replace('"npm"', '"crates-io"')],
  ["one module less", BASE.replace(/^shop.*\n/m, "")],
])("%s changes the hash", (_, text) => {
  expect(text).not.toBe(BASE);
  expect(hash(text)).not.toBe(hash(BASE));
});

test("no order of modules changes the hash", () => {
  const lines = BASE.split("\n");
  const modules = lines.slice(8, 11);
  fc.assert(fc.property(fc.shuffledSubarray(modules, { minLength: 3 }), (shuffled) => {
    expect(hash([...lines.slice(0, 8), ...shuffled, ...lines.slice(11)].join("\n"))).toBe(hash(BASE));
  }));
});
