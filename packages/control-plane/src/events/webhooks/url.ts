import { isIP } from "node:net";
import { fail } from "../../errors/problem.ts";
import type { AddressPolicy } from "./addresses.ts";

/**
 * A webhook's address as it may be kept. What its name resolves to is looked at on every connection; what can be refused now is, so that
 * its author hears of it. Errors: `webhook_url_refused`.
 */
export function checkWebhookUrl(text: string, policy: AddressPolicy): string {
  const url = URL.canParse(text) ? new URL(text) : refuse("it is not a URL", "Write it as https://HOST/PATH.");
  if (url.username !== "" || url.password !== "") refuse("it holds a user or password", "Leave them out: the receiver knows Modyard by the signature.");
  if (url.protocol !== "https:" && url.protocol !== "http:") refuse(`${url.protocol} is not a protocol of the web`, "Write it as https://HOST/PATH.");
  if (url.protocol === "http:" && !policy.plainHttp) refuse("it is not encrypted", "Write https:. In a network of your own, MODYARD_WEBHOOK_PRIVATE allows http:.");
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  if (isIP(host) !== 0 && !policy.allows(host)) refuse(`${host} is not an address of the public internet`, "MODYARD_WEBHOOK_PRIVATE says which networks of your own webhooks may call.");
  url.hash = "";
  return url.href;
}

function refuse(why: string, hint: string): never {
  // Without the address: it may hold a password.
  return fail("webhook_url_refused", `the webhook's address is refused: ${why}`, { path: "url", hint });
}

/** What of an address may stand in logs and the journal: paths of some receivers are secrets. */
export function originOf(url: string): string {
  return new URL(url).origin;
}
