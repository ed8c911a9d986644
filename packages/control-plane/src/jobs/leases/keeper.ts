import { Worker } from "node:worker_threads";
import type pg from "pg";
import type { Logger } from "pino";
import { bootClock } from "../../processes/boot-clock.ts";
import { plainConnection } from "../connection.ts";
import { leaseSeconds, type FromThread, type LeaseSubject, type ThreadData, type ToThread } from "./protocol.ts";

/** Why work must stop: another has it now or may have it, or somebody wants it cancelled. */
export type LeaseNews = { readonly kind: "lost" } | { readonly kind: "cancel"; readonly by: string };

/** A lease that is kept until `release`. */
export interface KeptLease {
  /** Whether the lease lasts still, by this machine's own clock: what must not be done without it asks at once before. */
  isValid(): boolean;
  /** No heartbeats any more: the work is over, or another's. */
  release(): void;
  /** The work was left in the middle, because the database went away, say: the lease ends as soon as it can be told. */
  abandon(): void;
}

/** Keeps the leases of one process alive. */
export interface LeaseKeeper {
  /**
   * Writes heartbeats from now on. `since`: the boot clock's time before the lease was taken. News come until `release`: a lease
   * counts as lost too when no heartbeat could be written for as long as it lasts.
   */
  keep(subject: LeaseSubject, since: number, onNews: (news: LeaseNews) => void): KeptLease;
  stop(): Promise<void>;
}

const tickMs = 500;
/** Longer than any work on one file or answer: who stands still for so long does not come back. */
const stuckMs = 120_000;

export interface KeeperOptions {
  /** How long a lease lasts without a heartbeat. */
  readonly seconds?: number;
  /** How long the process's main thread may stand still before its leases are let go, in milliseconds. */
  readonly stuckMs?: number;
}

interface Entry {
  readonly confirmed: BigInt64Array;
  readonly onNews: (news: LeaseNews) => void;
}

/**
 * Starts the thread that writes the heartbeats: a busy event loop does not keep it from that. Whether a lease lasts is judged here by
 * the boot clock, so that a process that was stopped, or a machine that slept, knows it before it does anything.
 */
export function openLeaseKeeper(connection: pg.PoolConfig, logger: Logger, options: KeeperOptions = {}): LeaseKeeper {
  const seconds = options.seconds ?? leaseSeconds;
  const lasts = ({ confirmed }: Entry): boolean => now() - Atomics.load(confirmed, 0) < seconds * 1000;
  const entries = new Map<number, Entry>();
  const alive = new BigInt64Array(new SharedArrayBuffer(8));
  let nextKey = 1;
  const data: ThreadData = { connection: plainConnection(connection), alive: alive.buffer as SharedArrayBuffer, seconds, stuckMs: options.stuckMs ?? stuckMs };
  const thread = new Worker(new URL(`./thread${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`, import.meta.url), { workerData: data, env: {}, execArgv: [] });
  thread.unref();
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- that is for windows
  const send = (message: ToThread): void => thread.postMessage(message);
  const lose = (key: number): void => {
    const entry = entries.get(key);
    if (!entries.delete(key)) return;
    send({ kind: "release", key });
    entry?.onNews({ kind: "lost" });
  };
  const tick = (): void => {
    Atomics.store(alive, 0, now());
    for (const [key, entry] of entries) if (!lasts(entry)) lose(key);
  };
  tick();
  const timer = setInterval(tick, tickMs);
  timer.unref();
  thread.on("message", (message: FromThread) => {
    if (message.kind === "trouble") logger.warn({ reason: message.message }, "heartbeats cannot be written; they are tried again");
    else if (message.kind === "lost") lose(message.key);
    else entries.get(message.key)?.onNews({ kind: "cancel", by: message.by });
  });
  // Without it every lease runs out, and all work stops in order.
  thread.on("error", (error) => logger.error({ err: error }, "the thread that writes heartbeats ended"));
  return {
    keep: (subject, since, onNews) => {
      const key = nextKey++;
      const confirmed = new BigInt64Array(new SharedArrayBuffer(8));
      Atomics.store(confirmed, 0, BigInt(Math.floor(since)));
      const entry = { confirmed, onNews };
      entries.set(key, entry);
      send({ kind: "keep", key, subject, confirmed: confirmed.buffer });
      return {
        isValid: () => entries.has(key) && lasts(entry),
        release: () => {
          if (entries.delete(key)) send({ kind: "release", key });
        },
        abandon: () => {
          if (entries.delete(key)) send({ kind: "abandon", key });
        },
      };
    },
    stop: async () => {
      clearInterval(timer);
      const ended = new Promise((resolve) => thread.once("exit", resolve));
      send({ kind: "stop" });
      const patience = setTimeout(() => void thread.terminate(), 3_000);
      await ended;
      clearTimeout(patience);
    },
  };
}

function now(): bigint {
  return BigInt(Math.floor(bootClock()));
}
