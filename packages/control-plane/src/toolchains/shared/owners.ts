import { realpathSync } from "node:fs";
import { isAbsolute, posix, relative, sep } from "node:path";
import type { ModuleSpec } from "../../manifest/manifest.ts";

/** Which module a file belongs to. */
export interface Owners {
  /** A path relative to the host, with `/`; undefined for a path outside it. */
  inHost(file: string, base: string): string | undefined;
  /** The slug of the module that holds a file (path relative to the host). */
  moduleOf(file: string): string | undefined;
}

/** Makes the map from files to modules: a `path` module's directory, and every module's package below `node_modules`. */
export function ownersOf(workspace: string, specs: readonly ModuleSpec[]): Owners {
  const roots = [workspace, realOf(workspace)];
  const places = specs.flatMap((spec) => [...(spec.path === undefined ? [] : [{ slug: spec.slug, place: `${posix.normalize(spec.path).replace(/\/$/, "")}/` }]), { slug: spec.slug, place: `node_modules/${spec.packageName}/` }]);
  return {
    inHost: (file, base) => inHost(file.replace(/^file:\/\//, ""), base, roots),
    moduleOf: (file) => places.find(({ place }) => file.startsWith(place) || file.includes(`/${place}`))?.slug,
  };
}

function inHost(file: string, base: string, roots: readonly string[]): string | undefined {
  if (!isAbsolute(file)) {
    const path = posix.normalize(posix.join(base, file));
    return path.startsWith("../") ? undefined : path;
  }
  for (const root of roots) {
    const path = relative(root, file);
    if (!path.startsWith("..") && !isAbsolute(path)) return path.split(sep).join("/");
  }
  return undefined;
}

function realOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
