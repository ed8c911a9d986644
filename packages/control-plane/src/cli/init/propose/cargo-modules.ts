import type { CrateFound, Found, ServerFound } from "../found.ts";
import { slugOf, type ModuleFound } from "./module-found.ts";

/** The crate of a host that its modules and its generated registry know. */
export const CORE_CRATE = "rustok-core";

/** Modules of a Rust repository: its crates with a descriptor or a `RusToKModule`, and crates that its registry names. */
export function cargoModules(found: Found, server: ServerFound): readonly ModuleFound[] {
  const declared = found.crates.find(({ directory }) => directory === server.directory)?.dependencies ?? {};
  const paths = new Set(Object.values(declared).map(({ path }) => path));
  const own = found.crates.filter((crate) => isModuleCrate(crate) && crate.directory !== server.directory && crate.directory !== "");
  return [
    ...own.map((crate): ModuleFound => ({
      spec: { slug: crate.descriptor?.slug ?? slugOf(crate.name), packageName: crate.name, source: "path", path: crate.directory, features: featuresOf(declared, crate.name) },
      at: crate.directory,
      declared: paths.has(crate.directory),
      described: crate.descriptor !== undefined,
      moduleTypes: crate.moduleTypes,
    })),
    ...foreignModules(declared, server.registry?.text ?? ""),
  ];
}

/** Whether a crate is a module: it has a descriptor, or a type that is a `RusToKModule`. */
export function isModuleCrate({ name, descriptor, moduleTypes }: CrateFound): boolean {
  return name !== CORE_CRATE && (descriptor !== undefined || moduleTypes.length > 0);
}

function featuresOf(declared: CrateFound["dependencies"], name: string): readonly string[] {
  return Object.values(declared).find(({ packageName }) => packageName === name)?.features ?? [];
}

/** Crates of a registry or of git that the generated registry uses. */
function foreignModules(declared: CrateFound["dependencies"], registry: string): readonly ModuleFound[] {
  return Object.values(declared).flatMap(({ packageName, path, version, git, rev, features }): ModuleFound[] => {
    const used = packageName !== CORE_CRATE && registry.includes(`use ${packageName.replaceAll("-", "_")}::`);
    if (!used || path !== undefined) return [];
    const source = git === undefined ? { source: "crates-io" as const, version: version ?? "*" } : { source: "git" as const, git, rev: rev ?? "HEAD" };
    return [{ spec: { slug: slugOf(packageName), packageName, ...source, features }, at: "the server's Cargo.toml", declared: true, described: true }];
  });
}
