import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { createControlGroup } from "./control-group.ts";

/** What of the sandbox is in force on this machine. The control plane says at its start what is missing. */
export interface SandboxCapabilities {
  /** A killed worker takes its builds with it. */
  readonly diesWithWorker: boolean;
  /** Builds neither see nor signal other processes, and nothing of a build outlives it. */
  readonly ownProcesses: boolean;
  /** Builds see a private /tmp and /dev, cannot write outside their workspace, and hidden directories are covered. */
  readonly ownFiles: boolean;
  /** `network: "none"` is really none. */
  readonly ownNetwork: boolean;
  /** The kernel keeps limits of memory and of the number of processes; without, Modyard watches them and may be too late. */
  readonly limits: boolean;
  /** What is missing and why, one sentence each; empty when all is in force. */
  readonly missing: readonly string[];
}

const noCapabilities: Omit<SandboxCapabilities, "missing"> = { diesWithWorker: false, ownProcesses: false, ownFiles: false, ownNetwork: false, limits: false };

const run = promisify(execFile);
let found: Promise<SandboxCapabilities> | undefined;

/** Tries once what the kernel and the container allow. */
export function sandboxCapabilities(): Promise<SandboxCapabilities> {
  found ??= probe();
  return found;
}

async function canLimit(): Promise<boolean> {
  const group = await createControlGroup({ memoryBytes: 2 ** 30, processes: 1000 });
  await group?.stop();
  return group !== undefined;
}

/** Arguments that let a user without root create the other namespaces. */
export function userNamespace(): readonly string[] {
  return process.getuid?.() === 0 ? [] : ["--user", "--map-current-user", "--keep-caps"];
}

async function probe(): Promise<SandboxCapabilities> {
  if (process.platform !== "linux") return { ...noCapabilities, missing: [`${process.platform} has no namespaces: a build is a plain process group`] };
  const missing: string[] = [];
  const attempt = async (what: string, argv: readonly string[]): Promise<boolean> => {
    const [program = "", ...args] = argv;
    const failure = await run(program, args, { timeout: 10_000 }).then(() => undefined, (error: Error) => error.message.trim().split("\n").at(-1));
    if (failure !== undefined) missing.push(`${what}: ${failure}`);
    return failure === undefined;
  };
  const unshare = ["unshare", ...userNamespace()];
  const processes = [...unshare, "--pid", "--fork", "--kill-child", "--mount"];
  const diesWithWorker = await attempt("end with the worker", ["setpriv", "--pdeathsig", "KILL", "true"]);
  const ownProcesses = diesWithWorker && (await attempt("own processes", [...processes, "sh", "-c", "mount --make-rprivate / && mount -t proc proc /proc"]));
  const ownFiles =
    ownProcesses &&
    (await attempt("own files", [...processes, "sh", "-c", "mount --make-rprivate / && mount -t tmpfs none /sys && mkdir /sys/a && mount --bind /usr /sys/a && setpriv --bounding-set=-all --inh-caps=-all --ambient-caps=-all --no-new-privs -- true"]));
  const ownNetwork = ownFiles && (await attempt("own network", [...unshare, "--net", "sh", "-c", "ip link set lo up || ifconfig lo up"]));
  const limits = diesWithWorker && (await canLimit());
  if (!limits) missing.push("limits of memory and processes: no control group can be created, so they are watched several times a second");
  return { diesWithWorker, ownProcesses, ownFiles, ownNetwork, limits, missing };
}
