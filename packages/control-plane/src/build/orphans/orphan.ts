/** What a worker that is gone left behind on this machine. */
export interface Orphan {
  readonly kind: "process" | "control_group" | "workspace" | "half_made" | "lock";
  /** The process's number, or an absolute path. */
  readonly name: string;
  /** What it is, for people. */
  readonly text: string;
}
