import { z } from "zod";
import type { Budget } from "../../retention/facts.ts";
import type { RetentionReport } from "../../retention/run-retention.ts";

const kindView = z.enum(["leftover", "artifact", "damaged_artifact", "unpacked", "build_cache", "download_cache", "application_log", "build_log", "idempotency_keys", "server_log"]);
const removalView = z.object({ kind: kindView, name: z.string(), bytes: z.number(), why: z.string() });
const usageView = z.object({ kind: kindView, count: z.number().int(), bytes: z.number(), protected_bytes: z.number().describe("What nothing may remove now: what environments may go back to, what runs, what is under way.") });

/** What is kept, and what goes. */
export const retentionView = z.object({
  dry_run: z.boolean(),
  budget: z.object({ days: z.number(), bytes: z.number(), releases: z.number().int().describe("Of each environment") }),
  free_bytes: z.number().describe("On the data directory's file system."),
  needed_bytes: z.number().describe("Below so many free bytes no build begins."),
  usage: z.array(usageView),
  removals: z.array(removalView).describe("What would go, or what went."),
  total_bytes: z.number(),
}).meta({ id: "RetentionReport" });

export type RetentionView = z.output<typeof retentionView>;

export function showRetention(report: RetentionReport, budget: Budget, neededBytes: number, dryRun: boolean): RetentionView {
  return retentionView.parse({
    dry_run: dryRun,
    budget,
    free_bytes: report.freeBytes,
    needed_bytes: neededBytes,
    usage: report.usage.map(({ protectedBytes, ...usage }) => ({ ...usage, protected_bytes: protectedBytes })),
    removals: report.removals,
    total_bytes: report.removals.reduce((sum, { bytes }) => sum + bytes, 0),
  });
}
