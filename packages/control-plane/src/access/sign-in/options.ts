import type { Role } from "../roles.ts";

/** Another system that people sign in with, by OpenID Connect. */
export interface OidcProvider {
  /** Its address; what it can is read from below it (discovery). */
  readonly issuer: string;
  readonly clientId: string;
  /** Absent: a public client, held to PKCE alone. */
  readonly clientSecret?: string;
  /** What the button says. */
  readonly name: string;
  /** Granted everywhere to who comes first by this way. Absent: nothing, until an owner grants something. */
  readonly defaultRole?: Role;
}

export interface SignInOptions {
  /** Origin under which people reach the control plane, e.g. `https://modyard.example`. Absent: wherever it listens. */
  readonly publicUrl?: string;
  /** Signs cookies. */
  readonly secret: string;
  readonly oidc?: OidcProvider;
}

/** How long a session lasts that nobody uses, in seconds; use renews it once a day. */
export const sessionSeconds = 7 * 24 * 3600;

export const passwordLength = { least: 12, most: 128 } as const;
