import { z } from "zod";
import { json } from "./common.ts";
import { deploymentView, releaseView } from "./release.ts";

/** An environment as the API shows it. */
export const environmentView = z.object({
  name: z.string(),
  target: z.string(),
  url: z.string().nullable(),
  /** What the records say. */
  active_release: releaseView.nullable(),
  /** What the driver sees: `null` when it does not answer. */
  observed: json,
  deployment: deploymentView.nullable(),
  protected: z.boolean().describe("A second person has to approve every deployment; rollbacks never wait."),
  waiting: z.array(deploymentView).describe("What waits for approval, in the order in which it was asked for."),
}).meta({ id: "Environment" });

/** One environment with its newest releases, each with whether it may be gone back to. */
export const environmentDetailView = environmentView.extend({ releases: z.array(releaseView), next_cursor: z.string().nullable() }).meta({ id: "EnvironmentDetails" });

export const environmentsView = z.object({ environments: z.array(environmentView), next_cursor: z.string().nullable() });
