import { join } from "node:path";
import { z } from "zod";
import { checkModules } from "../../build/module-checks.ts";
import type { ControlPlane } from "../../control-plane.ts";
import { slugText } from "../../manifest/schema/values.ts";
import { snakeCase } from "../snake-case.ts";
import { problemView } from "../views/common.ts";
import type { Api } from "./app.ts";

const most = 25;
const patienceMs = 3_000;

const foundView = z.object({ name: z.string(), version: z.string(), description: z.string(), keywords: z.array(z.string()), published_at: z.string().nullable() });
const searchView = z.object({
  source: z.enum(["npm", "crates-io"]).describe("What a module of such a package would have as its `source`."),
  packages: z.array(foundView),
  problem: problemView.nullable().describe("Why the registry could not be searched."),
});
const searchQuery = z.object({ q: z.string().trim().min(2).max(100).regex(/^[^\p{Cc}]+$/u, "no control characters").describe("Words or a name.") });

const checkView = z.object({
  slug: z.string(),
  description: z.string().nullable().describe("What it says of itself."),
  version: z.string().nullable().describe("What it would be installed as, or is; null: it could not be read."),
  newest: z.string().nullable().describe("The newest version that its registry offers; null where that is not known."),
  update_available: z.boolean(),
  compat_server: z.string().nullable().describe("The range of host versions that it works with."),
  compatible: z.boolean().nullable().describe("Null: it does not say, or the host's version is not known."),
  conflicts_with: z.array(z.string()).describe("Modules of the manifest that it cannot live with."),
});
const checksView = z.object({ host_version: z.string().nullable(), checks: z.array(checkView), complete: z.boolean().describe("False: some registry has not answered yet; ask again in a moment.") });
const slugs = z.array(slugText).min(1).max(100);
const checksQuery = z.object({ slugs: z.string().max(10_000).transform((text) => text.split(",").filter(Boolean)).pipe(slugs).describe("Separated by commas."), since: z.iso.datetime().optional().describe("What registries said before is asked for again; without it answers are up to a quarter of an hour old."), manifest_ref: z.string().min(1).max(200).optional() });

/** What the registries know: packages that are in no catalog, and which modules have newer versions. */
export function registryRoutes(api: Api, plane: ControlPlane): void {
  api.get("/registry/packages", { config: { permission: "build.request" }, schema: { operationId: "searchRegistry", tags: ["composition"], summary: "Search the registry of the host's packages, npm's or cargo's", querystring: searchQuery, response: { 200: searchView } } }, async (request) => {
    const { host, tree } = await plane.reader.snapshot(plane.config.branch);
    const found = await plane.toolchains(host.toolchain).findPackages(request.query.q, most, { hostDirectory: tree, pathRoots: plane.pathRoots, cacheDirectory: join(plane.dataDirectory, "cache") });
    const source = host.toolchain === "npm" ? ("npm" as const) : ("crates-io" as const);
    if ("code" in found) return { source, packages: [], problem: problemView.parse(snakeCase(found)) };
    return { source, packages: found.map(({ keywords, publishedAt = null, ...each }) => ({ ...each, keywords: [...keywords], published_at: publishedAt })), problem: null };
  });

  api.get("/registry/checks", { config: { permission: "read" }, schema: { operationId: "checkModules", tags: ["composition"], summary: "Whether modules have newer versions and fit this host, as far as that is known now", querystring: checksQuery, response: { 200: checksView } } }, async (request) => {
    const snapshot = await plane.reader.snapshot(request.query.manifest_ref ?? plane.config.branch);
    const { checks, complete } = await checkModules(plane, snapshot, request.query.slugs, { patienceMs, notBefore: notBefore(request.query.since) });
    return {
      host_version: snapshot.hostVersion ?? null,
      complete,
      checks: checks.map(({ slug, description = null, version = null, newest = null, updateAvailable, compatServer = null, compatible = null, conflictsWith }) => ({ slug, description, version, newest, update_available: updateAvailable, compat_server: compatServer, compatible, conflicts_with: [...conflictsWith] })),
    };
  });
}

/** Nobody asks for answers of the future: that would ask registries for ever. */
function notBefore(since: string | undefined): number | undefined {
  return since === undefined ? undefined : Math.min(Date.parse(since), Date.now());
}
