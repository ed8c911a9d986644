import type { SourceKind } from "../../../manifest/manifest.ts";

/** A module of the repository, before anyone decided whether it is in the build. */
export interface ModuleFound {
  readonly spec: {
    readonly slug: string;
    readonly packageName: string;
    readonly source: SourceKind;
    readonly version?: string;
    readonly git?: string;
    readonly rev?: string;
    readonly path?: string;
    readonly features: readonly string[];
  };
  /** Where it was found. */
  readonly at: string;
  /** Whether the server depends on it now. */
  readonly declared: boolean;
  /** Whether it has a descriptor. */
  readonly described: boolean;
  /** Rust types that it implements the module trait for. */
  readonly moduleTypes?: readonly string[];
}

/** A slug from a package's name: `@acme/forum` and `rustok-forum` are `forum`. What is no slug then is for the checks to refuse. */
export function slugOf(packageName: string): string {
  return packageName.replace(/^@[^/]*\//, "").replace(/^rustok-/, "").replace(/^module-|-module$/g, "").toLowerCase();
}
