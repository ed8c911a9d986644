import { z } from "zod";
import { readModuleAt } from "../../build/module-at.ts";
import { readModuleDetails } from "../../build/module-details.ts";
import type { ControlPlane } from "../../control-plane.ts";
import { crateText, gitText, modulePathText, packageText, rangeText, revText, slugText } from "../../manifest/schema/values.ts";
import { foundModuleView, moduleDetailsView, showFoundModule, showModuleDetails } from "../views/module-details.ts";
import type { Api } from "./app.ts";

const params = z.object({ slug: slugText });
const query = z.strictObject({ manifest_ref: z.string().min(1).max(200).optional() });

const addressBody = z
  .strictObject({
    source: z.enum(["registry", "git", "path"]).describe("`registry`: the one of the host's packages, npm's or cargo's."),
    package: z.union([packageText, crateText], { error: "not the name of a package or crate" }).optional().describe("The package's or crate's name; for git and path only where it does not say so itself."),
    slug: slugText.optional().describe("Only where the module has no descriptor."),
    version: rangeText.optional(),
    git: gitText.optional(),
    rev: revText.optional().describe("The default branch where absent."),
    path: modulePathText.optional(),
  })
  .superRefine((address, context) => {
    const needed = address.source === "registry" ? "package" : address.source;
    if (address[needed] === undefined) context.addIssue({ code: "custom", path: [needed], message: `source = ${JSON.stringify(address.source)} needs it` });
  });

/** One module, to be looked at before it is decided about. */
export function moduleRoutes(api: Api, plane: ControlPlane): void {
  api.get("/modules/:slug", { config: { permission: "read" }, schema: { operationId: "getModule", tags: ["composition"], summary: "One module of the manifest or a catalog: what it says of itself, and which versions there are", params, querystring: query, response: { 200: moduleDetailsView } } }, async (request) => {
    const snapshot = await plane.reader.snapshot(request.query.manifest_ref ?? plane.config.branch);
    return showModuleDetails(await readModuleDetails(plane, snapshot, request.params.slug));
  });

  api.post("/modules/look-up", { config: { permission: "build.request" }, schema: { operationId: "lookUpModule", tags: ["composition"], summary: "A module that is in no catalog, by its address: what it says of itself, and how it would be installed", body: addressBody, response: { 200: foundModuleView } } }, async (request) => {
    const { package: packageName, ...address } = request.body;
    const snapshot = await plane.reader.snapshot(plane.config.branch);
    return showFoundModule(await readModuleAt(plane, snapshot, { ...address, packageName }), snapshot.host.toolchain);
  });
}
