import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/** Where programs keep credentials in a home. */
const inHome = [".ssh", ".npmrc", ".netrc", ".git-credentials", ".gitconfig", ".config", ".gnupg", ".aws", ".azure", ".docker", ".kube", ".pgpass", ".yarnrc.yml", ".cargo/credentials", ".cargo/credentials.toml"];

/** Variables that name a file with a secret: programs' own, and Modyard's. */
const namesFile = /^(npm_config_userconfig|npm_config_globalconfig|NETRC|GIT_CONFIG_GLOBAL|PGPASSFILE|KUBECONFIG|MODYARD_.*_FILE)$/i;

/**
 * Where the operator's credentials lie, there or not. Package managers need them to reach private sources; the host's own code never does,
 * wherever the operator keeps them.
 */
export function operatorCredentials(environment: NodeJS.ProcessEnv = process.env): readonly string[] {
  return [...credentialsInHome(), ...namedCredentials(environment)];
}

/** Those in the operator's home. */
export function credentialsInHome(): readonly string[] {
  return inHome.map((name) => join(homedir(), name));
}

/** Those of which the environment says where they lie. */
export function namedCredentials(environment: NodeJS.ProcessEnv): readonly string[] {
  const named = Object.entries(environment).flatMap(([name, value]) => (namesFile.test(name) && value !== undefined ? [value] : []));
  const { CARGO_HOME: cargo, DOCKER_CONFIG: docker, XDG_CONFIG_HOME: config } = environment;
  const elsewhere = [...(cargo === undefined ? [] : [join(cargo, "credentials"), join(cargo, "credentials.toml")]), ...(docker === undefined ? [] : [docker]), ...(config === undefined ? [] : [config])];
  return [...named, ...elsewhere].filter(isAbsolute);
}
