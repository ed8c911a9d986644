import { existsSync } from "node:fs";
import { dirname } from "node:path";
import type { Command } from "../../toolchains/toolchain.ts";
import { type SandboxCapabilities, userNamespace } from "./capabilities.ts";
import { operatorCredentials } from "./credentials.ts";
import { enterScript, joinScript } from "./enter-script.ts";
import { dropPrivileges } from "./script-parts.ts";

/** What a command may see and write of the machine's files. */
export interface SandboxView {
  readonly workspace: string;
  /** Covered by empty directories; what lies in them and is kept stays visible. */
  readonly hiddenDirectories: readonly string[];
  /** Below hidden directories, /tmp or /var/tmp, yet readable: tool installations, path modules. */
  readonly readableDirectories: readonly string[];
  readonly home: string;
  /** Seen as /tmp and /var/tmp. */
  readonly temporary: string;
  /** Files of control groups to join. */
  readonly joins: readonly string[];
  /** Whether programs are to see one processor only. */
  readonly oneProcessor: boolean;
}

/** Where programs expect that everybody may write; some hosts tell their compilers to use the second. */
const temporaryDirectories = ["/tmp", "/var/tmp"];

/** Network services of the host machine that are reached by files: container engines, message buses. */
const runtimeDirectory = "/run";

/** Below it, and needed to find registries by name. */
const nameServiceDirectory = "/run/systemd/resolve";

/** The argument list that runs `command` inside as much of a sandbox as this machine has. */
export function sandboxCommandLine(command: Command, view: SandboxView, capabilities: SandboxCapabilities, limit: readonly string[]): readonly string[] {
  if (!capabilities.diesWithWorker) return [...limit, ...command.argv];
  const dieWithWorker = ["setpriv", "--pdeathsig", "KILL", "--"];
  const joined = ["/bin/sh", "-c", joinScript, "sandbox", String(view.joins.length), ...view.joins];
  if (!capabilities.ownFiles) return [...dieWithWorker, ...joined, ...limit, ...command.argv];
  const network = command.network === "none" && capabilities.ownNetwork ? "none" : "machine";
  const namespaces = ["unshare", ...userNamespace(), "--pid", "--fork", "--kill-child", "--mount", ...(network === "none" ? ["--net"] : [])];
  return [...dieWithWorker, ...namespaces, "--", "/bin/sh", "-c", enterScript, "sandbox", network, command.cwd, view.oneProcessor ? "one" : "all", ...layout(command, view), ...dropPrivileges, ...limit, ...command.argv];
}

function layout(command: Command, view: SandboxView): string[] {
  const kept = keptDirectories(command, view);
  const hidden = [runtimeDirectory, ...view.hiddenDirectories];
  const secret = command.network === "none" ? operatorCredentials() : [];
  const covered = secret.filter((path) => kept.every(({ at }) => at !== path && !at.startsWith(`${path}/`)));
  return [
    String(view.joins.length),
    ...view.joins,
    String(kept.length),
    ...kept.map(({ from }) => from),
    String(hidden.length),
    ...hidden,
    ...kept.flatMap(({ at, mode }) => [at, mode]),
    String(covered.length),
    ...covered,
  ];
}

interface KeptDirectory {
  readonly from: string;
  readonly at: string;
  readonly mode: "rw" | "ro";
}

function keptDirectories(command: Command, view: SandboxView): KeptDirectory[] {
  const inPlace = (mode: "rw" | "ro") => (path: string): KeptDirectory => ({ from: path, at: path, mode });
  const nameService = command.network === "registries" && existsSync(nameServiceDirectory) ? [nameServiceDirectory] : [];
  const temporary = temporaryDirectories.filter((path) => existsSync(path));
  const covers = [...temporary, runtimeDirectory, ...view.hiddenDirectories];
  const readable = [dirname(process.execPath), ...(command.readable ?? []), ...view.readableDirectories].filter((path) => covers.some((cover) => path.startsWith(`${cover}/`)));
  const kept = [...[...nameService, ...readable].map(inPlace("ro")), ...(command.readOnly ?? []).map(inPlace("ro")), ...[...(command.writable ?? []), view.home, view.workspace].map(inPlace("rw")), ...(command.mounts ?? [])];
  // Parents first, or a parent would cover what was just put into it.
  const ordered = kept.toSorted((a, b) => a.at.length - b.at.length);
  return [...temporary.map((at): KeptDirectory => ({ from: view.temporary, at, mode: "rw" })), ...ordered];
}
