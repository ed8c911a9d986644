import { sql } from "kysely";
import type { Executor } from "../database/connection.ts";
import type { StoredPrincipal } from "../database/stored.ts";
import { currentRequestId } from "../journal/origin.ts";
import type { Change } from "../composition/plan.ts";

/** One of the requests that a build answers. */
export interface AnsweredRequest {
  readonly requestedBy: string;
  readonly tokenName: string;
  readonly requester: StoredPrincipal;
  readonly reason: string;
  readonly change: Change;
  /** Of the HTTP request. */
  readonly requestId: string | null;
  readonly createdAt: Date;
}

/** The requests of a build, in the order in which they came. */
export async function listRequests(db: Executor, buildId: string): Promise<readonly AnsweredRequest[]> {
  const select = db.selectFrom("buildRequests").select(["requestedBy", "tokenName", "requester", "reason", "change", "requestId", "createdAt"]);
  return select.where("buildId", "=", buildId).orderBy("position").execute();
}

/** Everybody whose request the build answers, each once. */
export async function requestersOf(db: Executor, buildId: string): Promise<readonly StoredPrincipal[]> {
  const rows = await db.selectFrom("buildRequests").select("requester").distinctOn(sql`requester ->> 'kind', requester ->> 'id'`).where("buildId", "=", buildId).execute();
  return rows.map(({ requester }) => requester);
}

/** The requests of several builds, each build's in the order in which they came. */
export async function listRequestsOf(db: Executor, buildIds: readonly string[]): Promise<readonly (Omit<AnsweredRequest, "tokenName" | "requester" | "requestId"> & { readonly buildId: string })[]> {
  const select = db.selectFrom("buildRequests").select(["buildId", "requestedBy", "reason", "change", "createdAt"]);
  return select.where("buildId", "in", buildIds).orderBy("buildId").orderBy("position").execute();
}

/** Adds a request behind those that the build answers already. */
export async function addRequest(trx: Executor, buildId: string, request: Omit<AnsweredRequest, "createdAt" | "requestId">): Promise<void> {
  const last = await trx.selectFrom("buildRequests").select(({ fn }) => fn.max("position").as("position")).where("buildId", "=", buildId).executeTakeFirst();
  const { requestedBy, tokenName, requester, reason, change } = request;
  await trx.insertInto("buildRequests").values({ buildId, position: (last?.position ?? 0) + 1, requestedBy, tokenName, requester: JSON.stringify(requester), reason, change: JSON.stringify(change), requestId: currentRequestId() ?? null }).execute();
}
