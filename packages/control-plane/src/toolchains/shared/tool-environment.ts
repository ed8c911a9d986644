import { homedir } from "node:os";
import { sep } from "node:path";

/** What a package manager or git needs of the operator's environment to reach private sources. */
const passed = ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "no_proxy", "all_proxy", "NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE", "SSL_CERT_DIR", "GIT_SSL_CAINFO", "SSH_AUTH_SOCK", "GIT_SSH_COMMAND", "XDG_CONFIG_HOME"];

/** Names and values of `names` that are set. */
export function pick(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  }));
}

/** Proxies, certificates and the ssh agent. */
export function networkEnvironment(): Record<string, string> {
  return pick(passed);
}

/** Makes git refuse everything but network protocols, and never ask a person. */
export const gitGuards: Readonly<Record<string, string>> = {
  GIT_ALLOW_PROTOCOL: "http:https:ssh",
  GIT_TERMINAL_PROMPT: "0",
  GIT_ASKPASS: "true",
  SSH_ASKPASS: "true",
  GIT_NO_REPLACE_OBJECTS: "1",
  GIT_ADVICE: "0",
};

/** The whole environment of a trusted tool that runs outside the sandbox. */
export function toolEnvironment(): Record<string, string> {
  return {
    PATH: process.env["PATH"] ?? ["/usr/local/bin", "/usr/bin", "/bin"].join(":"),
    HOME: homedir() || sep,
    LANG: "C.UTF-8",
    ...networkEnvironment(),
    ...gitGuards,
    GIT_SSH_COMMAND: `${process.env["GIT_SSH_COMMAND"] ?? "ssh"} -oBatchMode=yes`,
  };
}

/** What a sandboxed command that talks to registries gets of the operator's home. */
export interface OperatorHome {
  readonly env: Readonly<Record<string, string>>;
  /** For `Command.readable`. */
  readonly readable: readonly string[];
}

/**
 * git and ssh find settings, credential helpers and keys of whoever runs the control plane in that person's home. Only for commands that
 * run nobody else's code. A home that holds the data directory is not shown where it is hidden.
 */
export function operatorHome(cacheDirectory: string): OperatorHome {
  const home = homedir();
  const places = [home, process.env["XDG_CONFIG_HOME"] ?? ""].filter((place) => place !== "" && !cacheDirectory.startsWith(`${place}${sep}`));
  return { env: { HOME: home || sep }, readable: places };
}
