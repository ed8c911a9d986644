import { fail } from "../../../errors/problem.ts";

/** A repository of an OCI registry. */
export interface OciAddress {
  /** `https://HOST[:PORT]`, no slash at the end. */
  readonly origin: string;
  /** As docker's config.json names it: `HOST[:PORT]`. */
  readonly host: string;
  /** The repository's name. */
  readonly name: string;
}

/** By the distribution specification. */
const namePattern = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * Reads `oci://HOST[:PORT]/NAME`. Without TLS only on this machine itself, where nobody listens in, or with `oci+http://` said in so
 * many words. Throws config_invalid.
 */
export function parseOciAddress(text: string): OciAddress {
  const { scheme = "", host = "", name = "" } = /^(?<scheme>oci|oci\+http):\/\/(?<host>[^/@?#]+)\/(?<name>[^?#]+)$/.exec(text)?.groups ?? {};
  if (!URL.canParse(`https://${host}`) || !namePattern.test(name)) {
    fail("config_invalid", `MODYARD_ARTIFACTS: ${JSON.stringify(text)} is not an address of a registry's repository`, { hint: "Write oci://HOST[:PORT]/NAME, the name in lower case; sign-in goes into MODYARD_ARTIFACTS_USER and MODYARD_ARTIFACTS_PASSWORD_FILE." });
  }
  const plain = scheme === "oci+http" || loopback.test(new URL(`https://${host}`).hostname);
  return { origin: `${plain ? "http" : "https"}://${host}`, host, name };
}
