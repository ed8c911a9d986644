import { isIP } from "node:net";
import { networkMatcher } from "../../config/networks.ts";
import type { PrivateNetworks } from "../../config/private-networks.ts";

/** Where webhooks may go. */
export interface AddressPolicy {
  allows(address: string): boolean;
  /** Whether `http:` is allowed: only where private addresses are, at all. */
  readonly plainHttp: boolean;
}

/** IPv4 that is not on the public internet (https://www.iana.org/assignments/iana-ipv4-special-registry). */
const specialIpv4 = networkMatcher([
  "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
  "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
]);

/** Of IPv6 only what is routed globally, without tunnels and translations, through which any IPv4 address can be named. */
const globalIpv6 = networkMatcher(["2000::/3"]);
const specialIpv6 = networkMatcher(["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]);

/** Whether an address is on the public internet. */
export function isPublicAddress(address: string): boolean {
  const plain = plainAddress(address);
  if (isIP(plain) === 4) return !specialIpv4(plain);
  return isIP(plain) === 6 && globalIpv6(plain) && !specialIpv6(plain);
}

/** What may be called: the public internet, and of the operator's own networks what was allowed. */
export function addressPolicy(allowed: PrivateNetworks): AddressPolicy {
  const isAllowed = allowed === "all" ? (address: string) => isIP(address) !== 0 : networkMatcher(allowed === "none" ? [] : allowed);
  return { allows: (address) => isPublicAddress(address) || isAllowed(plainAddress(address)), plainHttp: allowed !== "none" };
}

/** IPv4 that comes as IPv6, however it is written, is IPv4; brackets and zones are of the text only. */
function plainAddress(address: string): string {
  const bare = address.replace(/^\[(.*)\]$/, "$1").replace(/%.*$/, "");
  if (isIP(bare) !== 6) return bare;
  const canonical = new URL(`http://[${bare}]`).hostname.slice(1, -1);
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(canonical) ?? [];
  if (high === undefined || low === undefined) return canonical;
  const [left, right] = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return [left >> 8, left & 255, right >> 8, right & 255].join(".");
}
