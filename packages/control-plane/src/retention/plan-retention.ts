import type { Budget, KeptItem, KeptKind, Removal, RetentionFacts } from "./facts.ts";
import { protection } from "./protect.ts";

const dayMs = 24 * 3600 * 1000;
/** What was used within the last hour may be wanted again in a moment, by somebody who has not said so yet. */
const graceMs = 3600 * 1000;
/** How long the answers to requests with an Idempotency-Key are kept. */
const keyMs = dayMs;
/** A server's log that is longer loses its older part. */
export const serverLogBytes = 16 * 1024 * 1024;

/** Rows give no room on the disk back at once, and a server's log is cut by its own rule. */
const freesNoRoom: readonly KeptKind[] = ["build_log", "idempotency_keys", "server_log"];

/**
 * Pure: what is to be removed, and why. First what nobody can want, then what was not used for too long, then the oldest
 * until all that is kept is within the budget, and until `room` more bytes are free. What is protected is never among it.
 */
export function planRetention(facts: RetentionFacts, budget: Budget, room = 0): readonly Removal[] {
  const protect = protection(facts, budget.releases);
  const free = facts.items.filter((item) => protect(item) === undefined);
  const due = free.flatMap((item) => {
    const why = whyDue(item, facts.now, budget);
    return why === undefined ? [] : [toRemoval(item, why)];
  });
  const gone = new Set(due.map(({ item }) => item));
  const kept = sum(facts.items.filter(countsForRoom)) - sum([...gone].filter(countsForRoom));
  const rest = free.filter((item) => !gone.has(item) && countsForRoom(item) && age(item, facts.now) > graceMs).toSorted(leastMissed);
  return [...due, ...untilEnough(rest, { overBudget: kept - budget.bytes, room: room - sum([...gone].filter(countsForRoom)) }, budget)];
}

function whyDue(item: KeptItem, now: Date, budget: Budget): string | undefined {
  if (item.kind === "leftover") return "left behind by work that was killed";
  if (item.kind === "idempotency_keys") return "answers to repeated requests are kept for a day";
  if (item.kind === "server_log") return item.bytes > serverLogBytes ? `longer than ${megabytes(serverLogBytes)} MB: its older part goes` : undefined;
  // A machine without a network could not fetch it again: only want of room is worth that.
  if (item.kind === "download_cache") return undefined;
  return age(item, now) > budget.days * dayMs ? `not used for ${budget.days} days` : undefined;
}

/** The first of them, until both wants are met. */
function untilEnough(items: readonly KeptItem[], want: { readonly overBudget: number; readonly room: number }, budget: Budget): readonly Removal[] {
  let { overBudget, room } = want;
  const removals: Removal[] = [];
  for (const item of items) {
    if (overBudget <= 0 && room <= 0) break;
    removals.push(toRemoval(item, overBudget > 0 ? `more than ${gigabytes(budget.bytes)} GB are kept, and this was not used for longest` : "the disk is nearly full, and this was not used for longest"));
    overBudget -= item.bytes;
    room -= item.bytes;
  }
  return removals;
}

/** The oldest first; downloads last, since only they need a network to come back. */
function leastMissed(left: KeptItem, right: KeptItem): number {
  const byKind = Number(left.kind === "download_cache") - Number(right.kind === "download_cache");
  return byKind || left.usedAt.getTime() - right.usedAt.getTime() || (left.name < right.name ? -1 : 1);
}

/** The keys' age limit, for who collects them. */
export function oldestKey(now: Date): Date {
  return new Date(now.getTime() - keyMs);
}

function countsForRoom({ kind }: KeptItem): boolean {
  return !freesNoRoom.includes(kind);
}

function toRemoval(item: KeptItem, why: string): Removal {
  return { kind: item.kind, name: item.name, bytes: item.kind === "server_log" ? Math.max(0, item.bytes - serverLogBytes / 2) : item.bytes, why, item };
}

function age({ usedAt }: KeptItem, now: Date): number {
  return now.getTime() - usedAt.getTime();
}

function sum(items: readonly KeptItem[]): number {
  return items.reduce((total, { bytes }) => total + bytes, 0);
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1024 ** 2);
}

function gigabytes(bytes: number): number {
  return Math.round((bytes / 1024 ** 3) * 10) / 10;
}
