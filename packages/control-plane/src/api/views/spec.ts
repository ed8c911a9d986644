import { z } from "zod";
import { holdsSecret } from "../../manifest/git-address.ts";
import type { ModuleSpec } from "../../manifest/manifest.ts";
import { specSchema } from "../../manifest/schema/module-spec.ts";
import { packageText, slugText } from "../../manifest/schema/values.ts";
import { sourceRule } from "../../manifest/source-rules.ts";
import { toSpec } from "../../manifest/spec-values.ts";

/**
 * A module's spec in a request: the same keys as in modules.toml. A password in its address is refused: requests are told in the journal,
 * from which nothing is ever removed, and on every webhook.
 */
export const specInput = specSchema.superRefine((spec, context) => {
  const rule = sourceRule(spec.source);
  for (const key of rule?.needs ?? []) {
    if (!(key in spec)) context.addIssue({ code: "custom", path: [key], message: `source = "${spec.source}" needs ${key}` });
  }
  if (spec.git !== undefined && holdsSecret(spec.git)) context.addIssue({ code: "custom", path: ["git"], message: "the address holds a password or token, which everybody who may look would see; use an ssh address, and give its key to the server" });
  if ((spec.crate === undefined) === (spec.package === undefined)) context.addIssue({ code: "custom", message: "name the module's package (npm) or crate (cargo), one of the two" });
});

/** `{ slug: spec }`, as the seeds' request has it. */
export const modulesInput = z.record(slugText, specInput);

export function toSpecs(modules: z.output<typeof modulesInput>): readonly ModuleSpec[] {
  return Object.entries(modules).map(([slug, spec]) => toSpec(slug, spec));
}

/** A spec as the API shows it: the keys of modules.toml, absent where the manifest leaves them out. */
export function specView(spec: ModuleSpec): Record<string, unknown> {
  const { version, git, rev, path, runtime } = spec;
  return {
    [spec.source === "crates-io" ? "crate" : "package"]: spec.packageName,
    source: spec.source,
    ...(version !== undefined && { version }),
    ...(git !== undefined && { git }),
    ...(rev !== undefined && { rev }),
    ...(path !== undefined && { path }),
    ...(spec.features.length > 0 && { features: spec.features }),
    ...(spec.required && { required: true }),
    ...(spec.dependsOn.length > 0 && { depends_on: spec.dependsOn }),
    ...(runtime !== undefined && { runtime }),
  };
}

/** A spec as a request states it. A name that only a crate can have is stated as one: what is stored does not tell. */
export function requestSpec(spec: ModuleSpec): z.output<typeof specInput> {
  const { package: _, crate: _1, ...keys } = specView(spec);
  const isCrate = spec.source === "crates-io" || !packageText.safeParse(spec.packageName).success;
  return specInput.parse({ ...keys, [isCrate ? "crate" : "package"]: spec.packageName });
}
