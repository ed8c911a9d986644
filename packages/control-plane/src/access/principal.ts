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
  /** Of a token that belongs to somebody: the person. What one must not do twice, their token must not do for them. */
  readonly personId?: string;
  readonly grants: readonly Grant[];
}

/** The person behind who asks: a token may be nobody's. */
export function personOf({ kind, id, personId }: Principal): string | undefined {
  return kind === "person" ? id : personId;
}
