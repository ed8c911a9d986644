import { z } from "zod";
import type { Change, InstallRequest, UpgradeRequest } from "../../composition/plan.ts";
import { rangeText, revText, slugText } from "../../manifest/schema/values.ts";
import { toSpec } from "../../manifest/spec-values.ts";
import { modulesInput, requestSpec, specInput, toSpecs } from "./spec.ts";

const installInput = z.union([
  z.string().min(1).max(300).describe("`slug` or `slug@range`"),
  z.strictObject({ slug: slugText, version: rangeText.optional(), spec: specInput.optional() }),
]);

const upgradeInput = z.union([
  z.string().min(1).max(300).describe("`slug` or `slug@version`"),
  z.strictObject({ slug: slugText, version: rangeText.optional(), rev: revText.optional() }),
]);

/** The keys of a request that say what is to change. */
export const changeShape = {
  install: z.array(installInput).max(500).default([]),
  uninstall: z.array(slugText).max(500).default([]),
  upgrade: z.array(upgradeInput).max(500).default([]),
  modules: modulesInput.optional().describe("Exactly these modules are wanted; excludes install, uninstall and upgrade."),
  cascade: z.boolean().default(false).describe("Take along what depends on an uninstalled module."),
};

const changeInput = z.strictObject(changeShape);

/** A change as it is asked for: what is shown so can be sent again. */
export const changeView = z
  .object({
    install: z.array(z.object({ slug: z.string(), version: z.string().optional(), spec: specInput.optional() })),
    uninstall: z.array(z.string()),
    upgrade: z.array(z.object({ slug: z.string(), version: z.string().optional(), rev: z.string().optional() })),
    modules: modulesInput.optional().describe("Exactly these modules were wanted."),
    cascade: z.boolean(),
  })
  .meta({ id: "Change" });

export function showChange({ install, uninstall, upgrade, modules, cascade }: Change): z.output<typeof changeView> {
  return changeView.parse({
    install: install.map(({ slug, version, spec }) => ({ slug, version, ...(spec !== undefined && { spec: requestSpec(spec) }) })),
    uninstall,
    upgrade,
    cascade,
    ...(modules !== undefined && { modules: Object.fromEntries(modules.map((spec) => [spec.slug, requestSpec(spec)])) }),
  });
}

export function toChange(input: z.output<typeof changeInput>): Change {
  return {
    install: input.install.map(toInstall),
    uninstall: input.uninstall,
    upgrade: input.upgrade.map(toUpgrade),
    cascade: input.cascade,
    ...(input.modules !== undefined && { modules: toSpecs(input.modules) }),
  };
}

function toInstall(input: z.output<typeof installInput>): InstallRequest {
  if (typeof input === "string") return splitVersion(input);
  const { slug, version, spec } = input;
  return { slug, ...(version !== undefined && { version }), ...(spec !== undefined && { spec: toSpec(slug, spec) }) };
}

function toUpgrade(input: z.output<typeof upgradeInput>): UpgradeRequest {
  if (typeof input === "string") return splitVersion(input);
  const { slug, version, rev } = input;
  return { slug, ...(version !== undefined && { version }), ...(rev !== undefined && { rev }) };
}

/** A first `@` begins a package's name, which is no slug: the plan says so. */
function splitVersion(text: string): { readonly slug: string; readonly version?: string } {
  const at = text.indexOf("@", 1);
  return at === -1 ? { slug: text } : { slug: text.slice(0, at), version: text.slice(at + 1) };
}
