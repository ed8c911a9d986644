import { z } from "zod";
import type { ControlPlane } from "../../control-plane.ts";
import { changeSettings, readSettings } from "../../deployment/settings.ts";
import { actorOf } from "../authenticate.ts";
import { reasonText } from "../views/common.ts";
import { environmentSettingsView, showSettings } from "../views/settings.ts";
import type { Api } from "./app.ts";

const params = z.object({ name: z.string().max(100) });
const body = z.strictObject({ approval_required: z.boolean(), reason: reasonText.default("") });

/** What owners set for an environment. */
export function environmentSettingsRoutes(api: Api, plane: ControlPlane): void {
  const nameOf = async (name: string): Promise<string> => (await plane.environments.get(name)).settings.name;

  api.get("/environments/:name/settings", { config: { permission: "settings.read" }, schema: { operationId: "getEnvironmentSettings", tags: ["environments"], summary: "An environment's settings", params, response: { 200: environmentSettingsView } } }, async (request) => {
    return showSettings(await readSettings(plane.handle.db, await nameOf(request.params.name)), plane.config.approvalDays);
  });

  api.put("/environments/:name/settings", { config: { permission: "settings.manage" }, schema: { operationId: "changeEnvironmentSettings", tags: ["environments"], summary: "Change an environment's settings", params, body, response: { 200: environmentSettingsView } } }, async (request) => {
    const { approval_required: approvalRequired, reason } = request.body;
    const settings = await changeSettings(plane.handle, { environment: await nameOf(request.params.name), approvalRequired, actor: actorOf(request), reason });
    return showSettings(settings, plane.config.approvalDays);
  });
}
