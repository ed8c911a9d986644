import type { Executor } from "../../database/connection.ts";

/** What belongs to an answer and is saved with what it acknowledges, in the same transaction. */
export type After<Outcome> = (trx: Executor, outcome: Outcome) => Promise<void>;
