/** Somebody who may sign in. */
export interface Person {
  readonly id: string;
  readonly name: string;
  /** In lower case; unique. */
  readonly email: string;
  readonly invitedBy: string | null;
  /** When the person came in first; null while the invitation waits. */
  readonly joinedAt: Date | null;
  readonly disabledAt: Date | null;
  readonly createdAt: Date;
}

export type PersonStatus = "invited" | "active" | "disabled";

export function statusOf({ joinedAt, disabledAt }: Pick<Person, "joinedAt" | "disabledAt">): PersonStatus {
  if (disabledAt !== null) return "disabled";
  return joinedAt === null ? "invited" : "active";
}
