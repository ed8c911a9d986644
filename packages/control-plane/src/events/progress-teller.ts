import type { Executor } from "../database/connection.ts";
import { tellProgress, type BuildProgress } from "./build-progress.ts";

/** A compiler that counts files must not keep the database busy: at most four times a second. */
const everyMs = 250;

/** Tells the progress of one build as often as people can read it; the last word of a burst is always told. */
export class ProgressTeller {
  readonly #db: Executor;
  #next: BuildProgress | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(db: Executor) {
    this.#db = db;
  }

  tell(progress: BuildProgress): void {
    this.#next = progress;
    if (this.#timer === undefined) this.#send();
  }

  /** What was not told yet is not told any more. */
  stop(): void {
    this.#next = undefined;
  }

  #send(): void {
    const progress = this.#next;
    this.#next = undefined;
    this.#timer = undefined;
    if (progress === undefined) return;
    // Lost progress is harmless: readers get the next.
    void tellProgress(this.#db, progress).catch(() => undefined);
    this.#timer = setTimeout(() => this.#send(), everyMs);
    this.#timer.unref();
  }
}
