import { expect, test } from "vitest";
import * as fc from "fast-check";
import type { Problem } from "../errors/problem.ts";
import { unwrap } from "../errors/problem.ts";
import { parseManifest } from "./parse-manifest.ts";

const SHORT_SEED = `schema = 1
app = "rustok-server"

[build]
target = "x86_64-unknown-linux-gnu"
profile = "release"
deployment_profile = "monolith"

[modules]
content = { crate = "rustok-content", source = "path", path = "crates/rustok-content" }
commerce = { crate = "rustok-commerce", source = "path", path = "crates/rustok-commerce" }
# ... etc

[settings]
default_enabled = ["content", "commerce", "pages"]
`;

const FULL_SEED = `schema = 1
app = "rustok-server"

[build]
target = "x86_64-unknown-linux-gnu"
profile = "release"
deployment_profile = "monolith" # monolith | headless

[modules]
# slug = { crate = "...", source = "...", version = "...", features = [...] }
content = { crate = "rustok-content", source = "crates-io", version = "0.1" }
commerce = { crate = "rustok-commerce", source = "git", git = "ssh://git/commerce.git", rev = "abc123" }
blog = { crate = "rustok-blog", source = "path", path = "../modules/rustok-blog" }
forum = { crate = "rustok-forum", source = "crates-io", version = "0.1", features = ["comments"] }
pages = { crate = "rustok-pages", source = "path", path = "../modules/rustok-pages" }

[settings]
default_enabled = ["content", "commerce", "pages"]
`;

const SCHEMA_2 = `schema = 2
app = "rustok-server"

[build]
target = "x86_64-unknown-linux-gnu"

[build.server]
embed_admin = true           # into the server's binary

[build.admin]
stack = "leptos"
redirect_uris = ["http://localhost:3001/auth/callback"]

[[build.storefront]]
id = "default"

[modules]
auth = { crate = "rustok-auth", source = "path", path = "crates/rustok-auth", required = true }
content = { crate = "rustok-content", source = "path", path = "crates/rustok-content" }
blog = { crate = "rustok-blog", source = "path", path = "crates/rustok-blog", depends_on = ["content"] }
ai = { crate = "rustok-ai", source = "path", path = "crates/rustok-ai", runtime = "extension" }
`;

/** The problems of a text, one line each: `line:column CODE path`. */
function problemsOf(text: string): readonly string[] {
  return details(text).map(({ location, code, path }) => `${location?.line}:${location?.column} ${code} ${path ?? ""}`.trim());
}

function details(text: string): readonly Problem[] {
  const result = parseManifest(text, "modules.toml");
  return result.ok ? [] : result.problems;
}

/** A manifest with these lines below [modules]. */
function withModules(...lines: readonly string[]): string {
  return `schema = 1\napp = "host"\n[modules]\n${lines.join("\n")}\n`;
}

test("the seeds' full manifest parses", () => {
  const manifest = unwrap(parseManifest(FULL_SEED, "modules.toml"));
  expect(manifest.modules.map(({ slug }) => slug)).toEqual(["content", "commerce", "blog", "forum", "pages"]);
  expect(manifest.modules[1]).toEqual({ slug: "commerce", packageName: "rustok-commerce", source: "git", git: "ssh://git/commerce.git", rev: "abc123", features: [], required: false, dependsOn: [] });
  expect(manifest.packageKind).toBe("cargo");
  expect(manifest.settings.defaultEnabled).toEqual(["content", "commerce", "pages"]);
});

test("the seeds' short manifest parses: its `# ... etc` says that it is an excerpt", () => {
  expect(problemsOf(SHORT_SEED)).toEqual([]);
  expect(problemsOf(SHORT_SEED.replace("# ... etc\n", ""))).toEqual(["14:43 unknown_module settings.default_enabled[2]"]);
});

