import { openSync, rmSync, writeFileSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { join } from "node:path";

/** What the process becomes in the end. */
export interface Launch {
  readonly command: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
}

/** Names of which every shell makes a variable like any other; shells have ideas of their own about the rest. */
const ordinary = /^(?!(?:LANG|LC_.*|BASH.*|.*UID|PPID|SHELLOPTS|SHLVL|(?:OLD)?PWD|OPT[A-Z]+|LINENO|S?RANDOM|SECONDS|EPOCH.*|GROUPS|DIRSTACK|FUNCNAME|HIST.*|COMP_.*|_)$)[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * The script that gives the process its environment and then becomes the command. The environment comes this late because the host chooses it: `PATH` or
 * `LD_PRELOAD` would decide what lays out the sandbox, with all rights. It comes by a file because everybody can read arguments.
 */
export function launchScript({ command, env }: Launch): string {
  const entries = Object.entries(env);
  const exported = entries.filter(([name]) => ordinary.test(name)).map(([name, value]) => `export ${name}=${quote(value)}`);
  const others = entries.filter(([name]) => !ordinary.test(name)).map(([name, value]) => quote(`${name}=${value}`));
  const given = others.length === 0 ? [] : ["/usr/bin/env", ...others];
  return ["exec 3<&-", "unset PWD OLDPWD SHLVL", ...exported, ["exec", ...given, ...command.map(quote)].join(" "), ""].join("\n");
}

/** Arguments that read the script from descriptor 3 and do what it says. */
export const readLaunch = ["/bin/sh", "-c", ". /proc/self/fd/3"] as const;

/** The script in a file without a name, opened to be read: the process needs nobody any more to begin, not even the gateway. The caller closes it. */
export function openLaunch(directory: string, launch: Launch): number {
  const path = join(directory, `launch-${randomUUID()}`);
  try {
    writeFileSync(path, launchScript(launch), { mode: 0o600, flag: "wx" });
    return openSync(path, "r");
  } finally {
    rmSync(path, { force: true });
  }
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
