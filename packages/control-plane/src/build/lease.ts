import { sql } from "kysely";
import type { Executor } from "../database/connection.ts";
import type { BuildContext } from "./context.ts";
import type { Build, Fence } from "./store.ts";

/** How long a lease lasts without a heartbeat, in seconds: a dead worker loses its work after this. */
export const leaseSeconds = 10;

/**
 * Takes the lease of a queued build, or of a running one whose holder let its lease expire.
 * Undefined: another holds it, or the build is over. The token grows with each holder.
 */
export async function takeLease(trx: Executor, id: string, holder: string): Promise<Build | undefined> {
  const row = await trx
    .updateTable("builds")
    .set({
      leaseHolder: holder,
      leaseToken: sql`lease_token + 1`,
      leaseExpiresAt: sql`now() + make_interval(secs => ${leaseSeconds})`,
      attempt: sql`attempt + 1`,
      updatedAt: new Date(),
    })
    .where("id", "=", id)
    .where((eb) => eb.or([eb("status", "=", "queued"), eb.and([eb("status", "=", "running"), eb("leaseExpiresAt", "<", sql<Date>`now()`)])]))
    .returningAll()
    .executeTakeFirst();
  return row as Build | undefined;
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
