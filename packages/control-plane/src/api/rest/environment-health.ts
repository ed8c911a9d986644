import { z } from "zod";
import type { ControlPlane } from "../../control-plane.ts";
import { toPublicId } from "../../database/identifiers.ts";
import { compareModules } from "../../deployment/modules-health.ts";
import { readModulesHealth } from "../../deployment/smoke.ts";
import { findActiveRelease, type Release } from "../../release/store.ts";
import { snakeCase } from "../snake-case.ts";
import { problemView } from "../views/common.ts";
import { observe } from "../operations/environments.ts";
import type { Api } from "./app.ts";

const params = z.object({ name: z.string().max(100) });

const healthView = z.object({
  release_id: z.string().nullable(),
  status: z.enum(["ok", "unwell", "silent", "empty"]).describe("`silent`: the application does not say; `empty`: nothing is deployed."),
  modules: z.array(z.object({ slug: z.string(), version: z.string(), status: z.enum(["ok", "unwell"]), message: z.string().nullable() })).describe("As the application reports them."),
  problems: z.array(problemView).describe("Every difference between what was built and what the application reports."),
}).meta({ id: "EnvironmentHealth" });

type HealthView = z.output<typeof healthView>;

/** What the application in an environment says of its modules now, asked of the application itself. */
export function environmentHealthRoutes(api: Api, plane: ControlPlane): void {
  api.get("/environments/:name/health", { config: { permission: "read" }, schema: { operationId: "getEnvironmentHealth", tags: ["environments"], summary: "The modules of what runs, as the application reports them now", params, response: { 200: healthView } } }, async (request) => {
    const environment = await plane.environments.get(request.params.name);
    const active = await findActiveRelease(plane.handle.db, environment.settings.name);
    if (active === undefined) return { release_id: null, status: "empty" as const, modules: [], problems: [] };
    const observed = await observe(plane, environment, active);
    const address = observed?.releases.find(({ releaseId }) => releaseId === active.id)?.address;
    return askApplication(active, address);
  });
}

async function askApplication(active: Release, address: string | undefined): Promise<HealthView> {
  const silent = { release_id: active.id, status: "silent" as const, modules: [], problems: [] };
  if (address === undefined) return silent;
  const path = active.surfaces.find(({ name }) => name === "server")?.modulesHealth ?? "/health/modules";
  const report = await readModulesHealth({ address, modulesHealthPath: path });
  if (!report.ok) return { ...silent, problems: report.problems.map((each) => problemView.parse(snakeCase(each))) };
  const expected = { buildId: toPublicId("bld", active.buildId), releaseId: active.id, modules: active.composition.modules };
  return {
    release_id: active.id,
    status: report.value.status,
    modules: report.value.modules.map(({ slug, version, status, message }) => ({ slug, version, status, message: message ?? null })),
    problems: compareModules(expected, report.value).map((each) => problemView.parse(snakeCase(each))),
  };
}
