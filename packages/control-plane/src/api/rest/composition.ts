import { z } from "zod";
import type { ControlPlane } from "../../control-plane.ts";
import { slugText } from "../../manifest/schema/values.ts";
import { pageOfCatalog, readBranch, registeredModules } from "../operations/composition.ts";
import { json, problemView } from "../views/common.ts";
import { specView } from "../views/spec.ts";
import type { Api } from "./app.ts";

const branchQuery = z.object({ manifest_ref: z.string().min(1).max(200).optional() });
const specObject = z.record(z.string(), json);

const manifestView = z.object({
  manifest_ref: z.string(),
  commit: z.string(),
  manifest_hash: z.string(),
  text: z.string(),
  app: z.string(),
  modules: z.record(z.string(), specObject),
  default_enabled: z.array(z.string()),
}).meta({ id: "Manifest" });

const entryView = z.object({ slug: z.string(), name: z.string(), description: z.string(), tags: z.array(z.string()), installed: z.boolean(), spec: specObject }).meta({ id: "CatalogEntry" });
const moduleView = z.object({ slug: z.string(), name: z.string(), version: z.string(), kind: z.string(), depends_on: z.array(z.string()), default_enabled: z.boolean(), spec: specObject }).meta({ id: "RegisteredModule" });

/** The manifest, the catalog and the modules of a branch as they are now. */
export function compositionRoutes(api: Api, plane: ControlPlane): void {
  api.get("/manifest", { config: { permission: "read" }, schema: { operationId: "getManifest", tags: ["composition"], summary: "modules.toml as it is", querystring: branchQuery, response: { 200: manifestView } } }, async (request) => {
    const { branch, snapshot, plan } = await readBranch(plane, request.query.manifest_ref);
    const { commit, manifest, manifestText } = snapshot;
    return {
      manifest_ref: branch,
      commit,
      manifest_hash: plan.manifestHashBefore,
      text: manifestText,
      app: manifest.app,
      modules: Object.fromEntries(manifest.modules.map((spec) => [spec.slug, specView(spec)])),
      default_enabled: [...manifest.settings.defaultEnabled],
    };
  });

  const catalogView = z.object({ entries: z.array(entryView), problems: z.array(problemView), next_cursor: z.string().nullable() });
  const catalogQuery = branchQuery.extend({ limit: z.coerce.number().int().min(1).max(1_000).default(200), cursor: slugText.optional().describe("The last slug of the page before.") });
  api.get("/catalog", { config: { permission: "read" }, schema: { operationId: "listCatalog", tags: ["composition"], summary: "Modules that can be installed, by slug", querystring: catalogQuery, response: { 200: catalogView } } }, async (request) => {
    const { manifest_ref: branch, ...wish } = request.query;
    const { items, problems, next } = await pageOfCatalog(plane, { ...wish, branch });
    return {
      entries: items.map(({ slug, name, description, tags, installed, spec }) => ({ slug, name, description, tags: [...tags], installed, spec: specView(spec) })),
      problems: problems.map((each) => problemView.parse(each)),
      next_cursor: next,
    };
  });

  const modulesView = z.object({ manifest_hash: z.string(), modules: z.array(moduleView), blockers: z.array(problemView), warnings: z.array(problemView) });
  api.get("/modules", { config: { permission: "read" }, schema: { operationId: "listModules", tags: ["composition"], summary: "The composition: modules in dependency order", querystring: branchQuery, response: { 200: modulesView } } }, async (request) => {
    const { plan } = await readBranch(plane, request.query.manifest_ref);
    return {
      manifest_hash: plan.manifestHashAfter,
      modules: registeredModules(plan).map(({ slug, name, version, kind, dependsOn, defaultEnabled, spec }) => ({ slug, name, version, kind, depends_on: [...dependsOn], default_enabled: defaultEnabled, spec: specView(spec) })),
      blockers: plan.blockers.map((each) => problemView.parse(each)),
      warnings: plan.warnings.map((each) => problemView.parse(each)),
    };
  });
}
