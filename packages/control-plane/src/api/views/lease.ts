import { z } from "zod";
import type { Lease } from "../../deployment/leases.ts";
import { dateView } from "./common.ts";

/** Who holds what now. */
const leaseView = z.object({
  subject_id: z.string().describe("The build or deployment that is held."),
  kind: z.enum(["build", "deployment"]),
  resource: z.string().describe("The branch that nobody else may build on, or the environment that nobody else may deploy to."),
  holder: z.string().nullable().describe("null: nobody; the next worker takes it."),
  token: z.number().int(),
  step: z.string().nullable(),
  attempt: z.number().int(),
  taken_at: dateView,
  expires_at: dateView,
  age_seconds: z.number(),
  expired: z.boolean().describe("No heartbeat came in time: the next worker takes it."),
}).meta({ id: "Lease" });
export const leasesView = z.object({ leases: z.array(leaseView), next_cursor: z.string().nullable() });
export type LeasesView = z.output<typeof leasesView>;
export type LeaseView = z.output<typeof leaseView>;

export function showLease({ subjectId, takenAt, expiresAt, ageSeconds, holder, step, ...rest }: Lease): LeaseView {
  return leaseView.parse({
    ...rest,
    subject_id: subjectId,
    holder: holder ?? null,
    step: step ?? null,
    taken_at: takenAt?.toISOString() ?? null,
    expires_at: expiresAt?.toISOString() ?? null,
    age_seconds: ageSeconds,
  });
}
