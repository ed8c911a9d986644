import { z } from "zod";
import type { ControlPlane } from "../../control-plane.ts";
import { pageOfReleases, readRelease } from "../operations/releases.ts";
import { pageQuery } from "../views/common.ts";
import { releaseView, releasesView, showRelease } from "../views/release.ts";
import type { Api } from "./app.ts";

export function releaseRoutes(api: Api, plane: ControlPlane): void {
  const listQuery = z.object({ ...pageQuery, environment: z.string().max(100).optional() });
  api.get("/releases", { config: { permission: "read" }, schema: { operationId: "listReleases", tags: ["releases"], summary: "Releases, newest first", querystring: listQuery, response: { 200: releasesView } } }, async (request) => {
    const { items, next } = await pageOfReleases(plane, request.query);
    return { releases: items.map((release) => showRelease(release)), next_cursor: next };
  });

  const params = z.object({ id: z.string().max(100) });
  api.get("/releases/:id", { config: { permission: "read" }, schema: { operationId: "getRelease", tags: ["releases"], summary: "One release, and whether it may be gone back to", params, response: { 200: releaseView } } }, async (request) => {
    const { release, rollback } = await readRelease(plane, request.params.id);
    return showRelease(release, rollback);
  });
}
