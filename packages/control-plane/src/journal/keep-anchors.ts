import type { Logger } from "pino";
import type { DatabaseHandle } from "../database/connection.ts";
import { addAnchor, readAnchors, type Anchor } from "./anchor.ts";
import { readChainHash, readChainHead } from "./chain.ts";

const minuteMs = 60_000;

/** What keeps anchors writes and says. */
export interface AnchorContext {
  readonly handle: DatabaseHandle;
  readonly logger: Logger;
  /** Where anchors are written. */
  readonly file: string;
}

/**
 * Writes the chain's end to the file and the log: now, once a minute when it has changed, and when it stops. Looks each time whether the
 * last anchor still fits, and says so loudly when it does not.
 */
export async function keepAnchors(context: AnchorContext): Promise<{ stop(): Promise<void> }> {
  const keeper = new AnchorKeeper(context);
  await keeper.look();
  const timer = setInterval(() => void keeper.look(), minuteMs).unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await keeper.look();
    },
  };
}

class AnchorKeeper {
  readonly #context: AnchorContext;
  #last: Anchor | undefined;
  #looking: Promise<void> = Promise.resolve();

  constructor(context: AnchorContext) {
    this.#context = context;
    this.#last = readAnchors(context.file).anchors.at(-1);
  }

  /** One after the other; what fails is tried again in a minute. */
  look(): Promise<void> {
    this.#looking = this.#looking.then(() => this.#look()).catch((error: unknown) => this.#context.logger.warn({ err: error }, "the journal's head could not be written down"));
    return this.#looking;
  }

  async #look(): Promise<void> {
    const { handle: { db }, logger, file } = this.#context;
    const last = this.#last;
    if (last !== undefined) {
      const found = await readChainHash(db, last.position);
      if (found !== last.hash) logger.error({ anchor: last, found: found ?? null }, "the journal does not fit what was written down of it: modyard journal verify");
    }
    const head = await readChainHead(db);
    if (head === undefined || head.position === 0 || (head.position === last?.position && head.hash === last.hash)) return;
    const anchor = { ...head, at: new Date().toISOString() };
    addAnchor(file, anchor);
    this.#last = anchor;
    logger.info({ position: anchor.position, hash: anchor.hash }, "the journal's head");
  }
}
