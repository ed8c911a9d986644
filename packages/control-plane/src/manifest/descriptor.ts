/** A typed setting of a module, from which the page draws a form. */
export interface SettingDescriptor {
  readonly key: string;
  readonly type: "string" | "integer" | "number" | "boolean" | "enum";
  readonly description?: string;
  readonly default?: string | number | boolean;
  /** Only for `enum`. */
  readonly values?: readonly string[];
  /** Only for `integer` and `number`, both included. */
  readonly minimum?: number;
  readonly maximum?: number;
  readonly required: boolean;
}

/** What a module's migrations allow: `irreversible` ones forbid a rollback across them. */
export type MigrationPolicy = "expand" | "contract" | "irreversible";

/** `module.toml` inside a module, parsed. */
export interface Descriptor {
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly version: string;
  readonly kind: "core" | "optional";
  /** slug -> version range */
  readonly dependencies: Readonly<Record<string, string>>;
  /** slug -> version range of the versions that it cannot live with */
  readonly conflicts: Readonly<Record<string, string>>;
  /** `[compat] server`: range of host versions. */
  readonly compat: { readonly server?: string };
  /** Import path or package name per surface; the module's own package where absent. */
  readonly packages: { readonly server?: string; readonly admin?: string; readonly storefront?: string };
  /** `[crate] entry_type`: the Rust type to register, where it is not `<Slug>Module`. */
  readonly entryType?: string;
  readonly settings: readonly SettingDescriptor[];
  readonly migrations: { readonly policy: MigrationPolicy };
}
