import { sql } from "kysely";
import type { DatabaseHandle, Executor } from "../database/connection.ts";
import type { BuildContext } from "./context.ts";
import { lockBranch } from "./branch-queue.ts";
import { lockBuild, type Build, type Fence } from "./store.ts";

/** How long a lease lasts without a heartbeat, in seconds: a dead worker loses its work after this. */
export const leaseSeconds = 10;

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

/**
 * Does something outside the database that only the holder may do. The build's row is locked meanwhile, so that the lease cannot
 * go to another in the middle of it, and lasts anew afterwards. Throws lease_lost.
 */
export async function asHolder<T>(handle: DatabaseHandle, build: Build, action: () => Promise<T>): Promise<T> {
  return handle.db.transaction().execute(async (trx) => {
    await lockBuild(trx, build.id, build);
    const result = await action();
    await trx.updateTable("builds").set({ leaseExpiresAt: sql`clock_timestamp() + make_interval(secs => ${leaseSeconds})` }).where("id", "=", build.id).execute();
    return result;
  });
}

/** Heartbeat of a running build: keeps its lease and hears of its cancellation. */
export interface Heartbeat {
  /** Aborted when the build must stop: cancelled, taken over by another worker, or this worker is stopping. */
  readonly signal: AbortSignal;
  /** Why it was aborted. */
  readonly why: "cancelled" | "lost" | "stopping" | undefined;
  readonly cancelledBy: string | undefined;
  stop(): void;
}

const beatMs = 1_000;

/** Keeps the lease until `stop`. `stopping` is the worker's own signal. */
export function keepLease(context: Pick<BuildContext, "handle" | "logger">, build: Build, stopping: AbortSignal): Heartbeat {
  const controller = new AbortController();
  let why: Heartbeat["why"];
  let cancelledBy: string | undefined;
  const stopFor = (reason: NonNullable<Heartbeat["why"]>): void => {
    why ??= reason;
    controller.abort(new Error(`the build must stop: ${reason}`));
  };
  const beat = async (): Promise<void> => {
    const state = await extendLease(context.handle.db, build.id, build);
    if (!state.held) stopFor("lost");
    else if (state.cancelRequestedBy !== undefined) {
      cancelledBy = state.cancelRequestedBy;
      stopFor("cancelled");
    }
  };
  const timer = setInterval(() => {
    beat().catch((error: unknown) => context.logger.warn({ err: error }, "a build's heartbeat failed"));
  }, beatMs);
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
    stop: () => {
      clearInterval(timer);
      stopping.removeEventListener("abort", onStopping);
    },
  };
}

async function extendLease(db: Executor, id: string, fence: Fence): Promise<{ readonly held: boolean; readonly cancelRequestedBy: string | undefined }> {
  const row = await db
    .updateTable("builds")
    .set({ leaseExpiresAt: sql`now() + make_interval(secs => ${leaseSeconds})` })
    .where("id", "=", id)
    .where("status", "=", "running")
    .where("leaseToken", "=", fence.leaseToken)
    .returning("cancelRequestedBy")
    .executeTakeFirst();
  return { held: row !== undefined, cancelRequestedBy: row?.cancelRequestedBy ?? undefined };
}
