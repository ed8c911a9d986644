import { z } from "zod";
import type { Token } from "../../access/tokens/lineage.ts";
import { toPublicId } from "../../database/identifiers.ts";
import { dateView } from "./common.ts";
import { grantView } from "./grant.ts";

/** A token as its owners see it: never its text. */
export const tokenView = z.object({
  id: z.string(),
  name: z.string(),
  preview: z.string().nullable().describe("Its first and last characters; null for one of an older version."),
  state: z.enum(["active", "expired", "revoked", "suspended"]).describe("Suspended: the person whose it is is disabled."),
  grants: z.array(grantView).describe("What it was given."),
  effective_grants: z.array(grantView).describe("What it has: never more than whoever made it has by now."),
  person_id: z.string().nullable().describe("Whose it is; null: nobody's."),
  created_by: z.string(),
  made_with: z.string().nullable().describe("The token with which it was made: it ends with that."),
  created_at: z.string(),
  last_used_at: dateView.describe("To about a minute."),
  expires_at: dateView,
  revoked_at: dateView,
}).meta({ id: "Token" });
export type TokenView = z.output<typeof tokenView>;

export const tokensView = z.object({ tokens: z.array(tokenView), next_cursor: z.string().nullable() });

/** The answer to a request for a token: the only one that ever holds it. */
export const madeTokenView = tokenView.extend({ token: z.string().nullable().describe("Told this once. Null when a lost answer is asked for again: then revoke it and make another.") }).meta({ id: "MadeToken" });
export type MadeTokenView = z.output<typeof madeTokenView>;

export const revokedTokensView = z.object({ revoked: z.array(z.string()).describe("This token and those made with it that were still good.") });

export function showToken(token: Token): TokenView {
  const { id, name, preview, state, grants, effective, personId, createdBy, madeWithToken, createdAt, lastUsedAt, expiresAt, revokedAt } = token;
  return {
    id: toPublicId("tok", id),
    name,
    preview,
    state,
    grants: [...grants],
    effective_grants: [...effective],
    person_id: personId === null ? null : toPublicId("per", personId),
    created_by: createdBy,
    made_with: madeWithToken === null ? null : toPublicId("tok", madeWithToken),
    created_at: createdAt.toISOString(),
    last_used_at: lastUsedAt?.toISOString() ?? null,
    expires_at: expiresAt?.toISOString() ?? null,
    revoked_at: revokedAt?.toISOString() ?? null,
  };
}
