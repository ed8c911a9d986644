import type { Role } from "./roles.ts";

/** What a permission is about: one environment, or the installation as a whole. */
export type PermissionScope = "environment" | "installation";

export interface PermissionRule {
  readonly scope: PermissionScope;
  /** Who may. Every role is named, so that the table reads as one. */
  readonly roles: readonly Role[];
  /** What it allows, as the documentation and the admin page say it. */
  readonly allows: string;
}

const everybody = ["viewer", "operator", "administrator", "owner"] as const;
const operators = ["operator", "administrator", "owner"] as const;
const administrators = ["administrator", "owner"] as const;
const owners = ["owner"] as const;

/** Who may do what: the one table that REST, GraphQL, streams of events and the admin page are held to. */
export const permissions = {
  read: { scope: "installation", roles: everybody, allows: "see builds, logs, releases, environments, manifest, catalog, plans, journal and metrics" },
  "self.manage": { scope: "installation", roles: everybody, allows: "manage one's own sign-in, sessions and tokens" },
  "build.request": { scope: "installation", roles: administrators, allows: "install, uninstall, upgrade, build" },
  "build.cancel": { scope: "installation", roles: operators, allows: "cancel builds" },
  "deployment.request": { scope: "environment", roles: operators, allows: "deploy" },
  "deployment.rollback": { scope: "environment", roles: operators, allows: "go back to an earlier release" },
  "deployment.approve": { scope: "environment", roles: administrators, allows: "approve or reject what somebody else wants to deploy in a protected environment" },
  "lease.take_over": { scope: "installation", roles: administrators, allows: "take work away from the worker that holds it" },
  "retention.run": { scope: "installation", roles: administrators, allows: "remove what is no longer needed" },
  "people.read": { scope: "installation", roles: administrators, allows: "see people and what they may do" },
  "people.manage": { scope: "installation", roles: owners, allows: "invite and disable people, and say what they may do" },
  "tokens.manage": { scope: "installation", roles: owners, allows: "see, change and revoke everybody's tokens" },
  "settings.read": { scope: "installation", roles: administrators, allows: "see settings and webhooks" },
  "settings.manage": { scope: "installation", roles: owners, allows: "change settings and webhooks" },
} as const satisfies Readonly<Record<string, PermissionRule>>;

export type Permission = keyof typeof permissions;

/** The table's names in its order. */
export const permissionNames = Object.keys(permissions) as readonly Permission[];
