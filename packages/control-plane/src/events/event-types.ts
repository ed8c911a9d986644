import type { JournalAction } from "../journal/journal.ts";

/**
 * The public name of everything that the journal tells: what streams, webhooks and subscriptions call it. A new action gets its row
 * here; a name is never changed or used again, since programs of others wait for it.
 */
const typeOfAction = {
  "build.requested": "BuildRequested",
  "build.joined": "BuildJoined",
  "build.folded": "BuildFolded",
  "build.unfolded": "BuildUnfolded",
  "build.started": "BuildStarted",
  "build.taken_over": "BuildTakenOver",
  "build.step_retried": "BuildStepRetried",
  "build.succeeded": "BuildCompleted",
  "build.failed": "BuildFailed",
  "build.cancel_requested": "BuildCancelRequested",
  "build.cancelled": "BuildCancelled",
  "composition.landed": "CompositionLanded",
  "composition.taken_back": "CompositionTakenBack",
  "composition.kept": "CompositionKept",
  "release.created": "ReleaseCreated",
  "release.activated": "ReleaseActivated",
  "release.superseded": "ReleaseSuperseded",
  "release.rolled_back": "RolledBack",
  "release.failed": "ReleaseFailed",
  "release.restarted": "ReleaseRestarted",
  "lease.taken_over": "LeaseTakenOver",
  "deployment.requested": "DeploymentRequested",
  "deployment.approval_needed": "ApprovalNeeded",
  "deployment.approved": "DeploymentApproved",
  "deployment.rejected": "DeploymentRejected",
  "deployment.withdrawn": "DeploymentWithdrawn",
  "deployment.approval_expired": "ApprovalExpired",
  "deployment.started": "DeploymentStarted",
  "deployment.taken_over": "DeploymentTakenOver",
  "deployment.succeeded": "DeploymentCompleted",
  "deployment.failed": "DeploymentFailed",
  "environment.restored": "EnvironmentRestored",
  "environment.not_restored": "EnvironmentNotRestored",
  "environment.taken_over": "EnvironmentTakenOver",
  "environment.settings_changed": "EnvironmentSettingsChanged",
  "retention.removed": "RetentionRemoved",
  "token.created": "TokenCreated",
  "token.revoked": "TokenRevoked",
  "token.grants_changed": "TokenGrantsChanged",
  "person.grants_changed": "PersonGrantsChanged",
  "person.invited": "PersonInvited",
  "person.joined": "PersonJoined",
  "person.changed": "PersonChanged",
  "person.disabled": "PersonDisabled",
  "person.enabled": "PersonEnabled",
  "person.reset_link_made": "PersonResetLinkMade",
  "person.password_changed": "PersonPasswordChanged",
  "person.signed_in": "PersonSignedIn",
  "person.session_ended": "PersonSessionEnded",
  "webhook.created": "WebhookCreated",
  "webhook.changed": "WebhookChanged",
  "webhook.deleted": "WebhookDeleted",
  "webhook.secret_rotated": "WebhookSecretRotated",
  "webhook.tested": "WebhookTested",
  "webhook.resent": "WebhookResent",
  "webhook.disabled": "WebhookDisabled",
} as const satisfies Readonly<Record<JournalAction, string>>;

/** The type of an event that the journal holds. */
export type JournalEventType = (typeof typeOfAction)[JournalAction];

/** How far a build is: told live and kept nowhere. */
export const progressType = "BuildProgress";

export type EventType = JournalEventType | typeof progressType;

const actionOfType = new Map<string, JournalAction>(Object.entries(typeOfAction).map(([action, type]) => [type, action as JournalAction]));

/** Every type of the journal's events, in the table's order. */
export const journalEventTypes: readonly JournalEventType[] = Object.values(typeOfAction);

/** Every type of event. */
export const eventTypes: readonly EventType[] = [...journalEventTypes, progressType];

/** Who comes in and who may do what: people and tokens. A webhook is told of it only where these types are named. */
export function isAboutAccess(action: string): boolean {
  return action.startsWith("person.") || action.startsWith("token.");
}

/** What an action is called in public. One that a newer version wrote keeps its own name, so that its reader loses nothing. */
export function eventTypeOf(action: string): string {
  return (typeOfAction as Readonly<Record<string, string>>)[action] ?? action;
}

/** The journal's actions behind these types; types that are not in the journal have none. */
export function actionsOf(types: readonly string[]): readonly JournalAction[] {
  return types.flatMap((type) => actionOfType.get(type) ?? []);
}
