import { z } from "zod";
import { changePersonGrants } from "../../access/people/change-grants.ts";
import type { ControlPlane } from "../../control-plane.ts";
import { toPublicId } from "../../database/identifiers.ts";
import { actorOf } from "../authenticate.ts";
import { reasonText } from "../views/common.ts";
import { assertEnvironments, grantsBody, grantView } from "../views/grant.ts";
import type { Api } from "./app.ts";

const personGrantsView = z.object({ person_id: z.string(), name: z.string(), grants: z.array(grantView) });

/** What people may do. */
export function personGrantRoutes(api: Api, plane: ControlPlane): void {
  const params = z.object({ id: z.string().max(320).describe("Identifier or e-mail address.") });
  const body = z.strictObject({ grants: grantsBody, reason: reasonText.default("") });
  api.put("/people/:id/grants", { config: { permission: "people.manage" }, schema: { operationId: "setPersonGrants", tags: ["people"], summary: "Say what a person may do", params, body, response: { 200: personGrantsView } } }, async (request) => {
    const { grants, reason } = request.body;
    await assertEnvironments(plane.environments, grants);
    const change = { actor: actorOf(request), person: request.params.id, grants, reason };
    const person = await plane.handle.db.transaction().execute((trx) => changePersonGrants(trx, change));
    return { person_id: toPublicId("per", person.id), name: person.name, grants };
  });
}
