import { z } from "zod";
import { manifestSpecSchema } from "./module-spec.ts";
import { appText, SLUG, slugText, targetText } from "./values.ts";

/** Schema 2's parts of `[build]`: kept and hashed, not interpreted. */
const surfaceTable = z.record(z.string(), z.unknown());

const buildSchema = z.strictObject({
  target: targetText.optional(),
  profile: z.enum(["release", "debug"]).optional().describe("Optimised (the default) or for debugging."),
  deployment_profile: z.enum(["monolith", "headless"]).optional().describe("One release of everything (the default), or separate ones for server and user interfaces."),
  server: surfaceTable.optional().describe("Schema 2: settings of the server's build."),
  admin: surfaceTable.optional().describe("Schema 2: settings of the admin page's build."),
  storefront: z.array(surfaceTable).optional().describe("Schema 2: one entry for each storefront."),
});

/** The keys of `[build]` that only schema 2 has. */
export const BUILD_SURFACES = ["server", "admin", "storefront"] as const;

/** `modules.toml`. */
export const manifestSchema = z
  .strictObject({
    schema: z.literal([1, 2]).describe("Version of this format."),
    app: appText,
    build: buildSchema.optional().describe("How the host is built."),
    modules: z.record(z.string(), manifestSpecSchema).meta({ description: "The modules of the build: slug = spec.", propertyNames: { pattern: SLUG.source } }),
    settings: z
      .strictObject({ default_enabled: z.array(slugText).optional().describe("Modules that are enabled for new tenants.") })
      .optional()
      .describe("Settings of the application."),
  })
  .meta({ title: "modules.toml", description: "Which modules are in the build: the only source of truth of a composition." });

/** `modules.toml` as it is written. */
export type WrittenManifest = z.output<typeof manifestSchema>;
