import { z } from "zod";
import { sql } from "kysely";
import type { ControlPlane } from "../control-plane.ts";
import type { Api } from "./rest/app.ts";

const statusView = z.object({ status: z.literal("ok") });

/** The routes that want no token. They tell nothing about the host. */
export function openRoutes(api: Api, plane: ControlPlane): void {
  const open = { security: [], response: { 200: statusView } };
  api.get("/healthz", { schema: { ...open, operationId: "getHealth", tags: ["server"], summary: "Whether this process lives" } }, () => ({ status: "ok" as const }));
  api.get("/readyz", { schema: { ...open, operationId: "getReadiness", tags: ["server"], summary: "Whether requests can be answered: the database is there" } }, async () => {
    await sql`select 1`.execute(plane.handle.db);
    return { status: "ok" as const };
  });
  api.get("/openapi.json", { schema: { security: [], operationId: "getDescription", tags: ["server"], summary: "This description" } }, () => api.swagger());
}
