import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";

/** The home of whoever runs a control plane: credentials for private sources are where programs usually keep them. */
export interface Operator {
  readonly home: string;
  /** For the server: its home, and where npm's settings are, which `npm test` tells otherwise. */
  readonly env: Readonly<Record<string, string>>;
  /** In place of what `.npmrc` said; at first that is what this machine's own says. */
  writeNpmrc(text: string): Promise<void>;
  /** Addresses with user and password, for git's credential helper `store`; they replace earlier ones. */
  writeGitCredentials(...addresses: readonly string[]): Promise<void>;
  remove(): Promise<void>;
}

export async function makeOperator(): Promise<Operator> {
  const home = await mkdtemp(join(tmpdir(), "modyard-operator-"));
  const operator: Operator = {
    home,
    env: { HOME: home, npm_config_userconfig: join(home, ".npmrc") },
    writeNpmrc: (text) => writeFile(join(home, ".npmrc"), text, { mode: 0o600 }),
    writeGitCredentials: (...addresses) => writeFile(join(home, ".git-credentials"), addresses.map((address) => `${address}\n`).join(""), { mode: 0o600 }),
    remove: () => rm(home, { recursive: true, force: true }),
  };
  await operator.writeNpmrc(await readFile(join(homedir(), ".npmrc"), "utf8").catch(() => ""));
  await writeFile(join(home, ".gitconfig"), "[credential]\n\thelper = store\n[safe]\n\tdirectory = *\n");
  return operator;
}
