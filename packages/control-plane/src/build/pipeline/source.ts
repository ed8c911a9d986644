import type { Checkout } from "../host/checkout.ts";
import type { HostSnapshot } from "../snapshot.ts";

/** The branch's newest commit in the workspace. */
export interface Source {
  readonly snapshot: HostSnapshot;
  readonly checkout: Checkout;
}
