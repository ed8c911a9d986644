import { posix } from "node:path";
import type { Found, PackageFound, ServerFound } from "../found.ts";
import { slugOf, type ModuleFound } from "./module-found.ts";

/** Whether a package is a module, and so no host: it has a descriptor, or takes the runtime from whoever uses it. */
export function isModulePackage({ descriptor, peerDependencies }: PackageFound): boolean {
  return descriptor !== undefined || "@modyard/runtime" in peerDependencies;
}

/** Modules of a Node repository: directories of its own, and packages that the server depends on. */
export function npmModules(found: Found, server: ServerFound): readonly ModuleFound[] {
  const declared = found.packages.find(({ directory }) => directory === server.directory)?.dependencies ?? {};
  const own = found.packages.filter((each) => isModulePackage(each) && each.name !== undefined && each.directory !== "" && each.directory !== server.directory);
  const names = new Set(own.map(({ name }) => name));
  const installed = Object.entries(server.installed).filter(([name]) => !names.has(name));
  return [
    ...own.map((each): ModuleFound => ({
      spec: { slug: each.descriptor?.slug ?? slugOf(each.name ?? ""), packageName: each.name ?? "", source: "path", path: each.directory, features: [] },
      at: each.directory,
      declared: pointsTo(valueOf(declared, each.name ?? ""), each.directory, server.directory),
      described: each.descriptor !== undefined,
    })),
    ...installed.map(([name, descriptor]): ModuleFound => ({
      spec: { slug: descriptor.slug, packageName: name, ...sourceOf(declared[name] ?? "*"), features: [] },
      at: `node_modules/${name}`,
      declared: true,
      described: true,
    })),
  ];
}

/** A package may be named as what every object inherits. */
function valueOf(record: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** Whether package.json's word for a dependency means this directory, or the workspace's package of that name. */
function pointsTo(declared: string | undefined, directory: string, server: string): boolean {
  if (declared === undefined) return false;
  const link = /^(?:file|link):(.*)$/.exec(declared);
  return link === null ? true : posix.join(server, link[1] ?? "") === directory;
}

/** `git+https://…#v1` is a git module, anything else a version of the registry. */
function sourceOf(declared: string): Pick<ModuleFound["spec"], "source" | "version" | "git" | "rev"> {
  const git = /^git\+(.+?)#(.+)$/.exec(declared);
  if (git !== null) return { source: "git", git: git[1] ?? "", rev: git[2] ?? "" };
  return { source: "npm", version: declared };
}
