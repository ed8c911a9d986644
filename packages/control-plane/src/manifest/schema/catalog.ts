import { z } from "zod";
import { specRules, specShape } from "./module-spec.ts";
import { lineText, SLUG, slugText } from "./values.ts";

/** Keys that a catalog states even where a manifest must not: the version of a git module is the catalog's word. */
export const CATALOG_MAY_STATE = ["version"] as const;

const entrySchema = z
  .strictObject({
    slug: slugText.optional().describe("The same as the table's name."),
    name: lineText.optional().describe("Name for people; the slug where absent."),
    description: z.string().optional().describe("What the module does."),
    tags: z.array(lineText).optional().describe("Words to find the module by."),
    allow_scripts: z.boolean().optional().describe("Whether lifecycle scripts of the package may run in the sandbox; off by default."),
    ...specShape,
  })
  .meta({ description: "One module that can be installed.", ...specRules(CATALOG_MAY_STATE) });

/** `marketplace.toml`. */
export const catalogSchema = z
  .strictObject({
    schema: z.literal(1).describe("Version of this format."),
    updated_at: z.union([lineText, z.symbol()]).optional().meta({ description: "When the catalog was changed last, in ISO 8601." }),
    modules: z.record(z.string(), entrySchema).meta({ description: "The modules: slug = entry.", propertyNames: { pattern: SLUG.source } }),
  })
  .meta({ title: "marketplace.toml", description: "A catalog: modules that can be installed, with a spec for each." });

/** `marketplace.toml` as it is written. */
export type WrittenCatalog = z.output<typeof catalogSchema>;
