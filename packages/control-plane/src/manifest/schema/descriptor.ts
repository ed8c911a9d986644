import { z } from "zod";
import { text } from "../check/rule.ts";
import { lineText, rangeText, SLUG, slugText, versionText } from "./values.ts";

/** Words of Rust's paths that no module or type can have as its name. */
const NO_RUST_NAMES: ReadonlySet<string> = new Set(["crate", "self", "super", "Self", "_"]);

export const entryTypeText = text({
  code: "invalid_value", wrong: "Not a Rust type", hint: "Write the type's path in its crate, such as `ForumModule` or `module::Entry`.",
  pattern: /^(?:crate::)?[A-Za-z_][A-Za-z0-9_]*(?:::[A-Za-z_][A-Za-z0-9_]*)*$/, refuse: (path) => path.replace(/^crate::/, "").split("::").some((name) => NO_RUST_NAMES.has(name)),
  description: "Path of the Rust type to register, from the root of its crate; `<Slug>Module` where absent.",
});

const importText = text({
  code: "invalid_package_name", wrong: "Not a package or import path", hint: 'Write a package or import path, such as "@acme/forum/server".',
  pattern: /^[A-Za-z0-9@_~][A-Za-z0-9@/._~-]*$/, refuse: (path) => path.split("/").includes(".."), description: "Package name or import path.",
});

/** A dependency is a range, or a table with one: RusToK writes `{ version_req = ">=0.1" }`. */
const dependency = z.union([rangeText, z.strictObject({ version_req: rangeText })]);

const dependencies = z.record(z.string(), dependency).meta({ propertyNames: { pattern: SLUG.source } });

const settingSchema = z.strictObject({
  type: z.enum(["string", "integer", "number", "boolean", "enum"]).describe("Type of the value."),
  description: z.string().optional().describe("What the setting does."),
  default: z.union([z.string(), z.number(), z.boolean()]).optional().describe("Value where nothing is set."),
  values: z.array(lineText).min(1).optional().describe("The values of an `enum`."),
  minimum: z.number().optional().describe("Least value of a number."),
  maximum: z.number().optional().describe("Greatest value of a number."),
  required: z.boolean().optional().describe("Whether the module cannot work without."),
});

/** `module.toml`. */
export const descriptorSchema = z
  .strictObject({
    schema: z.literal(1).optional().describe("Version of this format."),
    module: z.strictObject({
      slug: slugText,
      name: lineText.optional().describe("Name for people; the slug where absent."),
      description: z.string().optional().describe("What the module does."),
      version: versionText,
      kind: z.enum(["core", "optional"]).optional().describe("`core` modules are always on; `optional` is the default."),
    }),
    dependencies: dependencies.optional().describe("Modules that this one needs: slug = range."),
    conflicts: dependencies.optional().describe("Modules that cannot be in one build with this one: slug = range."),
    compat: z.strictObject({ server: rangeText.optional().describe("Versions of the host that this module works with.") }).optional().describe("Compatibility."),
    packages: z.strictObject({ server: importText.optional(), admin: importText.optional(), storefront: importText.optional() }).optional().describe("What each surface imports; the module's own package where absent."),
    crate: z.strictObject({ entry_type: entryTypeText.optional() }).optional().describe("For cargo modules."),
    settings: z.record(z.string(), settingSchema).optional().describe("Settings, from which the page draws a form."),
    migrations: z.strictObject({ policy: z.enum(["expand", "contract", "irreversible"]).optional().describe("What migrations allow; `irreversible` forbids a rollback across them.") }).optional().describe("Migrations of data."),
  })
  .meta({ title: "module.toml", description: "A module's descriptor: what it is, and what it needs." });

/** `module.toml` as it is written. */
export type WrittenDescriptor = z.output<typeof descriptorSchema>;
export type WrittenSetting = z.output<typeof settingSchema>;
