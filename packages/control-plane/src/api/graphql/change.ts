import { z } from "zod";
import type { Change } from "../../composition/plan.ts";
import { changeShape, toChange } from "../views/change.ts";
import { parseArguments } from "./arguments.ts";
import { builder } from "./builder.ts";

const installInput = builder.inputType("InstallInput", {
  fields: (t) => ({
    slug: t.string({ required: true }),
    version: t.string({ description: "A version or range; the catalog's where absent." }),
    spec: t.field({ type: "JSON", description: "As in modules.toml; the catalog's where absent." }),
  }),
});

const upgradeInput = builder.inputType("UpgradeInput", {
  fields: (t) => ({
    slug: t.string({ required: true }),
    version: t.string({ description: "The newest that the catalog offers where absent." }),
    rev: t.string({ description: "For git sources." }),
  }),
});

/** Which modules are to change. */
export const changeInput = builder.inputType("ChangeInput", {
  description: "What is to change about the modules. Nothing is a plain rebuild.",
  fields: (t) => ({
    install: t.field({ type: [installInput] }),
    uninstall: t.stringList(),
    upgrade: t.field({ type: [upgradeInput] }),
    modules: t.field({ type: "JSON", description: "`{ slug: spec }`: exactly these modules are wanted. Excludes the three lists." }),
    cascade: t.boolean({ description: "Take along what depends on an uninstalled module." }),
  }),
});

const changeSchema = z.strictObject(changeShape);

/** The change that the arguments ask for, held to the same rules as in the REST API. */
export function readChange(given: object): Change {
  return toChange(parseArguments(changeSchema, withoutNulls(given)));
}

/** What is null in GraphQL is absent here. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, each]) => (each === null || each === undefined ? [] : [[key, withoutNulls(each)]])));
}
