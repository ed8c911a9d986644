import { expect, test } from "vitest";
import { parseCargoManifest } from "./cargo-manifest.ts";

test("a member that inherits, with dependencies of every form", () => {
  const manifest = parseCargoManifest(`
[package]
name = "acme-server"
version.workspace = true
edition.workspace = true
description = "Serves"

[features]
default = ["comments"]
comments = []

[dependencies]
serde.workspace = true
tokio = { version = "1", features = ["rt", "net"], default-features = false }
itoa = "1.0"
json = { package = "serde_json", version = "1", optional = true }
wiki = { git = "https://git.example.org/wiki.git", rev = "abc123" }
acme-forum.path = "../../crates/forum"
acme-forum.features = ["comments"]

[dependencies.axum]
version = "0.8"
registry = "acme"
default_features = false

[target.'cfg(unix)'.dependencies]
libc = "0.2"

[dev-dependencies]
tempfile = "3"
`);
  expect(manifest).toMatchObject({ name: "acme-server", version: "workspace", edition: "workspace", description: "Serves" });
  expect(manifest?.features.get("default")).toEqual(["comments"]);
  const usual = { workspace: false, features: [], optional: false, defaultFeatures: true };
  expect(Object.fromEntries(manifest?.dependencies ?? [])).toEqual({
    serde: { ...usual, key: "serde", packageName: "serde", workspace: true },
    tokio: { ...usual, key: "tokio", packageName: "tokio", version: "1", features: ["rt", "net"], defaultFeatures: false },
    itoa: { ...usual, key: "itoa", packageName: "itoa", version: "1.0" },
    json: { ...usual, key: "json", packageName: "serde_json", version: "1", optional: true },
    wiki: { ...usual, key: "wiki", packageName: "wiki", git: "https://git.example.org/wiki.git", rev: "abc123" },
    "acme-forum": { ...usual, key: "acme-forum", packageName: "acme-forum", path: "../../crates/forum", features: ["comments"] },
    axum: { ...usual, key: "axum", packageName: "axum", version: "0.8", registry: "acme", defaultFeatures: false },
  });
});

test("a workspace's root without a package of its own", () => {
  const manifest = parseCargoManifest(`
[workspace]
resolver = "2"
members = ["apps/*", "crates/*"]
exclude = ["vendor"]

[workspace.package]
version = "0.4.0"
description = "All of it"

[workspace.dependencies]
acme-core = { path = "crates/core", version = "0.4" }

[patch.crates-io]
acme-core = { path = "crates/core" }

[profile.release]
lto = true
`);
  expect(manifest?.name).toBeUndefined();
  expect(manifest?.workspace).toMatchObject({ members: ["apps/*", "crates/*"], exclude: ["vendor"], packageVersion: "0.4.0", packageDescription: "All of it" });
  expect(manifest?.workspace?.dependencies.get("acme-core")).toMatchObject({ path: "crates/core", version: "0.4" });
});

test("an empty [workspace] is one", () => {
  expect(parseCargoManifest(`[package]\nname = "alone"\n\n[workspace]\n`)).toMatchObject({ name: "alone", workspace: { members: [], exclude: [] } });
});

test.each(["", "[package]\n", "[dependencies]\nserde = '1'\n", "[package]\nname = 3\n", "[package\n", `{"name": "json"}`])("what is no manifest: %j", (text) => {
  expect(parseCargoManifest(text)).toBeUndefined();
});