test("a schema 2 manifest keeps what it says about surfaces and modules", () => {
  const manifest = unwrap(parseManifest(SCHEMA_2, "modules.toml"));
  expect(manifest.build).toEqual({
    target: "x86_64-unknown-linux-gnu", profile: "release", deploymentProfile: "monolith",
    surfaces: { server: { embed_admin: true }, admin: { stack: "leptos", redirect_uris: ["http://localhost:3001/auth/callback"] }, storefront: [{ id: "default" }] },
  });
  expect(manifest.modules.find(({ slug }) => slug === "auth")?.required).toBe(true);
  expect(manifest.modules.find(({ slug }) => slug === "blog")?.dependsOn).toEqual(["content"]);
  expect(manifest.modules.find(({ slug }) => slug === "ai")?.runtime).toBe("extension");
});

test("`dependencies` is an older word for `depends_on`; both together are an error", () => {
  const modules = ["a = { crate = 'a', source = 'crates-io' }", "b = { crate = 'b', source = 'crates-io', dependencies = ['a'] }"];
  expect(unwrap(parseManifest(withModules(...modules), "m")).modules[1]?.dependsOn).toEqual(["a"]);
  expect(problemsOf(withModules(...modules.map((line) => line.replace("['a']", "['c', 'a', 'a']"))))).toEqual([
    "5:58 unknown_module modules.b.dependencies[0]", "5:68 duplicate_entry modules.b.dependencies[2]",
  ]);
  expect(problemsOf(withModules(...modules.map((line) => line.replace(" }", ", depends_on = [] }"))))).toEqual(["5:42 duplicate_entry modules.b.dependencies"]);
});

test("schema 2's keys in a schema 1 file are errors", () => {
  expect(problemsOf(SCHEMA_2.replace("schema = 2", "schema = 1"))).toEqual([
    "7:2 unknown_key build.server", "10:2 unknown_key build.admin", "14:3 unknown_key build.storefront", "21:73 unknown_key modules.ai.runtime",
  ]);
});

test("all errors are told at once, in the order of the file", () => {
  const text = `schema = 3
ap = "host"
[build]
profile = "fast"
[modules]
forum = { package = "@acme/forum", source = "npm", version = "not a version", featurs = ["x"] }
Blog = { crate = "blog", source = "path" }
shop = { package = "shop", crate = "shop", source = "git", git = "ext::sh -c id", rev = "-x" }
pages = { package = 7, source = "svn" }
[settings]
default_enabled = ["forun", "shop", "shop"]
`;
  expect(problemsOf(text)).toEqual([
    "1:1 missing_key app",
    "1:10 schema_unsupported schema",
    "2:1 unknown_key ap",
    "4:11 invalid_value build.profile",
    "6:62 invalid_version modules.forum.version",
    "6:79 unknown_key modules.forum.featurs",
    "7:1 invalid_slug modules.Blog",
    "7:1 missing_key modules.Blog.path",
    "7:10 package_kind_mixed modules.Blog.crate",
    "8:28 package_kind_mixed modules.shop.crate",
    "8:66 git_url_refused modules.shop.git",
    "8:89 invalid_value modules.shop.rev",
    "9:21 wrong_type modules.pages.package",
    "9:33 invalid_value modules.pages.source",
    "11:20 unknown_module settings.default_enabled[0]",
    "11:37 duplicate_entry settings.default_enabled[2]",
  ]);
  const hints = new Map(details(text).map(({ path, hint }) => [path, hint]));
  expect(hints.get("ap")).toBe("Did you mean `app`?");
  expect(hints.get("modules.forum.featurs")).toBe("Did you mean `features`?");
  expect(hints.get("modules.Blog")).toBe("Write `blog`.");
  expect(hints.get("modules.pages.source")).toBe('Write one of "npm", "crates-io", "git", "path".');
  expect(hints.get("settings.default_enabled[0]")).toBe('Did you mean "forum"?');
  expect(details(text).every(({ location, message, hint }) => location?.file === "modules.toml" && message !== "" && hint !== "")).toBe(true);
});

