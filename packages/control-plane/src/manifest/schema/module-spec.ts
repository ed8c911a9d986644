import { z } from "zod";
import { SOURCE_RULES, SOURCES } from "../source-rules.ts";
import { crateText, featureText, gitText, lineText, modulePathText, packageText, rangeText, revText, slugText } from "./values.ts";

/** The keys of one module, wherever a spec is written: the manifest, the catalog, a request. */
export const specShape = {
  crate: crateText.optional(),
  package: packageText.optional(),
  source: z.enum(SOURCES).describe("Where the module comes from."),
  version: rangeText.optional(),
  git: gitText.optional(),
  rev: revText.optional(),
  path: modulePathText.optional(),
  features: z.array(featureText).optional().describe("Features of the package to build with; order carries no meaning."),
  required: z.boolean().optional().describe("A core module: always on, cannot be uninstalled."),
  depends_on: z.array(slugText).optional().describe("Slugs of modules that this one needs."),
  runtime: lineText.optional().describe("Schema 2: how the module runs, such as `extension`."),
};

/** The same rules between keys that `checkSpec` applies, as JSON Schema states them. `mayState` lifts a source's refusals. */
export function specRules(mayState: readonly string[] = []) {
  const perSource = SOURCES.map((source) => {
    const rule = SOURCE_RULES[source];
    const name = rule.kinds.length > 1 ? [] : rule.kinds[0] === "npm" ? ["package"] : ["crate"];
    const refused = rule.refuses.filter((key) => !mayState.includes(key)).map((key) => [key, false] as const);
    return {
      if: { properties: { source: { const: source } }, required: ["source"] },
      // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
      then: { required: [...name, ...rule.needs], ...(refused.length === 0 ? {} : { properties: Object.fromEntries(refused) }) },
    };
  });
  return { allOf: [...perSource, { oneOf: [{ required: ["crate"] }, { required: ["package"] }] }] };
}

export const specSchema = z.strictObject(specShape).meta({ description: "One module.", ...specRules() });

/** A module of the manifest: there `dependencies` is an older word for `depends_on`, which RusToK's first manifests have. */
export const manifestSpecSchema = z
  .strictObject({ ...specShape, dependencies: z.array(slugText).optional().describe("An older word for depends_on.") })
  .meta({ description: "One module.", ...specRules() });

/** A spec as it is written in a manifest, with the older words that only a manifest may have. */
export type WrittenManifestSpec = z.output<typeof manifestSpecSchema>;
