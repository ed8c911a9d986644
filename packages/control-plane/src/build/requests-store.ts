import type { Executor } from "../database/connection.ts";
import type { Change } from "../composition/plan.ts";

/** One of the requests that a build answers. */
export interface AnsweredRequest {
  readonly requestedBy: string;
  readonly tokenName: string;
  readonly reason: string;
  readonly change: Change;
  readonly createdAt: Date;
}

/** The requests of a build, in the order in which they came. */
export async function listRequests(db: Executor, buildId: string): Promise<readonly AnsweredRequest[]> {
  const select = db.selectFrom("buildRequests").select(["requestedBy", "tokenName", "reason", "change", "createdAt"]);
  return select.where("buildId", "=", buildId).orderBy("position").execute();
}

/** Adds a request behind those that the build answers already. */
export async function addRequest(trx: Executor, buildId: string, request: Omit<AnsweredRequest, "createdAt">): Promise<void> {
  const last = await trx.selectFrom("buildRequests").select(({ fn }) => fn.max("position").as("position")).where("buildId", "=", buildId).executeTakeFirst();
  const { requestedBy, tokenName, reason, change } = request;
  await trx.insertInto("buildRequests").values({ buildId, position: (last?.position ?? 0) + 1, requestedBy, tokenName, reason, change: JSON.stringify(change) }).execute();
}
