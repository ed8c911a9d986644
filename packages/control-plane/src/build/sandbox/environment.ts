import { delimiter, dirname, join } from "node:path";

/** Where a command finds programs: this Node first, then the machine's. */
export const sandboxPath = [dirname(process.execPath), "/usr/local/bin", "/usr/bin", "/bin"].join(delimiter);

/**
 * The whole environment of a command. Nothing of the control plane's own environment is in it: that holds tokens,
 * the database's address and whatever the operator exported.
 */
export function sandboxEnvironment(home: string, temporary: string, added: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    PATH: sandboxPath,
    HOME: home,
    TMPDIR: temporary,
    XDG_CACHE_HOME: join(home, ".cache"),
    LANG: "C.UTF-8",
    TZ: "UTC",
    CI: "true",
    FORCE_COLOR: "1",
    ...added,
  };
}