test.each([
  ["{ package = 'a', source = 'npm', path = 'x' }", "key_not_for_source modules.a.path"],
  ["{ package = 'a', source = 'git', git = 'https://h/a.git' }", "missing_key modules.a.rev"],
  ["{ package = 'a', source = 'git', rev = 'v1' }", "missing_key modules.a.git"],
  ["{ package = 'a', source = 'path' }", "missing_key modules.a.path"],
  ["{ package = 'a' }", "missing_key modules.a.source"],
  ["{ source = 'npm' }", "missing_key modules.a"],
  ["{ crate = 'a', source = 'npm' }", "package_kind_mixed modules.a.crate"],
  ["{ package = 'a', source = 'crates-io' }", "package_kind_mixed modules.a.package"],
  ["{ package = 'a', source = 'path', path = '/etc' }", "path_refused modules.a.path"],
  ["{ package = 'a', source = 'path', path = 'C:/x' }", "path_refused modules.a.path"],
  [String.raw`{ package = 'a', source = 'path', path = "a\u0000b" }`, "path_refused modules.a.path"],
  ["{ package = 'a', source = 'git', git = 'file:///etc', rev = 'v1' }", "git_url_refused modules.a.git"],
  ["{ package = 'a', source = 'git', git = '--upload-pack=x', rev = 'v1' }", "git_url_refused modules.a.git"],
  ["{ package = 'a', source = 'git', git = 'ssh://-oProxyCommand=x/a', rev = 'v1' }", "git_url_refused modules.a.git"],
  ["{ package = 'a', source = 'git', git = '/srv/a.git', rev = 'v1' }", "git_url_refused modules.a.git"],
  ["{ crate = 'self', source = 'crates-io' }", "invalid_package_name modules.a.crate"],
  ["{ package = '-g', source = 'npm' }", "invalid_package_name modules.a.package"],
  ["{ package = '../x', source = 'npm' }", "invalid_package_name modules.a.package"],
  ["{ package = 'a', source = 'npm', version = '' }", "invalid_version modules.a.version"],
  ["{ package = 'a', source = 'npm', features = 'x' }", "wrong_type modules.a.features"],
  ["{ package = 'a', source = 'npm', features = [1] }", "wrong_type modules.a.features[0]"],
  ["{ package = 'a', source = 'npm', required = 'yes' }", "wrong_type modules.a.required"],
  ["{ package = 'a', source = 'npm', depends_on = ['b'] }", "unknown_module modules.a.depends_on[0]"],
  ["{ package = 'a', source = 'npm', version = 1.2 }", "wrong_type modules.a.version"],
  ["'npm'", "wrong_type modules.a"],
  ["[]", "wrong_type modules.a"],
  ["1979-05-27", "wrong_type modules.a"],
])("a = %s is refused as %s", (spec, expected) => {
  expect(problemsOf(withModules(`a = ${spec}`)).map((line) => line.replace(/^\S+ /, ""))).toEqual([expected]);
});

test.each([
  "{ package = 'a', source = 'path', path = '../modules/a' }",
  "{ package = '@acme/a', source = 'npm' }",
  "{ package = 'a', source = 'npm', version = '>=1.0.0 <2 || ^3' }",
  "{ package = 'a', source = 'git', git = 'git@host:team/a.git', rev = 'refs/tags/v1.0.0' }",
  "{ package = 'a', source = 'git', git = 'http://127.0.0.1:8123/a.git', rev = 'main' }",
  "{ crate = 'a', source = 'crates-io', version = '>=0.1, <0.2' }",
  "{ crate = 'a', source = 'crates-io', version = '=0.1.3' }",
])("a = %s is well", (spec) => {
  expect(details(withModules(`a = ${spec}`))).toEqual([]);
});

test("an npm or crates-io module without a version takes any", () => {
  expect(unwrap(parseManifest(withModules("a = { package = 'a', source = 'npm' }"), "m")).modules[0]?.version).toBe("*");
});

