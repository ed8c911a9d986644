import { z } from "zod";
import type { JournalEventType } from "../../events/event-types.ts";
import { deltaView, json, problemView } from "./common.ts";

/** Facts that readers may count on; more may come, and readers pass over what they do not know. */
const facts = z.looseObject;

const requested = facts({
  branch: z.string(),
  change: json.describe("What was asked for: modules to install, uninstall, upgrade."),
  manifest_hash: z.string(),
  delta: deltaView.describe("What it does to the modules."),
  deploy_to: z.string().nullable().describe("The environment that the build is for."),
  force: z.boolean(),
});
const held = facts({ holder: z.string().nullable().describe("The worker."), attempt: z.number() });
const problems = z.array(problemView);
const deployed = facts({ environment: z.string(), release_id: z.string(), kind: z.string().describe("deploy, rollback or auto_rollback.") });
const ofRelease = facts({ environment: z.string() });
const approval = facts({ environment: z.string(), release_id: z.string() });
const named = facts({ name: z.string() });
const ofPerson = facts({ email: z.string() });
const sentTo = facts({ receiver: z.string().describe("The origin of the webhook's address.") });

/** The details of each type of event. Details that are not here are of any shape: no reader should build on them. */
export const eventDetails: Partial<Readonly<Record<JournalEventType, z.ZodType>>> = {
  BuildRequested: requested,
  BuildJoined: requested,
  BuildFolded: requested,
  BuildUnfolded: requested,
  BuildStarted: held,
  BuildTakenOver: held,
  BuildStepRetried: facts({ step: z.string(), code: z.string() }),
  BuildCompleted: facts({ artifact: z.string().describe("The artifact's digest."), commit: z.string().describe("The composition commit."), delta: deltaView }),
  BuildFailed: facts({ step: z.string(), problems }),
  BuildCancelled: facts({ stage: z.string() }),
  CompositionLanded: facts({ commit: z.string(), build_id: z.string() }),
  ReleaseCreated: facts({ build_id: z.string(), environment: z.string() }),
  ReleaseActivated: deployed,
  ReleaseSuperseded: deployed,
  RolledBack: deployed,
  ReleaseFailed: ofRelease,
  ReleaseRestarted: facts({ environment: z.string(), at: z.string(), restarts: z.number() }),
  DeploymentRequested: facts({ kind: z.string(), environment: z.string(), release_id: z.string(), build_id: z.string() }),
  ApprovalNeeded: approval,
  DeploymentApproved: approval,
  DeploymentRejected: approval,
  DeploymentWithdrawn: approval,
  ApprovalExpired: approval,
  DeploymentStarted: deployed,
  DeploymentTakenOver: deployed,
  DeploymentCompleted: deployed,
  DeploymentFailed: deployed.extend({ problems }),
  EnvironmentRestored: facts({ release_id: z.string() }),
  EnvironmentNotRestored: facts({ release_id: z.string() }),
  TokenCreated: named,
  TokenRevoked: named,
  TokenGrantsChanged: named,
  PersonInvited: ofPerson,
  PersonJoined: ofPerson,
  PersonChanged: ofPerson,
  PersonDisabled: ofPerson,
  PersonEnabled: ofPerson,
  WebhookCreated: sentTo,
  WebhookChanged: sentTo,
  WebhookDeleted: sentTo,
  WebhookSecretRotated: sentTo,
  WebhookTested: sentTo,
  WebhookResent: sentTo,
  WebhookDisabled: sentTo,
};
