import { sql } from "kysely";
import type { Executor } from "../database/connection.ts";
import { fail } from "../errors/problem.ts";
import type { LeaseNews } from "../jobs/leases/keeper.ts";
import { leaseSeconds } from "../jobs/leases/protocol.ts";
import type { BuildContext } from "./context.ts";
import { lockBranch } from "./branch-queue.ts";
import type { Build } from "./store.ts";

/**
 * Takes the lease of a queued build, or of a running one whose holder let its lease expire. With it goes the branch: one build
 * of a branch runs at a time, for each changes the branch.
 * Undefined: another holds it or its branch, or the build is over. Tokens grow with each holder of anything.
 */
export async function takeLease(trx: Executor, id: string, holder: string): Promise<Build | undefined> {
  const known = await trx.selectFrom("builds").select("manifestRef").where("id", "=", id).executeTakeFirst();
  if (known === undefined) return undefined;
  await lockBranch(trx, known.manifestRef);
  const branchIsFree = sql<boolean>`not exists (select 1 from builds other where other.manifest_ref = builds.manifest_ref and other.status = 'running')`;
  const row = await trx
    .updateTable("builds")
    .set({
      leaseHolder: holder,
      leaseToken: sql`nextval('lease_tokens')`,
      leaseTakenAt: sql`now()`,
      leaseExpiresAt: sql`now() + make_interval(secs => ${leaseSeconds})`,
      attempt: sql`attempt + 1`,
      updatedAt: new Date(),
    })
    .where("id", "=", id)
    .where((eb) => eb.or([eb.and([eb("status", "=", "queued"), branchIsFree]), eb.and([eb("status", "=", "running"), eb("leaseExpiresAt", "<", sql<Date>`now()`)])]))
    .returningAll()
    .executeTakeFirst();
  return row as Build | undefined;
}

/** What a worker hears about a build that it holds. */
export interface Heartbeat {
  /** Aborted when the build must stop: cancelled, taken over by another worker, or this worker is stopping. */
  readonly signal: AbortSignal;
  /** Why it was aborted. */
  readonly why: "cancelled" | "lost" | "stopping" | undefined;
  readonly cancelledBy: string | undefined;
  /** Whether the lease lasts still, by this machine's own clock. */
  isValid(): boolean;
  /** Throws when the build must stop; asks the clock too, for a process that was stopped itself has heard of nothing yet. */
  assertHeld(): void;
  stop(): void;
  /** Like `stop`, but the build is not over: another worker is to take it up at once. */
  abandon(): void;
}

/** Keeps the lease until `stop`. `since`: the boot clock before the lease was taken; `stopping` is the worker's own signal. */
export function keepLease({ leases, logger }: Pick<BuildContext, "leases" | "logger">, build: Build, since: number, stopping: AbortSignal): Heartbeat {
  const controller = new AbortController();
  let why: Heartbeat["why"];
  let cancelledBy: string | undefined;
  const stopFor = (reason: NonNullable<Heartbeat["why"]>): void => {
    // Whoever has lost the build may write nothing any more, whatever else was the reason to stop.
    why = reason === "lost" ? reason : (why ?? reason);
    controller.abort(new Error(`the build must stop: ${reason}`));
  };
  const hear = (news: LeaseNews): void => {
    if (news.kind === "lost") logger.warn({ build: build.id, token: build.leaseToken }, "a build's lease was lost, or no heartbeat could be written in time; it is stopped here");
    else cancelledBy = news.by;
    stopFor(news.kind === "lost" ? "lost" : "cancelled");
  };
  const lease = leases.keep({ table: "builds", id: build.id, token: build.leaseToken }, since, hear);
  const onStopping = (): void => stopFor("stopping");
  if (stopping.aborted) onStopping();
  else stopping.addEventListener("abort", onStopping, { once: true });
  return {
    signal: controller.signal,
    get why() {
      return why;
    },
    get cancelledBy() {
      return cancelledBy;
    },
    isValid: () => lease.isValid(),
    assertHeld: () => {
      controller.signal.throwIfAborted();
      if (lease.isValid()) return;
      stopFor("lost");
      fail("lease_lost", "no heartbeat could be written for as long as the lease lasts: another worker may hold the build by now");
    },
    stop: () => {
      lease.release();
      stopping.removeEventListener("abort", onStopping);
    },
    abandon: () => lease.abandon(),
  };
}
