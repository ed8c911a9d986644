import { homedir } from "node:os";
import { join } from "node:path";

const names = [".ssh", ".npmrc", ".netrc", ".git-credentials", ".config", ".gnupg", ".aws", ".azure", ".docker", ".kube", ".yarnrc.yml", ".cargo/credentials", ".cargo/credentials.toml"];

/** Where the operator's credentials lie, there or not. Package managers need them to reach private sources; the host's own code never does. */
export function operatorCredentials(): readonly string[] {
  return names.map((name) => join(homedir(), name));
}
