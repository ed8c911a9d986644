import { expect, test } from "vitest";
import type { ModuleSpec } from "../../manifest/manifest.ts";
import { cargoProblem } from "./cargo-errors.ts";
import { pathsIn } from "./cargo-failure.ts";
import { cargoFailures } from "./cargo-errors.fixtures.ts";

const spec = (slug: string, packageName: string, more: Partial<ModuleSpec> = {}): ModuleSpec => ({ slug, packageName, source: "crates-io", features: [], required: false, dependsOn: [], ...more });
const modules = [
  spec("blog", "rustok-blog", { source: "path", path: "crates/blog" }),
  spec("wiki", "wiki", { source: "git", git: "http://git.example.org/x.git", rev: "v1" }),
  spec("letters", "itoa"),
  spec("nope", "rustok-nope-xyz"),
  spec("x", "x", { source: "git", git: "http://git.example.org/other.git" }),
];
const context = { modules, server: "host-server", inHost: pathsIn("/run/modyard/workspace") };
const tell = (text: string) => cargoProblem(text.split("\n"), context);
const holding = (text: string): unknown => expect.stringContaining(text);

const expected: Readonly<Record<keyof typeof cargoFailures, object>> = {
  noSuchCrate: { code: "package_not_found", module: "nope", message: "There is no package rustok-nope-xyz in crates.io index", hint: holding("the registry that is set up") },
  noSuchCrateOfModule: { code: "package_not_found", module: "blog", message: "There is no package itoaa-x-none in crates.io index; rustok-blog needs it" },
  otherSpelling: { code: "package_not_found", hint: "Write serde_json instead." },
  otherCrateInPath: { code: "package_not_found", message: "There is no package rustok-other in crates/blog", hint: holding("Cargo.toml has as `crate`") },
  otherCrateInGit: { code: "package_not_found", hint: holding("Cargo.toml has as `crate`") },
  noSuchVersion: { code: "version_not_found", module: "letters", message: "No version of itoa is in ^9", hint: holding("1.0.18, 1.0.17, 1.0.16"), details: { versions: ["1.0.18", "1.0.17", "1.0.16"] } },
  withdrawnVersion: { code: "version_not_found", message: "No version of foo is in ^1: 1.0.0 was withdrawn by its publisher" },
  noSuchFeature: { code: "feature_not_found", module: "letters", message: 'itoa has no feature "wurst"', hint: holding("in modules.toml") },
  misspeltFeature: { code: "feature_not_found", hint: holding('"serde_derive"') },
  featureIsDependency: { code: "feature_not_found", module: "blog", message: holding("a dependency that is always there") },
  noSuchFeatureOfModule: { code: "feature_not_found", module: "blog", message: holding("rustok-blog asks for it"), hint: holding("the Cargo.toml of rustok-blog") },
  olderFeatureForm: { code: "feature_not_found", module: "blog", message: 'rustok-blog has no feature "wurst"' },
  featureOfNothing: { code: "cargo_manifest_invalid", module: "blog", location: { file: "crates/blog/Cargo.toml" }, message: holding("neither a dependency nor another feature") },
  conflict: { code: "dependency_conflict", message: "rustok-blog needs itoa =1.0.1, but host-server has itoa 1.0.2 already" },
  nativeLibrary: { code: "dependency_conflict", module: "blog", message: "The native library z can be linked once only, and libz-sys and rustok-blog link it" },
  nativeLibraryLocked: { code: "dependency_conflict", message: holding("The native library z can") },
  circle: { code: "dependency_conflict", module: "blog", message: "Packages depend on each other in a circle: host-server <- rustok-blog <- host-server" },
  tooNewForRust: { code: "dependency_conflict", module: "blog", message: "rustok-blog 0.1.0 needs Rust 1.200; this is 1.95.0" },
  pathMissing: { code: "path_not_found", module: "blog", message: "There is no crate in crates/none" },
  pathAboveHost: { code: "path_not_found", module: "blog", message: "shared has a path that leads out of the host's repository, and builds see nothing else", hint: holding("Move the crate") },
  notToml: { code: "cargo_manifest_invalid", module: "blog", location: { file: "crates/blog/Cargo.toml", line: 5, column: 5 } },
  noName: { code: "cargo_manifest_invalid", module: "blog", message: "crates/blog/Cargo.toml is not valid: missing field `package.name`" },
  unknownEdition: { code: "cargo_manifest_invalid", module: "blog", message: holding("but `2099` is unknown"), hint: holding("rust-toolchain.toml") },
  twoRoots: { code: "cargo_manifest_invalid", module: "blog", location: { file: "crates/blog/Cargo.toml" }, hint: holding("exclude") },
  inheritsNothing: { code: "cargo_manifest_invalid", module: "blog", hint: holding("[workspace.dependencies]") },
  inheritsFromNoRoot: { code: "cargo_manifest_invalid", message: holding("failed to find a workspace root") },
  gitUnreachable: { code: "git_unreachable", module: "x", message: holding("Failed to connect") },
  noSuchCommit: { code: "git_rev_not_found", module: "wiki", message: holding('"0123456789012345678901234567890123456789"') },
  noSuchBranch: { code: "git_rev_not_found", module: "wiki", message: holding('"none"') },
  noSuchRepository: { code: "git_unreachable", module: "wiki", message: holding("not found") },
  registryUnreachable: { code: "registry_unreachable", module: "letters", message: holding("Could not connect to server") },
  registryWantsCredentials: { code: "registry_denied", message: holding('"corp"'), hint: holding("CARGO_REGISTRIES_CORP_TOKEN") },
  registryUndefined: { code: "registry_unreachable", message: 'No registry "corp2" is set up' },
  checksumOfLockfile: { code: "integrity_mismatch", module: "letters", message: "The registry's itoa 1.0.10 has another checksum than what Cargo.lock says" },
  checksumOfDownload: { code: "integrity_mismatch", message: "The registry's foo 1.0.0 has another checksum than what the registry's index says" },
  lockfileTooNew: { code: "lockfile_out_of_date", location: { file: "Cargo.lock" }, message: holding("lock file version `9`") },
  lockfileNotToml: { code: "lockfile_out_of_date", message: holding("key with no value") },
  lockfileOutOfDate: { code: "lockfile_out_of_date", message: "Cargo.lock does not fit the Cargo.toml files" },
  unknownPlatform: { code: "compile_failed", message: "rustc knows no target nope-none-x" },
  noRoot: { code: "cargo_manifest_invalid", message: "The host has no Cargo.toml at its root" },
  diskFull: { code: "disk_full" },
};

test.each(Object.entries(cargoFailures))("tells %s", (name, text) => {
  expect(tell(text)).toMatchObject(expected[name as keyof typeof cargoFailures]);
});

test("never tells a place of the machine, nor a password", () => {
  for (const text of Object.values(cargoFailures)) expect(tell(text).message).not.toMatch(/\/run\/|\/elsewhere\//);
  const told = tell(cargoFailures.noSuchRepository.replaceAll("http://", "http://user:hunter2@"));
  expect(told).toMatchObject({ code: "git_unreachable", module: "wiki" });
  expect(JSON.stringify(told)).not.toContain("hunter2");
});

test("repeats what it does not understand", () => {
  expect(tell("    Updating index\nerror: the sky fell\n\nCaused by:\n  gravity")).toMatchObject({ code: "step_failed", message: "the sky fell; gravity" });
  expect(tell("")).toMatchObject({ code: "step_failed", message: "cargo failed without a word" });
});
