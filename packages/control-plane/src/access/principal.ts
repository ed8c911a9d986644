import type { Role } from "./roles.ts";

/** A role, everywhere or in one environment only. */
export interface Grant {
  /** Null: everywhere that no other grant names. */
  readonly environment: string | null;
  readonly role: Role;
}

/** Who asks: a person who is signed in, or a token. */
export interface Principal {
  readonly kind: "person" | "token";
  /** Unique among all principals of its kind. */
  readonly id: string;
  /** As the journal tells it. */
  readonly name: string;
  readonly grants: readonly Grant[];
}
