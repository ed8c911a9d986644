import { z } from "zod";
import type { EnvironmentSettings } from "../../deployment/settings.ts";
import { dateView } from "./common.ts";

/** An environment's settings as the API shows them. */
export const environmentSettingsView = z.object({
  environment: z.string(),
  approval_required: z.boolean().describe("Whether a second person has to approve every deployment; rollbacks never wait."),
  approval_days: z.number().describe("How long a deployment waits before it expires."),
  changed_by: z.string().nullable().describe("null: nobody ever changed them."),
  changed_at: dateView,
}).meta({ id: "EnvironmentSettings" });

export type EnvironmentSettingsView = z.output<typeof environmentSettingsView>;

export function showSettings({ environment, approvalRequired, changedBy, changedAt }: EnvironmentSettings, approvalDays: number): EnvironmentSettingsView {
  return { environment, approval_required: approvalRequired, approval_days: approvalDays, changed_by: changedBy, changed_at: changedAt?.toISOString() ?? null };
}
