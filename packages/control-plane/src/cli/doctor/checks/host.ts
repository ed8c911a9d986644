import { findProgram } from "../../../build/sandbox/find-program.ts";
import type { HostSnapshot } from "../../../build/snapshot.ts";
import { missing, ok, warning, type Check, type Finding, type Machine } from "../check.ts";
import { withoutPassword } from "../../../toolchains/shared/without-password.ts";

async function host(machine: Machine): Promise<readonly Finding[]> {
  const { branch, host: repository } = machine.config;
  if ((await findProgram("git", "/", machine.env["PATH"] ?? "")) === undefined) return [missing("Repository", "Cannot be read without git", machine.installer.command("git"))];
  const snapshot = await machine.host();
  return [
    ok("Repository", `${withoutPassword(repository)}, branch ${branch} at ${snapshot.commit.slice(0, 12)}`),
    ok("modules.toml", `Valid, ${count(snapshot.manifest.modules.length, "module")}`),
    ok("modyard.toml", `Valid, an ${snapshot.host.toolchain} host with ${count(snapshot.host.environments.length, "environment")}`),
    ...catalogs(snapshot),
  ];
}

function catalogs({ catalogs: read, catalogProblems }: HostSnapshot): readonly Finding[] {
  const entries = read.reduce((sum, catalog) => sum + catalog.entries.length, 0);
  const fine = read.length === 0 ? [] : [ok("Catalogs", `${count(read.length, "catalog")} with ${count(entries, "module")}`)];
  return [...fine, ...catalogProblems.map(({ message, hint }) => warning("Catalogs", message, hint))];
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

export const hostChecks: readonly Check[] = [{ group: "Host", name: "Repository", seconds: 60, run: host }];
