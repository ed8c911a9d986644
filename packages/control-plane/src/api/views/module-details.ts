import { z } from "zod";
import type { ModuleDetails } from "../../build/module-details.ts";
import type { PackageKind } from "../../manifest/manifest.ts";
import { snakeCase } from "../snake-case.ts";
import { json, problemView } from "./common.ts";
import { specInput, specView } from "./spec.ts";

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
  compatible: z.boolean().nullable().describe("Whether this host is in that range; null: it does not say, or the host's version is not known."),
  conflicts_with: z.array(z.string()).describe("Modules of the manifest that it cannot live with."),
  described: z.boolean().describe("False: its package has no descriptor, so nothing says that it is a module."),
  settings: z.array(z.object({ key: z.string(), type: z.string(), description: z.string().optional(), required: z.boolean() }).catchall(json)),
  migration_policy: z.enum(["expand", "contract", "irreversible"]).nullable(),
  licence: z.string().nullable(),
  homepage: z.string().nullable(),
  readme: z.string().nullable().describe("Markdown of the module's author."),
  problem: problemView.nullable().describe("Why the module itself could not be read; then this is the catalog's word only."),
}).meta({ id: "ModuleDetails" });

/** A module that was looked up by its address. */
export const foundModuleView = moduleDetailsView.extend({ install: z.object({ slug: z.string(), spec: specInput }).nullable().describe("What a request to install it says; null where too little of it is known.") }).meta({ id: "FoundModule" });

export function showFoundModule(details: ModuleDetails, toolchain: PackageKind): z.output<typeof foundModuleView> {
  const { slug, spec } = details;
  const { package: _, crate: __, ...keys } = specView(spec);
  const name = { [toolchain === "cargo" ? "crate" : "package"]: spec.packageName };
  const written = specInput.safeParse({ source: spec.source, ...name, ...keys });
  return { ...showModuleDetails(details), install: written.success ? { slug, spec: written.data } : null };
}

export function showModuleDetails({ slug, spec, entry, installed, installedVersion, reading, problem, versions, fit }: ModuleDetails): z.output<typeof moduleDetailsView> {
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
    compatible: fit.compatible ?? null,
    conflicts_with: [...fit.conflictsWith],
    described: reading?.described !== false,
    settings: (descriptor?.settings ?? []).map((setting) => ({ ...setting })),
    migration_policy: descriptor?.migrations.policy ?? null,
    licence: about.licence ?? null,
    homepage: about.homepage ?? null,
    readme: about.readme ?? null,
    problem: problem === undefined ? null : problemView.parse(snakeCase(problem)),
  };
}
