import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { credentialsInHome, namedCredentials } from "../build/sandbox/credentials.ts";
import { locatePlaces } from "../database/embedded/places.ts";
import { privateSockets } from "./gateway/control-socket.ts";
import type { SandboxWish } from "./gateway/sandbox/rules.ts";

/** What the operator says of the applications' sandbox. */
export interface ApplicationAccess {
  readonly dataDirectory: string;
  /** Directories and files that applications may see and write beside their own. `/`: everything. */
  readonly shown: readonly string[];
}

/** A home below one of these is no home. */
const systemDirectories = ["/bin", "/boot", "/dev", "/etc", "/lib", "/nix", "/opt", "/proc", "/run", "/sbin", "/sys", "/tmp", "/usr"];

/** What applications may see: not what lets them become the control plane, its operator or another application. */
export function applicationRules({ dataDirectory, shown }: ApplicationAccess, env: NodeJS.ProcessEnv): SandboxWish {
  if (shown.includes("/")) return "off";
  const { home, sockets } = locatePlaces(dataDirectory);
  return { hidden: [dataDirectory, home, sockets, privateSockets(), ...namedCredentials(env), ...agentOf(env), ...personal()], shown: [...shown] };
}

/** A key agent's directory: who reaches the socket in it signs in elsewhere as the operator. */
function agentOf({ SSH_AUTH_SOCK: socket = "" }: NodeJS.ProcessEnv): string[] {
  return /^\/tmp\/[^/]+\//.test(socket) ? [dirname(socket)] : [];
}

/** The operator's own: the whole home, where it is one, since a file that is replaced by another would come in sight again; and terminals. */
function personal(): readonly string[] {
  const home = homedir();
  return [...(isHome(home) ? [home] : credentialsInHome()), join("/tmp", `tmux-${process.getuid?.() ?? 0}`)];
}

/** Users of services may have a home that is the machine's: `/`, `/usr/sbin`. */
function isHome(path: string): boolean {
  const isDeep = path === "/root" || path.split("/").length > 2;
  return isDeep && !systemDirectories.some((directory) => path.startsWith(`${directory}/`));
}
