import { z } from "zod";
import type { ControlPlane } from "../../control-plane.ts";
import { compareReleases } from "../operations/compare-releases.ts";
import type { Api } from "./app.ts";

const params = z.object({ id: z.string().max(100), other: z.string().max(100) });

const comparisonView = z.object({
  from: z.string(),
  to: z.string(),
  commits: z.object({ from: z.string().nullable(), to: z.string().nullable() }).describe("What the two were built from."),
  locked: z
    .array(z.object({ name: z.string(), from: z.array(z.string()).describe("Versions; none: it was not there."), to: z.array(z.string()) }))
    .nullable()
    .describe("Packages whose locked versions are others; null: a lockfile could not be read."),
});

/** Two releases side by side. */
export function releaseComparisonRoutes(api: Api, plane: ControlPlane): void {
  api.get("/releases/:id/comparison/:other", { config: { permission: "read" }, schema: { operationId: "compareReleases", tags: ["releases"], summary: "What changed from one release to another, down to the lockfile", params, response: { 200: comparisonView } } }, async (request) => {
    const { from, to, commits, locked } = await compareReleases(plane, { from: request.params.id, to: request.params.other });
    return { from: from.id, to: to.id, commits, locked: locked === undefined ? null : locked.map((each) => ({ name: each.name, from: [...each.from], to: [...each.to] })) };
  });
}
