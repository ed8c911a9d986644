import { hostname } from "node:os";
import { withTryLock } from "../database/locks.ts";
import { appendJournal } from "../journal/journal.ts";
import { collectFacts } from "./collect-facts.ts";
import type { RetentionContext } from "./context.ts";
import { freeBytes } from "./disk.ts";
import type { KeptKind, Removal, RetentionFacts } from "./facts.ts";
import { planRetention } from "./plan-retention.ts";
import { protection } from "./protect.ts";
import { finishArtifactRemovals } from "./remove/artifact.ts";
import { removers } from "./remove/remove.ts";

/** How much there is of one kind. */
export interface Usage {
  readonly kind: KeptKind;
  readonly count: number;
  readonly bytes: number;
  /** What nothing may remove now. */
  readonly protectedBytes: number;
}

/** What is kept, and what went or would go. */
export interface RetentionReport {
  readonly usage: readonly Usage[];
  readonly freeBytes: number;
  readonly removals: readonly Removal[];
}

/** Who wants it, and how much room there is to make beside the budget, in bytes. */
export interface RetentionRequest {
  readonly actor: string;
  readonly reason: string;
  readonly room?: number;
  /** Tell it in the journal even when nothing was to be removed. */
  readonly isAsked?: boolean;
}

/** What would go now, and why. Changes nothing. */
export async function previewRetention(context: RetentionContext, room = 0): Promise<RetentionReport> {
  return report(context, await collectFacts(context), room);
}

/** The lock that one process at a time holds while it removes things from a data directory. Each machine looks after its own. */
export function retentionLock(dataDirectory: string): string {
  return `retention ${hostname()} ${dataDirectory}`;
}

/** Removes what may go, and tells it in the journal. Undefined: another process is at it. */
export async function runRetention(context: RetentionContext, request: RetentionRequest): Promise<RetentionReport | undefined> {
  return withTryLock(context.handle, retentionLock(context.dataDirectory), async () => {
    const finished = await finishArtifactRemovals(context);
    const planned = await report(context, await collectFacts(context), request.room ?? 0);
    const gone: Removal[] = [];
    for (const removal of planned.removals) if (await tryRemove(context, removal)) gone.push(removal);
    if (gone.length + finished.length > 0 || request.isAsked === true) await note(context, request, gone, finished);
    return { ...planned, freeBytes: await freeBytes(context.dataDirectory), removals: gone };
  });
}

async function report(context: RetentionContext, facts: RetentionFacts, room: number): Promise<RetentionReport> {
  return { usage: usageOf(facts, context.budget.releases), freeBytes: await freeBytes(context.dataDirectory), removals: planRetention(facts, context.budget, room) };
}

/** What cannot be removed now is tried again the next time; the others go all the same. */
async function tryRemove(context: RetentionContext, { kind, name, item }: Removal): Promise<boolean> {
  try {
    return await removers[kind](context, item);
  } catch (error) {
    context.logger.warn({ err: error, kind, name }, "retention could not remove something; it is tried again");
    return false;
  }
}

async function note({ handle, holder }: RetentionContext, { actor, reason }: RetentionRequest, gone: readonly Removal[], finished: readonly string[]): Promise<void> {
  const kinds = [...new Set(gone.map(({ kind }) => kind))];
  const totals = Object.fromEntries(kinds.map((kind) => [kind, total(gone.filter((each) => each.kind === kind))]));
  const artifacts = gone.flatMap(({ item: { kind, digest } }) => (kind === "artifact" ? (digest ?? []) : []));
  const details = { ...total(gone), totals, artifacts: [...artifacts, ...finished], holder };
  await handle.db.transaction().execute((trx) => appendJournal(trx, { actor, reason, action: "retention.removed", subjectType: "data", subjectId: "data", details }));
}

function usageOf(facts: RetentionFacts, keptReleases: number): readonly Usage[] {
  const protect = protection(facts, keptReleases);
  const kinds = [...new Set(facts.items.map(({ kind }) => kind))].toSorted();
  return kinds.map((kind) => {
    const items = facts.items.filter((item) => item.kind === kind);
    return { kind, ...total(items), protectedBytes: total(items.filter((item) => protect(item) !== undefined)).bytes };
  });
}

function total(list: readonly { readonly bytes: number }[]): { readonly count: number; readonly bytes: number } {
  return { count: list.length, bytes: list.reduce((sum, { bytes }) => sum + bytes, 0) };
}
