import { sql } from "kysely";
import type { Logger } from "pino";
import type { DatabaseHandle } from "../../database/connection.ts";

/** Not more often: a look at the list tells which tokens nobody uses, not what they do. */
const pauseMs = 60_000;

/** Remembers when tokens were used last, beside the requests that use them. */
export class LastUse {
  readonly #handle: DatabaseHandle;
  readonly #logger: Pick<Logger, "warn">;
  readonly #written = new Set<Promise<void>>();
  /** When this process wrote last, by token; so that many requests at once write once. */
  readonly #at = new Map<string, number>();

  constructor(handle: DatabaseHandle, logger: Pick<Logger, "warn">) {
    this.#handle = handle;
    this.#logger = logger;
  }

  /** Notes a use. Nobody waits for it; one that cannot be written is logged. */
  note({ id, lastUsedAt }: { readonly id: string; readonly lastUsedAt: Date | null }): void {
    const now = Date.now();
    const known = Math.max(this.#at.get(id) ?? 0, lastUsedAt?.getTime() ?? 0);
    if (now - known < pauseMs) return;
    this.#at.set(id, now);
    const write = this.#write(id)
      .catch((error: unknown) => this.#logger.warn({ err: error }, "the last use of a token was not noted"))
      .finally(() => this.#written.delete(write));
    this.#written.add(write);
  }

  /** Resolves when all that was noted is written. */
  async settle(): Promise<void> {
    await Promise.all(this.#written);
  }

  async #write(id: string): Promise<void> {
    this.#forget();
    const isOld = sql<boolean>`last_used_at is null or last_used_at < now() - make_interval(secs => ${pauseMs / 1000})`;
    await this.#handle.db.updateTable("tokens").set({ lastUsedAt: sql<Date>`now()` }).where("id", "=", id).where(isOld).execute();
  }

  /** What was written long ago says nothing any more. */
  #forget(): void {
    const old = Date.now() - pauseMs;
    for (const [id, at] of this.#at) if (at < old) this.#at.delete(id);
  }
}
