import type { PackageKind, SourceKind } from "./manifest.ts";

/** Which keys a source needs, which it may have, and which kinds of package it can hold. */
export interface SourceRule {
  readonly needs: readonly ("git" | "rev" | "path")[];
  readonly refuses: readonly ("version" | "git" | "rev" | "path")[];
  readonly kinds: readonly PackageKind[];
}

/** The table that the validator and the published schemas both read. */
export const SOURCE_RULES: Readonly<Record<SourceKind, SourceRule>> = {
  npm: { needs: [], refuses: ["git", "rev", "path"], kinds: ["npm"] },
  "crates-io": { needs: [], refuses: ["git", "rev", "path"], kinds: ["cargo"] },
  git: { needs: ["git", "rev"], refuses: ["version", "path"], kinds: ["npm", "cargo"] },
  path: { needs: ["path"], refuses: ["version", "git", "rev"], kinds: ["npm", "cargo"] },
};

export const SOURCES = ["npm", "crates-io", "git", "path"] as const satisfies readonly SourceKind[];

/** Sources whose modules have a version of the registry's; absent means any. */
export function isRegistrySource(source: SourceKind): boolean {
  return source === "npm" || source === "crates-io";
}

/** The rule of a source that a file names, or undefined when there is no such source. */
export function sourceRule(source: unknown): SourceRule | undefined {
  return SOURCES.some((known) => known === source) ? SOURCE_RULES[source as SourceKind] : undefined;
}
