import type { Problem } from "../errors/problem.ts";

/** A failure as it is stored with a build or deployment. */
export interface StoredFailure {
  readonly problems: readonly Problem[];
  readonly step: string;
  /** The last lines that matter. */
  readonly excerpt: readonly string[];
  /** Whether the same inputs would fail again, so that an identical request is answered with this failure. */
  readonly deterministic: boolean;
}

/** Who asked for something or decided about it, kept with it. */
export interface StoredPrincipal {
  readonly kind: "person" | "token";
  readonly id: string;
  /** At that time. */
  readonly name: string;
  /** The same for a person and all tokens of that person: see `storedPrincipal` in `access/hand.ts`. */
  readonly hand: string;
}

/** What became of a deployment that waited for approval. */
export interface StoredDecision {
  /** `withdrawn`: by who asked. `expired`: nobody decided in time. */
  readonly outcome: "approved" | "rejected" | "withdrawn" | "expired";
  /** Absent when it expired. */
  readonly by?: StoredPrincipal;
  readonly reason: string;
  readonly at: string;
}
