import { z } from "zod";
import type { ModuleDetails } from "../../build/module-details.ts";
import { snakeCase } from "../snake-case.ts";
import { json, problemView } from "./common.ts";
import { specView } from "./spec.ts";

const rangeBySlug = z.record(z.string(), z.string());

/** A module as the API shows it in full. */
export const moduleDetailsView = z.object({
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  kind: z.enum(["core", "optional"]),
  tags: z.array(z.string()),
  installed: z.boolean(),
  installed_version: z.string().nullable(),
  version: z.string().nullable().describe("What would be installed; for an installed module what it says of itself."),
  versions: z.array(z.string()).describe("What its registry offers, the newest first; empty where there is none."),
  spec: z.record(z.string(), json),
  dependencies: rangeBySlug,
  conflicts: rangeBySlug,
  compat_server: z.string().nullable().describe("The range of host versions that it works with."),
  settings: z.array(z.object({ key: z.string(), type: z.string(), description: z.string().optional(), required: z.boolean() }).catchall(json)),
  migration_policy: z.enum(["expand", "contract", "irreversible"]).nullable(),
  licence: z.string().nullable(),
  homepage: z.string().nullable(),
  readme: z.string().nullable().describe("Markdown of the module's author."),
  problem: problemView.nullable().describe("Why the module itself could not be read; then this is the catalog's word only."),
}).meta({ id: "ModuleDetails" });

export function showModuleDetails({ slug, spec, entry, installed, installedVersion, reading, problem, versions }: ModuleDetails): z.output<typeof moduleDetailsView> {
  const { descriptor, about = {}, resolvedVersion } = reading ?? {};
  return {
    slug,
    name: descriptor?.name ?? entry?.name ?? slug,
    description: descriptor?.description ?? entry?.description ?? "",
    kind: descriptor?.kind ?? "optional",
    tags: [...(entry?.tags ?? [])],
    installed,
    installed_version: installedVersion ?? (installed ? (descriptor?.version ?? null) : null),
    version: resolvedVersion ?? descriptor?.version ?? entry?.version ?? null,
    versions: [...versions],
    spec: specView(spec),
    dependencies: { ...descriptor?.dependencies },
    conflicts: { ...descriptor?.conflicts },
    compat_server: descriptor?.compat.server ?? null,
    settings: (descriptor?.settings ?? []).map((setting) => ({ ...setting })),
    migration_policy: descriptor?.migrations.policy ?? null,
    licence: about.licence ?? null,
    homepage: about.homepage ?? null,
    readme: about.readme ?? null,
    problem: problem === undefined ? null : problemView.parse(snakeCase(problem)),
  };
}
