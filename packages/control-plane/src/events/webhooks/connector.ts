import { lookup as systemLookup, type LookupAddress, type LookupOptions } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { buildConnector } from "undici";
import type { AddressPolicy } from "./addresses.ts";

/** Looks names up; the system's own unless a test has another. */
export type Resolve = (hostname: string, options: LookupOptions & { readonly all: true }, callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void) => void;

/** The code of an error that says: this address may not be called. */
export const addressRefused = "WEBHOOK_ADDRESS_REFUSED";

/**
 * Connects to allowed addresses only. The name is looked up once, and the very addresses that were judged are connected to: a name that
 * answers differently the next time gains nothing. An address in the URL's place of a name is judged here too, since nothing looks it up.
 */
export function guardedConnector(policy: AddressPolicy, timeout: number, resolve: Resolve = systemLookup): buildConnector.connector {
  const connect = buildConnector({ timeout, lookup: guardedLookup(policy, resolve) });
  return (options, callback) => {
    const host = options.hostname.replace(/^\[(.*)\]$/, "$1");
    if (isIP(host) !== 0 && !policy.allows(host)) callback(refusal(host), null);
    else connect(options, callback);
  };
}

function guardedLookup(policy: AddressPolicy, resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, "", 0);
      const allowed = addresses.filter(({ address }) => policy.allows(address));
      const [first] = allowed;
      if (first === undefined) return callback(refusal(hostname), "", 0);
      return options.all === true ? callback(null, allowed) : callback(null, first.address, first.family);
    });
  };
}

function refusal(host: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${host} is no address of the public internet, and no network that MODYARD_WEBHOOK_PRIVATE allows`), { code: addressRefused });
}
