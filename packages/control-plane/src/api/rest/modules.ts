import { z } from "zod";
import { readModuleDetails } from "../../build/module-details.ts";
import type { ControlPlane } from "../../control-plane.ts";
import { slugText } from "../../manifest/schema/values.ts";
import { moduleDetailsView, showModuleDetails } from "../views/module-details.ts";
import type { Api } from "./app.ts";

const params = z.object({ slug: slugText });
const query = z.strictObject({ manifest_ref: z.string().min(1).max(200).optional() });

/** One module, to be looked at before it is decided about. */
export function moduleRoutes(api: Api, plane: ControlPlane): void {
  api.get("/modules/:slug", { config: { permission: "read" }, schema: { operationId: "getModule", tags: ["composition"], summary: "One module of the manifest or a catalog: what it says of itself, and which versions there are", params, querystring: query, response: { 200: moduleDetailsView } } }, async (request) => {
    const snapshot = await plane.reader.snapshot(request.query.manifest_ref ?? plane.config.branch);
    return showModuleDetails(await readModuleDetails(plane, snapshot, request.params.slug));
  });
}
