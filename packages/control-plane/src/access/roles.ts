/** What somebody may be, from the least to the most. Each role may do what the ones before it may. */
export const roles = ["viewer", "operator", "administrator", "owner"] as const;

export type Role = (typeof roles)[number];

/** Whether a role is at least another one. */
export function isAtLeast(role: Role, wanted: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(wanted);
}

/** The lesser of two roles: a token never has more than the person who made it. */
export function lesserOf(one: Role, other: Role): Role {
  return isAtLeast(one, other) ? other : one;
}
