import type { Role } from "./roles.ts";

/** What a permission is about: one environment, or the installation as a whole. */
export type PermissionScope = "environment" | "installation";

interface PermissionRule {
  readonly scope: PermissionScope;
  /** Who may. Every role is named, so that the table reads as one. */
  readonly roles: readonly Role[];
}

const everybody = ["viewer", "operator", "administrator", "owner"] as const;
const operators = ["operator", "administrator", "owner"] as const;
const administrators = ["administrator", "owner"] as const;
const owners = ["owner"] as const;

/** Who may do what: the one table that REST, GraphQL, streams of events and the admin page are held to. */
export const permissions = {
  /** Builds, logs, releases, environments, manifest, catalog, plans, journal, metrics. */
  read: { scope: "installation", roles: everybody },
  /** One's own sign-in, tokens and sessions. */
  "self.manage": { scope: "installation", roles: everybody },
  /** Install, uninstall, upgrade, build. */
  "build.request": { scope: "installation", roles: administrators },
  "build.cancel": { scope: "installation", roles: operators },
  "deployment.request": { scope: "environment", roles: operators },
  "deployment.rollback": { scope: "environment", roles: operators },
  /** To approve or reject what somebody else wants to deploy in a protected environment. */
  "deployment.approve": { scope: "environment", roles: administrators },
  "lease.take_over": { scope: "installation", roles: administrators },
  "retention.run": { scope: "installation", roles: administrators },
  "people.read": { scope: "installation", roles: administrators },
  "people.manage": { scope: "installation", roles: owners },
  /** Everybody's tokens. */
  "tokens.manage": { scope: "installation", roles: owners },
  "settings.read": { scope: "installation", roles: administrators },
  "settings.manage": { scope: "installation", roles: owners },
} as const satisfies Readonly<Record<string, PermissionRule>>;

export type Permission = keyof typeof permissions;
