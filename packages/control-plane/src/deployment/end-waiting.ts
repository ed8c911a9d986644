import { sql } from "kysely";
import type { DatabaseHandle, Executor } from "../database/connection.ts";
import { toPublicId } from "../database/identifiers.ts";
import type { StoredDecision, StoredFailure } from "../database/stored.ts";
import { fail, ModyardError, problem } from "../errors/problem.ts";
import { appendJournal } from "../journal/journal.ts";
import { moveRelease } from "../release/store.ts";
import { assertSecondPerson, isSameHand, lockWaiting, note, storedDecision, type AfterDecision, type Decision } from "./approval.ts";
import { moveDeployment, type Deployment } from "./store.ts";

/** Ends a deployment that waits, on the word of a second person. Its release never runs. Throws approval_own_request for who asked. */
export async function rejectDeployment({ db }: DatabaseHandle, decision: Decision, after: AfterDecision): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const waiting = await lockWaiting(trx, decision.id);
    assertSecondPerson(waiting, decision.by);
    await after(trx, await endWaiting(trx, waiting, "rejected", decision));
  });
}

/** Ends a deployment that waits, on the word of who asked for it. Throws approval_not_requester for anybody else. */
export async function withdrawDeployment({ db }: DatabaseHandle, decision: Decision, after: AfterDecision): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const waiting = await lockWaiting(trx, decision.id);
    if (!waiting.requesters.some((requester) => isSameHand(requester, decision.by))) fail("approval_not_requester", `${decision.by.name} did not ask for ${toPublicId("dpl", waiting.id)}`);
    await after(trx, await endWaiting(trx, waiting, "withdrawn", decision));
  });
}

/** Ends what has waited for longer than so many days. */
export async function expireWaiting({ db }: DatabaseHandle, days: number): Promise<void> {
  const old = sql<boolean>`created_at < now() - ${days} * interval '1 day'`;
  const rows = await db.selectFrom("deployments").select("id").where("status", "=", "waiting_approval").where(old).execute();
  const reason = `nobody approved it within ${days === 1 ? "1 day" : `${days} days`}`;
  for (const { id } of rows) await expire(db, id, reason);
}

async function expire(db: DatabaseHandle["db"], id: string, reason: string): Promise<void> {
  try {
    await db.transaction().execute(async (trx) => endWaiting(trx, await lockWaiting(trx, id), "expired", { reason }));
  } catch (error) {
    // Somebody decided since the look.
    if (!(error instanceof ModyardError) || error.code !== "approval_not_waiting") throw error;
  }
}

type Ending = Exclude<StoredDecision["outcome"], "approved">;

const endings = {
  rejected: { action: "deployment.rejected", code: "deployment_rejected" },
  withdrawn: { action: "deployment.withdrawn", code: "deployment_withdrawn" },
  expired: { action: "deployment.approval_expired", code: "approval_expired" },
} as const satisfies Readonly<Record<Ending, unknown>>;

async function endWaiting(trx: Executor, waiting: Deployment, outcome: Ending, decision: Omit<Decision, "id" | "by"> & Partial<Pick<Decision, "by">>): Promise<Deployment> {
  const { action, code } = endings[outcome];
  const { by, reason } = decision;
  const message = by === undefined ? reason : `${by.name} ${outcome === "rejected" ? "rejected" : "withdrew"} it${reason === "" ? "" : `: ${reason}`}`;
  const failure: StoredFailure = { problems: [problem(code, message)], step: "approval", excerpt: [], deterministic: false };
  const ended = await moveDeployment(trx, waiting.id, "cancelled", { decision: storedDecision(outcome, decision), error: JSON.stringify(failure), finishedAt: new Date(), branch: "pending" });
  await note(trx, ended, action, decision);
  await moveRelease(trx, ended.releaseId, "failed");
  await appendJournal(trx, { actor: by?.name ?? "modyard", action: "release.failed", subjectType: "release", subjectId: ended.releaseId, reason, details: { environment: ended.environment, deploymentId: toPublicId("dpl", ended.id) } });
  return ended;
}
