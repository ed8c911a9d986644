import { z } from "zod";
import type { Credentials } from "./credentials.ts";

const tokenSchema = z.object({ token: z.string().optional(), access_token: z.string().optional() });

/** The Authorization header that answers a registry's `WWW-Authenticate`: Basic, or a token from the server that it names. Undefined: no way in. */
export async function answerChallenge(challenge: string, scope: string, credentials: Credentials | undefined, signal: AbortSignal): Promise<string | undefined> {
  const basic = credentials === undefined ? undefined : `Basic ${Buffer.from(`${credentials.user}:${credentials.password}`).toString("base64")}`;
  if (/^basic\b/i.test(challenge)) return basic;
  const facts = new Map([...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, value]) => [key, value]));
  const realm = facts.get("realm");
  if (!/^bearer\b/i.test(challenge) || realm === undefined || !URL.canParse(realm)) return undefined;
  const url = new URL(realm);
  // A password goes over TLS, or nowhere beyond this machine.
  if (url.protocol !== "https:" && !/^(?:localhost|127\.[\d.]+|\[::1\])$/.test(url.hostname)) return undefined;
  const service = facts.get("service");
  if (service !== undefined) url.searchParams.set("service", service);
  url.searchParams.set("scope", scope);
  const response = await fetch(url, { headers: basic === undefined ? {} : { authorization: basic }, signal, redirect: "error" });
  if (!response.ok) {
    await response.body?.cancel();
    return undefined;
  }
  const { token, access_token: accessToken } = tokenSchema.parse(await response.json());
  const bearer = token ?? accessToken;
  return bearer === undefined ? undefined : `Bearer ${bearer}`;
}
