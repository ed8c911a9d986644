import type { Principal } from "../../access/principal.ts";
import type { ControlPlane } from "../../control-plane.ts";
import type { Waiter } from "../waiter.ts";
import { openLoaders, type Loaders } from "./loaders.ts";

/** What a request's stream of events is told by its subscription. */
export interface Telling {
  /** The number of the event that is told just now: what a reader goes on from. */
  eventId?: number | undefined;
  /** It ended although there may be more: the server stops, or the reader is gone. */
  interrupted?: boolean;
}

/** What every resolver has: one for each request. */
export interface GraphqlContext {
  readonly plane: ControlPlane;
  readonly principal: Principal;
  /** Of the header; the argument `idempotencyKey` goes before it. */
  readonly idempotencyKey: string | undefined;
  /** The address under which the client reached the API, for links in answers. */
  readonly base: string;
  /** Of the header `Last-Event-ID`: what a reader who comes back has already. It goes before the argument `after`. */
  readonly lastEventId: number | undefined;
  /** Every open stream of events of this server. */
  readonly streams: Set<Waiter>;
  /** Closes a stream soon after its reader may not read it any more; returns what stops the watching. */
  readonly watch: (waiter: Waiter) => () => void;
  /** Counts a mutation among what the principal changes. Throws rate_limited. */
  readonly holdChange: () => Promise<void>;
  readonly telling: Telling;
  loaders: Loaders;
}

/** Forgets what was read so far: something has changed, or a subscription tells its next event. */
export function lookAgain(context: GraphqlContext): void {
  context.loaders = openLoaders(context.plane);
}
