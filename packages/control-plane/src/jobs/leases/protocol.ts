/** How long a lease lasts without a heartbeat, in seconds: a dead worker loses its work after this. */
export const leaseSeconds = 10;

/** Between two heartbeats. */
export const beatMs = 1_000;

/** Work that somebody holds: a row, and the token that proves it. */
export interface LeaseSubject {
  readonly table: "builds" | "deployments";
  /** The row's UUID. */
  readonly id: string;
  readonly token: number;
}

/** What the thread is told. */
export type ToThread =
  | { readonly kind: "keep"; readonly key: number; readonly subject: LeaseSubject; readonly confirmed: SharedArrayBuffer }
  | { readonly kind: "release"; readonly key: number }
  /** Nobody works at it any more: the lease ends as soon as the database can be told. */
  | { readonly kind: "abandon"; readonly key: number }
  | { readonly kind: "stop" };

/** What the thread tells. A lease that is lost is told once; a wish to cancel with every heartbeat. */
export type FromThread =
  | { readonly kind: "lost"; readonly key: number }
  | { readonly kind: "cancel"; readonly key: number; readonly by: string }
  | { readonly kind: "trouble"; readonly message: string };

/** What the thread is started with. */
export interface ThreadData {
  /** For `pg`: plain values only, since they cross threads. */
  readonly connection: Readonly<Record<string, unknown>>;
  /** When the main thread was last seen alive, by the boot clock in milliseconds. */
  readonly alive: SharedArrayBuffer;
  /** How long a lease lasts. */
  readonly seconds: number;
  /** A main thread that has not moved for so long is stuck, and its work is let go. */
  readonly stuckMs: number;
}
