import type { Executor } from "../database/connection.ts";
import { withOrigin } from "./origin.ts";

/** Does a worker's work so that its entries tell the request that caused it: the one that asked for the build or deployment first. */
export async function onBehalfOf<T>(db: Executor, subjectId: string, work: () => Promise<T>): Promise<T> {
  const asked = db.selectFrom("journal").select("requestId").where("subjectId", "=", subjectId).where("action", "in", ["build.requested", "deployment.requested"]);
  const first = await asked.orderBy("id").limit(1).executeTakeFirst();
  return withOrigin({ requestId: first?.requestId ?? undefined }, work);
}
