import { toPublicId } from "../../database/identifiers.ts";
import { fail, ModyardError } from "../../errors/problem.ts";
import type { LeaseSubject } from "./protocol.ts";

/** Refuses a write of somebody whose lease went to another. Throws lease_lost. */
export function leaseLost(table: LeaseSubject["table"], id: string): never {
  const name = table === "builds" ? `build ${toPublicId("bld", id)}` : `deployment ${toPublicId("dpl", id)}`;
  return fail("lease_lost", `another worker holds ${name} now; this write was refused`);
}

/** Whether that is what went wrong: whoever holds the work now goes on with it. */
export function isLeaseLost(error: unknown): boolean {
  return error instanceof ModyardError && error.code === "lease_lost";
}