test.each([
  ["a = 1\na = 2\n", "2:1"],
  ["schema = 1\napp = \n", "2:7"],
  [withModules("a = { package = 'a', source = 'npm', }"), "4:38"],
  [withModules("a = { package = 'a', source = 'npm' }", "a = { package = 'b', source = 'npm' }"), "5:1"],
  [`${withModules("a = { package = 'a', source = 'npm' }")}[modules]\n`, "5:2"],
  ["x = '", "1:6"],
  [`x = ${"[".repeat(50_000)}`, undefined],
])("text %# that is not TOML 1.0 is one syntax error with its place", (text, place) => {
  const [first, ...others] = details(text);
  expect(others).toEqual([]);
  expect(first?.code).toBe("toml_syntax");
  if (place !== undefined) expect(`${first?.location?.line}:${first?.location?.column}`).toBe(place);
});

test("a byte order mark and CRLF change no place", () => {
  const text = `\uFEFF${withModules("a = { package = 'a', source = 'nmp' }").replaceAll("\n", "\r\n")}`;
  expect(problemsOf(text)).toEqual(["4:31 invalid_value modules.a.source"]);
});

test("too much input is refused before it is parsed", () => {
  expect(problemsOf(`# ${"x".repeat(5_000_000)}`)).toEqual(["undefined:undefined file_too_large"]);
});

test("more values than the strict parser has memory for are refused before it sees them", () => {
  expect(problemsOf(`schema = 1\na = [${"1,".repeat(2_000_000)}]\n`)).toEqual(["undefined:undefined file_too_large"]);
});

test("suggestions for many unknown names do not take for ever", () => {
  const modules = Array.from({ length: 5000 }, (_, index) => `m${index} = { package = 'a', source = 'npm' }`);
  const unknown = Array.from({ length: 5000 }, (_, index) => `"q${index}"`);
  const problems = details(withModules(...modules, "[settings]", `default_enabled = [${unknown.join(",")}]`));
  expect(problems).toHaveLength(5000);
  expect(problems[0]?.hint).toBe('Did you mean "m0"?');
  expect(problems[4999]?.hint).toBe("Name a module of [modules], or add it there.");
});

test("nesting without end is refused, whichever way it is written", () => {
  expect(problemsOf(`schema = 1\n${"a.".repeat(100_000)}b = 1\n`)).toEqual(["undefined:undefined toml_too_deep"]);
});

test("names of JavaScript's prototypes are only names", () => {
  expect(problemsOf(withModules("__proto__ = { package = 'a', source = 'npm' }"))).toEqual(["4:1 invalid_slug modules.__proto__"]);
  expect(problemsOf(withModules("a = { package = 'a', source = 'npm', __proto__ = 1 }"))).toEqual(["4:38 unknown_key modules.a.__proto__"]);
  const text = withModules("constructor = { package = 'a', source = 'npm' }", "b = { package = 'b', source = 'npm', depends_on = ['constructor'] }");
  expect(unwrap(parseManifest(text, "m")).modules.map(({ slug }) => slug)).toEqual(["constructor", "b"]);
  expect(problemsOf(withModules("b = { package = 'b', source = 'npm', constructor = 1, depends_on = ['valueof'] }"))).toEqual([
    "4:38 unknown_key modules.b.constructor", "4:69 unknown_module modules.b.depends_on[0]",
  ]);
});

test("dates and infinities have no place in free tables", () => {
  expect(problemsOf("schema = 2\napp = 'a'\n[build.server]\nx = 1979-05-27\ny = inf\nz = [9223372036854775807]\n[modules]\n")).toEqual([
    "4:5 wrong_type build.server.x", "5:5 wrong_type build.server.y", "6:6 wrong_type build.server.z[0]",
  ]);
});

test("no text makes the parser throw", () => {
  const piece = fc.constantFrom("[modules]", "[[modules]]", "a", "=", "{", "}", "[", "]", ".", ",", '"', "'", "\n", "\r\n", "#", " ", "1", "true", "schema = 1", "__proto__", "\u0000", "\uFEFF", "\uD800", "source = 'npm'", "modules.a = {}");
  fc.assert(fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(""))), (text) => {
    const result = parseManifest(text, "modules.toml");
    return result.ok || result.problems.length > 0;
  }), { numRuns: 500 });
});
