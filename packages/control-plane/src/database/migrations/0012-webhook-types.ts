import { sql, type Kysely } from "kysely";

/** Older versions send a webhook without types everything, as they did. */
export const breaking = false;

/**
 * A webhook without types is no longer told of people and tokens. Those that were made before go on with what they had: every type
 * that there was.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`update webhooks set types = ${types} where types = '{}'`.execute(db);
}

const types = [
  "BuildRequested", "BuildJoined", "BuildFolded", "BuildUnfolded", "BuildStarted", "BuildTakenOver", "BuildStepRetried", "BuildCompleted", "BuildFailed", "BuildCancelRequested", "BuildCancelled",
  "CompositionLanded", "CompositionTakenBack", "CompositionKept",
  "ReleaseCreated", "ReleaseActivated", "ReleaseSuperseded", "RolledBack", "ReleaseFailed", "ReleaseRestarted", "LeaseTakenOver",
  "DeploymentRequested", "ApprovalNeeded", "DeploymentApproved", "DeploymentRejected", "DeploymentWithdrawn", "ApprovalExpired", "DeploymentStarted", "DeploymentTakenOver", "DeploymentCompleted", "DeploymentFailed",
  "EnvironmentRestored", "EnvironmentNotRestored", "EnvironmentTakenOver", "EnvironmentSettingsChanged", "RetentionRemoved",
  "TokenCreated", "TokenRevoked", "TokenGrantsChanged",
  "PersonGrantsChanged", "PersonInvited", "PersonJoined", "PersonChanged", "PersonDisabled", "PersonEnabled", "PersonResetLinkMade", "PersonPasswordChanged", "PersonSignedIn", "PersonSessionEnded",
  "WebhookCreated", "WebhookChanged", "WebhookDeleted", "WebhookSecretRotated", "WebhookTested", "WebhookResent", "WebhookDisabled",
];
