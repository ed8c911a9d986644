import { setTimeout as delay } from "node:timers/promises";
import { withTryLock } from "../../database/locks.ts";
import { journalChannel } from "../../journal/journal.ts";
import { addressPolicy } from "./addresses.ts";
import { advance } from "./advance.ts";
import { attemptNext } from "./attempt.ts";
import type { WebhookContext } from "./context.ts";
import { trimDeliveries } from "./deliveries.ts";
import { listDue, type DueWebhook } from "./due.ts";
import { findSecretKey, type SecretKey } from "./secret-key.ts";
import { openSender, type Sender } from "./sender.ts";
import { Waiter } from "./waiter.ts";

/** For tests: other pauses between attempts, another sender. */
export interface DispatcherOptions {
  readonly pauses?: readonly number[];
  readonly sender?: Sender;
}

/** A missed notification, and the death of the process that was at it, cost at most this. */
const pollMs = 2_000;
/** So long one process is at it before another may be: the lock that says so could be lost without its holder's knowing. */
const turnMs = 60_000;
/** So many receivers are sent to at once. */
const atOnce = 16;
const trimEveryMs = 3_600_000;
const stoppingMs = 3_000;

/**
 * Sends events to webhooks, in any process that works: one at a time, by a lock of the database. Everything that it knows is in the
 * database, so that another goes on where one was killed; what was sent and not recorded is sent again.
 */
export function startWebhooks(context: WebhookContext, options: DispatcherOptions = {}): { stop(): Promise<void> } {
  const dispatcher = new Dispatcher(context, options);
  const running = dispatcher.run();
  return { stop: () => dispatcher.stop(running) };
}

class Dispatcher {
  readonly #context: WebhookContext;
  readonly #options: DispatcherOptions;
  readonly #sender: Sender;
  readonly #waiter = new Waiter();
  readonly #stopping = new AbortController();
  readonly #cutting = new AbortController();
  readonly #busy = new Map<string, Promise<void>>();
  #mustLook = true;
  #lookedAt = 0;
  #idleMs = pollMs;
  #trimAt = 0;

  constructor(context: WebhookContext, options: DispatcherOptions) {
    this.#context = context;
    this.#options = options;
    this.#sender = options.sender ?? openSender(addressPolicy(context.webhookPrivate));
  }

  async run(): Promise<void> {
    const unsubscribe = this.#context.listener.subscribe(journalChannel, () => this.#look());
    while (!this.#stopping.signal.aborted) {
      // Found anew each time: it is made with the first webhook.
      const key = findSecretKey(this.#context);
      if (key !== undefined) await this.#turn(key).catch((error: unknown) => this.#context.logger.warn({ err: error }, "webhooks could not be looked after; it is tried again"));
      if (!this.#stopping.signal.aborted) await this.#waiter.sleep(this.#idleMs);
      this.#mustLook = true;
    }
    unsubscribe();
  }

  /** What is under way gets a moment to end; what does not is cut off and made anew by the next process. */
  async stop(running: Promise<void>): Promise<void> {
    this.#stopping.abort();
    this.#waiter.wake();
    await Promise.race([running, delay(stoppingMs, undefined, { ref: false })]);
    this.#cutting.abort();
    await running;
    await this.#sender.close();
  }

  #look(): void {
    this.#mustLook = true;
    this.#waiter.wake();
  }

  async #turn(key: SecretKey): Promise<void> {
    const { handle } = this.#context;
    if ((await listDue(handle.db, key.id)).length === 0) return;
    await withTryLock(handle, `webhooks ${key.id}`, async () => {
      const until = performance.now() + turnMs;
      try {
        while (!this.#stopping.signal.aborted && performance.now() < until && (await this.#step(key)));
      } finally {
        await Promise.all(this.#busy.values());
      }
      await this.#trim();
    });
  }

  /** Begins what is due, and waits until something happens. False: nothing is under way, and nothing is due. */
  async #step(key: SecretKey): Promise<boolean> {
    const { db } = this.#context.handle;
    if (this.#mustLook || performance.now() - this.#lookedAt > pollMs) await this.#advanceAll(key);
    const known = await listDue(db, key.id);
    for (const { webhook } of nextOf(known, this.#busy, atOnce)) this.#begin(key, webhook);
    if (this.#mustLook) return true;
    this.#idleMs = this.#busy.size < atOnce ? soonestOf(known, this.#busy) : pollMs;
    if (this.#busy.size === 0) return false;
    await this.#waiter.sleep(this.#idleMs);
    return true;
  }

  async #advanceAll(key: SecretKey): Promise<void> {
    this.#mustLook = false;
    this.#lookedAt = performance.now();
    const { db } = this.#context.handle;
    for (const { webhook } of await listDue(db, key.id)) if (await advance(db, webhook)) this.#mustLook = true;
  }

  #begin(key: SecretKey, webhook: DueWebhook["webhook"]): void {
    const { logger } = this.#context;
    const attempt = attemptNext(this.#context, key, this.#sender, webhook, this.#cutting.signal, this.#options.pauses)
      .catch((error: unknown) => logger.warn({ err: error, webhook: webhook.id }, "an attempt to deliver could not be recorded; it is made again"))
      .finally(() => {
        this.#busy.delete(webhook.id);
        // Its next delivery may be due.
        this.#waiter.wake();
      });
    this.#busy.set(webhook.id, attempt);
  }

  async #trim(): Promise<void> {
    if (performance.now() < this.#trimAt) return;
    this.#trimAt = performance.now() + trimEveryMs;
    await trimDeliveries(this.#context.handle.db);
  }
}

/** What is due and not under way, what waits longest first. */
function nextOf(known: readonly DueWebhook[], busy: ReadonlyMap<string, unknown>, most: number): readonly DueWebhook[] {
  const due = known.filter(({ webhook, inMs }) => inMs !== undefined && inMs <= 0 && !busy.has(webhook.id));
  return due.toSorted((left, right) => (left.inMs ?? 0) - (right.inMs ?? 0)).slice(0, Math.max(0, most - busy.size));
}

/** How long until the next delivery of a webhook that nothing is sent to now. */
function soonestOf(known: readonly DueWebhook[], busy: ReadonlyMap<string, unknown>): number {
  const times = known.flatMap(({ webhook, inMs }) => (inMs === undefined || busy.has(webhook.id) ? [] : [inMs]));
  return Math.max(0, Math.min(pollMs, ...times));
}
