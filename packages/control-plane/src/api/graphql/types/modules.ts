import type { ComposedModule, ModuleChange, ModuleRef, ModulesDelta } from "../../../composition/composition.ts";
import type { ModuleSpec } from "../../../manifest/manifest.ts";
import type { OfferedModule, RegisteredModule } from "../../operations/composition.ts";
import { specView } from "../../views/spec.ts";
import { builder } from "../builder.ts";

const moduleVersionRef = builder.objectRef<ModuleRef>("ModuleVersion").implement({
  description: "A module with its version.",
  fields: (t) => ({ slug: t.exposeString("slug"), version: t.exposeString("version") }),
});

const moduleChangeRef = builder.objectRef<ModuleChange>("ModuleChange").implement({
  description: "A module that stays and is another afterwards.",
  fields: (t) => ({
    slug: t.exposeString("slug"),
    from: t.exposeString("from"),
    to: t.exposeString("to"),
    keys: t.stringList({ description: "Keys of the spec that differ beside the version.", resolve: ({ keys }) => keys ?? [] }),
  }),
});

export const deltaRef = builder.objectRef<ModulesDelta>("ModulesDelta").implement({
  description: "What a change does to the modules.",
  fields: (t) => ({
    added: t.field({ type: [moduleVersionRef], resolve: ({ added }) => added }),
    removed: t.field({ type: [moduleVersionRef], resolve: ({ removed }) => removed }),
    changed: t.field({ type: [moduleChangeRef], resolve: ({ changed }) => changed }),
  }),
});

const moduleKind = builder.enumType("ModuleKind", { values: ["core", "optional"] as const });

export const composedModuleRef = builder.objectRef<ComposedModule>("Module").implement({
  description: "A module of a composition.",
  fields: (t) => ({
    slug: t.exposeString("slug"),
    name: t.exposeString("name"),
    version: t.exposeString("version", { description: "Exact." }),
    kind: t.field({ type: moduleKind, resolve: ({ kind }) => kind }),
    dependsOn: t.stringList({ resolve: ({ dependsOn }) => dependsOn }),
    integrity: t.string({ nullable: true, resolve: ({ integrity }) => integrity }),
    spec: t.field({ type: "JSON", description: "As in modules.toml.", resolve: ({ spec }) => specView(spec) }),
  }),
});

export const registeredModuleRef = builder.objectRef<RegisteredModule>("RegisteredModule").implement({
  description: "A module of the module registry.",
  fields: (t) => ({
    slug: t.exposeString("slug"),
    name: t.exposeString("name"),
    version: t.exposeString("version"),
    kind: t.field({ type: moduleKind, resolve: ({ kind }) => kind }),
    dependsOn: t.stringList({ resolve: ({ dependsOn }) => dependsOn }),
    defaultEnabled: t.exposeBoolean("defaultEnabled", { description: "Whether tenants have it from the start." }),
    spec: t.field({ type: "JSON", description: "As in modules.toml.", resolve: ({ spec }) => specView(spec) }),
  }),
});

export const offeredModuleRef = builder.objectRef<OfferedModule>("CatalogEntry").implement({
  description: "A module that can be installed.",
  fields: (t) => ({
    slug: t.exposeString("slug"),
    name: t.exposeString("name"),
    description: t.exposeString("description"),
    tags: t.stringList({ resolve: ({ tags }) => tags }),
    version: t.string({ nullable: true, resolve: ({ version, spec }) => version ?? spec.version }),
    installed: t.exposeBoolean("installed"),
    spec: t.field({ type: "JSON", description: "What would be written into modules.toml.", resolve: ({ spec }) => specView(spec) }),
  }),
});

export const specRef = builder.objectRef<ModuleSpec>("ManifestEntry").implement({
  description: "A line of the manifest below `[modules]`.",
  fields: (t) => ({
    slug: t.exposeString("slug"),
    source: t.exposeString("source", { description: "npm, crates-io, git or path." }),
    required: t.exposeBoolean("required"),
    spec: t.field({ type: "JSON", description: "As in modules.toml.", resolve: (spec) => specView(spec) }),
  }),
});
