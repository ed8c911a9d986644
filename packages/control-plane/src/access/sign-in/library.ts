import { betterAuth, type BetterAuthOptions } from "better-auth";
import { genericOAuth } from "better-auth/plugins/generic-oauth";
import { Kysely, PostgresDialect } from "kysely";
import type { Logger } from "pino";
import type { DatabaseHandle } from "../../database/connection.ts";
import { newUuid } from "../../database/identifiers.ts";
import { passwordLength, sessionSeconds, type OidcProvider, type SignInOptions } from "./options.ts";

/** The header in which the library is told where a request comes from: set by us, never taken from a request. */
export const addressHeader = "x-modyard-address";

/** The name of the one provider that there may be; part of the address that it sends people back to. */
export const oidcProviderId = "oidc";

/** What the names of cookies begin with. */
export function cookiePrefix(publicUrl: string | undefined): string {
  return `${publicUrl?.startsWith("https:") === true ? "__Host-" : ""}modyard`;
}

/** What happens in between when somebody signs in, whatever way. */
export interface SignInHooks {
  /** Before a session is made; false: this person gets none. `path` tells the way. */
  readonly admit: (personId: string, path: string) => Promise<boolean>;
  /** After it was made. */
  readonly admitted: (session: { readonly id: string; readonly personId: string }, path: string) => Promise<void>;
}

/**
 * The library that checks passwords, makes and reads sessions, and speaks OpenID Connect. `oidc` is left out for the instance that
 * everybody depends on: the library asks the provider when it starts, and one that does not answer must not keep others out.
 */
export function openLibrary({ pool }: DatabaseHandle, options: SignInOptions, hooks: SignInHooks, logger: Logger, oidc?: OidcProvider) {
  const library = betterAuth({
    ...settings(options, logger),
    // Of its own, with the columns' names as they are: ours translates them.
    database: { db: new Kysely({ dialect: new PostgresDialect({ pool }) }), type: "postgres", transaction: true },
    databaseHooks: {
      session: {
        create: {
          before: async ({ userId }, context) => ((await hooks.admit(userId, context?.path ?? "")) ? undefined : false),
          after: async ({ id, userId }, context) => hooks.admitted({ id, personId: userId }, context?.path ?? ""),
        },
      },
      account: { create: { before: () => Promise.resolve({ data: withoutTokens }) } },
    },
    plugins: oidc === undefined ? [] : [genericOAuth({ config: [providerOf(oidc)] })],
  });
  // Whoever asks it next hears of it; before that it is nobody's, and would end the process.
  library.$context.catch((error: unknown) => logger.error({ err: error }, "sign-in does not work"));
  return library;
}

/** Modyard asks the other system nothing on a person's behalf, so it keeps nothing to ask with. */
const withoutTokens = { accessToken: null, refreshToken: null, idToken: null, accessTokenExpiresAt: null, refreshTokenExpiresAt: null };

function providerOf({ issuer, clientId, clientSecret, name }: OidcProvider) {
  return {
    providerId: oidcProviderId,
    name,
    discoveryUrl: `${issuer.replace(/\/+$/, "")}/.well-known/openid-configuration`,
    clientId,
    ...(clientSecret !== undefined && { clientSecret }),
    scopes: ["openid", "email", "profile"],
    pkce: true,
    requireIdTokenVerification: true,
  };
}

/** Told to who comes for the first time with an address that the other system knows not to be theirs: people are named by it. */
const unverified = "email_not_verified";

const timestamps = { createdAt: "created_at", updatedAt: "updated_at" };

function settings({ publicUrl = "http://localhost", secret }: SignInOptions, logger: Logger): BetterAuthOptions {
  return {
    appName: "Modyard",
    baseURL: publicUrl,
    basePath: "/auth",
    secret,
    telemetry: { enabled: false },
    logger: { log: (level, message, ...details) => logger[level]({ details: details.map(wordsOf) }, `sign-in: ${message}`) },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: passwordLength.least, maxPasswordLength: passwordLength.most },
    user: { modelName: "people", fields: { ...timestamps, emailVerified: "email_verified" }, validateUserInfo: ({ source: { action, oauth } }) => (action === "create-user" && oauth?.profile?.["email_verified"] === false ? { error: unverified } : undefined) },
    session: { modelName: "sessions", expiresIn: sessionSeconds, fields: { ...timestamps, userId: "person_id", expiresAt: "expires_at", ipAddress: "ip_address", userAgent: "user_agent" } },
    account: {
      modelName: "credentials",
      fields: { ...timestamps, userId: "person_id", providerId: "provider_id", accountId: "account_id", accessToken: "access_token", refreshToken: "refresh_token", idToken: "id_token", accessTokenExpiresAt: "access_token_expires_at", refreshTokenExpiresAt: "refresh_token_expires_at" },
      updateAccountOnSignIn: false,
      // An owner wrote the address into the invitation; that the other system verified it is asked for all the same.
      accountLinking: { enabled: true, requireLocalEmailVerified: false },
    },
    verification: { modelName: "sign_in_states", fields: { ...timestamps, expiresAt: "expires_at" } },
    // Ours counts by address and by person, before the password is looked at.
    rateLimit: { enabled: false },
    onAPIError: { errorURL: `${publicUrl}/sign-in` },
    advanced: {
      // The prefix is written by us: no other name of the domain can set a cookie that begins with `__Host-`.
      cookiePrefix: cookiePrefix(publicUrl),
      useSecureCookies: false,
      defaultCookieAttributes: { secure: publicUrl.startsWith("https:") },
      ipAddress: { ipAddressHeaders: [addressHeader] },
      // Migrations of ours say what the tables look like.
      database: { generateId: () => newUuid(), validateSchema: false },
    },
  };
}

/** Of an error its words only: it may carry a request with its cookies. */
function wordsOf(detail: unknown): unknown {
  return detail instanceof Error ? detail.message : typeof detail === "string" ? detail : typeof detail;
}
