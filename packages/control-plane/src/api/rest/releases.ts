import { z } from "zod";
import type { ControlPlane } from "../../control-plane.ts";
import { eligibility } from "../../deployment/deploy-build.ts";
import { findActiveRelease, findRelease, getRelease, listReleases } from "../../release/store.ts";
import { pageQuery, unknownCursor } from "../views/common.ts";
import { releaseView, releasesView, showRelease } from "../views/release.ts";
import type { Api } from "./app.ts";

export function releaseRoutes(api: Api, plane: ControlPlane): void {
  const { db } = plane.handle;
  const listQuery = z.object({ ...pageQuery, environment: z.string().max(100).optional() });
  api.get("/releases", { config: { permission: "read" }, schema: { operationId: "listReleases", tags: ["releases"], summary: "Releases, newest first", querystring: listQuery, response: { 200: releasesView } } }, async (request) => {
    const { limit, cursor, environment } = request.query;
    const before = cursor === undefined ? undefined : ((await findRelease(db, cursor)) ?? unknownCursor(cursor));
    const found = await listReleases(db, { limit: limit + 1, ...(environment !== undefined && { environment }), ...(before !== undefined && { before }) });
    const page = found.slice(0, limit);
    return { releases: page.map((release) => showRelease(release)), next_cursor: found.length > limit ? (page.at(-1)?.id ?? null) : null };
  });

  const params = z.object({ id: z.string().max(100) });
  api.get("/releases/:id", { config: { permission: "read" }, schema: { operationId: "getRelease", tags: ["releases"], summary: "One release, and whether it may be gone back to", params, response: { 200: releaseView } } }, async (request) => {
    const release = await getRelease(db, request.params.id);
    const active = await findActiveRelease(db, release.environment);
    return showRelease(release, await eligibility(plane, active, release));
  });
}
