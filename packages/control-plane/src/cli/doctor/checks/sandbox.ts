import { readFile } from "node:fs/promises";
import { findProgram } from "../../../build/sandbox/find-program.ts";
import { sandboxCapabilities, type SandboxCapabilities } from "../../../build/sandbox/capabilities.ts";
import { sandboxAbility } from "../../../deployment/gateway/sandbox/ability.ts";
import { ok, warning, type Check, type Finding, type Machine } from "../check.ts";

type Capability = Exclude<keyof SandboxCapabilities, "missing">;

/** What each part of the sandbox is good for, in the order in which one stands on the other. */
const parts: readonly { readonly capability: Capability; readonly name: string; readonly has: string; readonly lacks: string }[] = [
  { capability: "diesWithWorker", name: "Ends together", has: "A killed worker takes its builds with it", lacks: "A killed worker may leave its builds running" },
  { capability: "ownProcesses", name: "Processes", has: "Builds see only their own processes", lacks: "Builds see and can signal other processes" },
  { capability: "ownFiles", name: "Files", has: "Builds write in their workspace only", lacks: "Builds can read and write what this user can" },
  { capability: "ownNetwork", name: "Network", has: "Compilers and tests have no network", lacks: "Compilers and tests can use the network" },
  { capability: "limits", name: "Limits", has: "Memory and processes are limited by control groups", lacks: "Memory and processes are watched by Modyard, not limited by control groups: a fast one may take too much for a moment" },
];

async function sandbox(machine: Machine): Promise<readonly Finding[]> {
  const capabilities = await sandboxCapabilities();
  if (process.platform !== "linux") return [warning("Sandbox", "This system has no namespaces: build code runs with all rights of this user", "Serve hosts whose modules you trust, or serve on Linux.")];
  return Promise.all(parts.map(async ({ capability, name, has, lacks }) => (capabilities[capability] ? ok(name, has) : warning(name, lacks, await wayTo(capability, machine)))));
}

/** How to get it: a program that is missing, or a right that the kernel or the container does not give. */
async function wayTo(capability: Capability, { installer, env }: Machine): Promise<string> {
  const has = async (program: string): Promise<boolean> => (await findProgram(program, "/", env["PATH"] ?? "")) !== undefined;
  if (!(await has("setpriv")) || !(await has("unshare"))) return installer.command("util-linux");
  if (capability === "ownNetwork" && !(await has("ip")) && !(await has("ifconfig"))) return installer.command("iproute2");
  if (capability === "limits") return "systemd-run --scope -p Delegate=yes modyard serve (or in a container: --cgroupns=host -v /sys/fs/cgroup:/sys/fs/cgroup:rw)";
  return namespaces();
}

async function applications(machine: Machine): Promise<readonly Finding[]> {
  const name = "Applications";
  if (machine.config.applicationDirectories.includes("/")) return [warning(name, "Applications see and write what this user can: MODYARD_APPLICATION_DIRECTORIES turns their sandbox off", "name the directories that they need, e.g. MODYARD_APPLICATION_DIRECTORIES=/srv/uploads")];
  const { namespaces: way, missing } = await sandboxAbility();
  if (way === undefined) return [warning(name, `Applications see and write what this user can: ${missing.join("; ")}`, await wayTo("ownFiles", machine))];
  if (missing.length > 0) return [warning(name, `Applications do not see this server's files, but ${missing.join("; ")}`, await wayTo("ownFiles", machine))];
  return [ok(name, "Applications do not see this server's files, and write in their own directory only")];
}

const switches = [
  { file: "/proc/sys/kernel/apparmor_restrict_unprivileged_userns", bad: "1", fix: "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0" },
  { file: "/proc/sys/kernel/unprivileged_userns_clone", bad: "0", fix: "sudo sysctl -w kernel.unprivileged_userns_clone=1" },
  { file: "/proc/sys/user/max_user_namespaces", bad: "0", fix: "sudo sysctl -w user.max_user_namespaces=10000" },
];

async function namespaces(): Promise<string> {
  for (const { file, bad, fix } of switches) {
    if ((await readFile(file, "utf8").catch(() => "")).trim() === bad) return fix;
  }
  return "start the container with --cap-add SYS_ADMIN --security-opt seccomp=unconfined --security-opt apparmor=unconfined";
}

/** Below this, compilers of an ordinary host fail. */
const comfortableBytes = 2 ** 30;

function share({ config: { buildMemoryBytes, buildProcesses, silenceSeconds } }: Machine): Promise<readonly Finding[]> {
  const name = "Share";
  const memory = buildMemoryBytes === 0 ? "as much memory as it gets" : `${Math.floor(buildMemoryBytes / 2 ** 20)} MB of memory`;
  const text = `A command of a build may have ${memory}, ${buildProcesses === 0 ? "any number of" : buildProcesses} processes and threads${silenceSeconds === 0 ? "" : `, and be silent for ${silenceSeconds} seconds`}`;
  if (buildMemoryBytes === 0) return Promise.resolve([warning(name, `${text}: it can take the memory of the applications`, "unset MODYARD_BUILD_MEMORY_MEGABYTES (or give a number of megabytes)")]);
  return Promise.resolve([buildMemoryBytes >= comfortableBytes ? ok(name, text) : warning(name, `${text}: compilers may run out of it`, "MODYARD_BUILD_MEMORY_MEGABYTES=2048 modyard serve (or add memory)")]);
}

export const sandboxChecks: readonly Check[] = [
  { group: "Sandbox", name: "Sandbox", seconds: 30, run: sandbox },
  { group: "Sandbox", name: "Applications", seconds: 30, run: applications },
  { group: "Build tools", name: "Share", run: share },
];
