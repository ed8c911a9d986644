import { readFileSync } from "node:fs";
import { z } from "zod";

/** Settings of sign-in, as the environment says them. */
export interface SignInSettings {
  /** Origin under which people reach the control plane; absent: wherever it listens. */
  readonly publicUrl?: string;
  /** Signs cookies; absent: one is made and kept in the data directory. */
  readonly secret?: string;
  readonly oidc?: OidcSettings;
}

export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret?: string;
  readonly name: string;
  readonly defaultRole?: "viewer" | "operator" | "administrator" | "owner";
}

const originHint = "write an address without a path, such as https://modyard.example";

export const signInSchema = z
  .object({
    publicUrl: z.string().refine(isOrigin, originHint).transform((text) => new URL(text).origin).optional(),
    secret: z.string().min(32, "write at least 32 random characters").optional(),
    oidcIssuer: z.string().refine(isIssuer, "write the https address of the provider").optional(),
    oidcClientId: z.string().optional(),
    oidcClientSecret: z.string().optional(),
    oidcClientSecretFile: z.string().transform(readSecret).optional(),
    oidcName: z.string().max(60).default("single sign-on"),
    oidcDefaultRole: z.enum(["none", "viewer", "operator", "administrator", "owner"]).default("none"),
  })
  .superRefine((settings, context) => {
    const refuse = (path: string, message: string): void => context.addIssue({ code: "custom", path: [path], message });
    const { oidcIssuer, oidcClientId, oidcClientSecret, oidcClientSecretFile, publicUrl } = settings;
    if (oidcIssuer !== undefined && oidcClientId === undefined) refuse("oidcClientId", "single sign-on needs it");
    if (oidcIssuer === undefined && oidcClientId !== undefined) refuse("oidcIssuer", "single sign-on needs it");
    if (oidcIssuer !== undefined && publicUrl === undefined) refuse("publicUrl", "single sign-on needs it: the provider sends people back to it");
    if (oidcClientSecret !== undefined && oidcClientSecretFile !== undefined) refuse("oidcClientSecret", "give the secret or its file, not both");
  });

/** How people write each of them: what a message must name. */
export const signInSettingNames: Readonly<Record<string, string>> = {
  publicUrl: "MODYARD_PUBLIC_URL",
  secret: "MODYARD_SECRET",
  oidcIssuer: "MODYARD_OIDC_ISSUER",
  oidcClientId: "MODYARD_OIDC_CLIENT_ID",
  oidcClientSecret: "MODYARD_OIDC_CLIENT_SECRET",
  oidcClientSecretFile: "MODYARD_OIDC_CLIENT_SECRET_FILE",
  oidcName: "MODYARD_OIDC_NAME",
  oidcDefaultRole: "MODYARD_OIDC_DEFAULT_ROLE",
};

/** The environment's words, before they are looked at. */
export function signInInput(env: NodeJS.ProcessEnv): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(Object.entries(signInSettingNames).map(([key, name]) => [key, env[name]]));
}

export function toSignInSettings(input: z.output<typeof signInSchema>): SignInSettings {
  const { publicUrl, secret, oidcIssuer: issuer, oidcClientId: clientId, oidcName: name, oidcDefaultRole: role } = input;
  const clientSecret = input.oidcClientSecret ?? input.oidcClientSecretFile;
  const oidc = issuer === undefined || clientId === undefined ? undefined : { issuer, clientId, name, ...(clientSecret !== undefined && { clientSecret }), ...(role !== "none" && { defaultRole: role }) };
  return { ...(publicUrl !== undefined && { publicUrl }), ...(secret !== undefined && { secret }), ...(oidc !== undefined && { oidc }) };
}

function isOrigin(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && ["http:", "https:"].includes(url.protocol) && url.pathname === "/" && url.search === "" && url.hash === "" && url.username === "" && url.password === "";
}

/** Whoever can change what a provider says without encryption can be anybody; on this machine nobody is in between. */
function isIssuer(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.search !== "" || url.hash !== "") return false;
  return url.protocol === "https:" || (url.protocol === "http:" && ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname));
}

function readSecret(file: string, context: z.RefinementCtx): string {
  try {
    return readFileSync(file, "utf8").trim();
  } catch (error) {
    context.addIssue({ code: "custom", message: `the file cannot be read: ${error instanceof Error ? error.message : String(error)}` });
    return z.NEVER;
  }
}
