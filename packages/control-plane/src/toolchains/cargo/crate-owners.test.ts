import { expect, test } from "vitest";
import type { ComposedModule } from "../../composition/composition.ts";
import type { ModuleSpec } from "../../manifest/manifest.ts";
import { crateOwners } from "./crate-owners.ts";
import { parseLockfile } from "./lockfile.ts";

const index = "registry+https://registry.example/index";

function composed(spec: Pick<ModuleSpec, "slug" | "packageName"> & Partial<ModuleSpec>): ComposedModule {
  return { slug: spec.slug, name: spec.slug, version: "1.0.0", kind: "optional", dependsOn: [], migrationPolicy: "expand", spec: { source: "crates-io", features: [], required: false, dependsOn: [], ...spec } };
}

const modules = [
  composed({ slug: "blog", packageName: "rustok-blog", source: "path", path: "./crates/rustok-blog/" }),
  composed({ slug: "wiki", packageName: "acme-wiki", source: "path", path: "../acme/wiki" }),
  composed({ slug: "poll", packageName: "acme-poll" }),
  composed({ slug: "extra", packageName: "acme-poll-extra" }),
];

const lock = (name: string, needs: readonly string[]): string => `[[package]]\nname = "${name}"\nversion = "1.0.0"\nsource = "${index}"\ndependencies = ${JSON.stringify(needs)}\n`;
const lockfile = parseLockfile([lock("host-server", ["serde", "acme-poll", "acme-poll-extra"]), lock("serde", []), lock("acme-poll", ["openssl", "serde", "shared"]), lock("openssl", ["cc"]), lock("cc", []), lock("acme-poll-extra", ["acme-poll", "shared"]), lock("shared", [])].join("\n"));
if (!lockfile.ok) throw new Error("not a lockfile");

const onMachine = (path: string): string => path.replace(/^\/run\/modyard\/workspace/, "/data/host");
const owners = crateOwners({ workspace: "/data/host", places: { target: "/run/modyard/target", onMachine }, lockfile: lockfile.value, app: "host-server", modules });

test.each([
  ["crates/rustok-blog/src/lib.rs", "crates/rustok-blog/src/lib.rs", "blog"],
  ["/run/modyard/workspace/crates/rustok-blog/build.rs", "crates/rustok-blog/build.rs", "blog"],
  ["vendor/modules/wiki/src/lib.rs", "vendor/modules/wiki/src/lib.rs", "wiki"],
  ["/run/modyard/cargo/registry/src/index.example-6f17d22bba15001f/acme-poll-1.2.0/src/lib.rs", "acme-poll-1.2.0/src/lib.rs", "poll"],
  ["/run/modyard/cargo/registry/src/index.example-6f17d22bba15001f/acme-poll-extra-0.1.0/src/a.rs", "acme-poll-extra-0.1.0/src/a.rs", "extra"],
  ["/run/modyard/cargo/git/checkouts/wiki-0123456789abcdef/abc1234/src/lib.rs", "wiki-abc1234/src/lib.rs", undefined],
  ["/run/modyard/target/release/build/x-1/out/gen.rs", "target/release/build/x-1/out/gen.rs", undefined],
  ["crates/rustok-blogger/src/lib.rs", "crates/rustok-blogger/src/lib.rs", undefined],
  ["/rustc/abc/library/core/src/lib.rs", "/rustc/abc/library/core/src/lib.rs", undefined],
])("%s is shown as %s", (file, shown, module) => {
  expect(owners.shown(file)).toBe(shown);
  expect(owners.ofFile(shown)).toBe(module);
});

test("a crate is the module's that alone brings it along", () => {
  expect(Object.fromEntries(["rustok-blog", "acme-poll", "openssl", "cc", "serde", "shared", "unknown"].map((name) => [name, owners.ofPackage(name)]))).toEqual({ "rustok-blog": "blog", "acme-poll": "poll", openssl: "poll", cc: "poll", serde: undefined, shared: undefined, unknown: undefined });
});
