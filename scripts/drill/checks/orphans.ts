import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { commandLineOf } from "../../../packages/control-plane/src/processes/identity.ts";
import { processesWith } from "../../../test/support/processes.ts";
import type { Site } from "../site.ts";
import { applicationsOf, gatewaysOf, servedRelease } from "../victims.ts";
import { filesBelow } from "./locks.ts";

/** What belongs to nobody while nothing is under way: processes of the site, workspaces, half-made files, git's leftovers. */
export async function orphans(site: Site): Promise<readonly string[]> {
  return [...(await orphanProcesses(site)), ...(await orphanFiles(site))];
}

async function orphanProcesses(site: Site): Promise<readonly string[]> {
  const { root } = site.places;
  const gateways = await gatewaysOf(site);
  const known = new Set([site.serve.pid, site.worker.pid, site.postmaster, ...gateways.slice(0, 1), ...(await applicationsOf(site, await servedRelease(site)))]);
  const all = new Set([...(await processesWith({ environment: root })), ...(await processesWith({ commandLine: root }))]);
  // Told by their command line; one that ended in the meantime has none.
  return [...all].filter((pid) => !known.has(pid)).flatMap((pid) => commandLineOf(pid)?.slice(0, 200) ?? []).map((command) => `process: ${command}`);
}

async function orphanFiles({ places: { data, host, temporary, environment } }: Site): Promise<readonly string[]> {
  const [workspaces, prepared, artifacts, left] = await Promise.all([entries(join(data, "workspaces")), entries(join(environment, "prepared")), entries(join(data, "artifacts")), entries(temporary)]);
  const git = [...(await filesBelow(join(data, "host.git"))), ...(await filesBelow(join(host, ".git")))].filter((path) => /\/(tmp_|incoming-|worktrees\/)/.test(path));
  return [
    // Lock files are looked at by themselves.
    ...workspaces.filter((path) => !/\.lock(\.|$)/.test(path)),
    ...prepared.filter((path) => /\.\d+\.\w{6}$/.test(path)),
    ...artifacts.filter((path) => path.endsWith(".partial")),
    // Node's cache of compiled code is made once and shared.
    ...left.filter((path) => !path.endsWith("/node-compile-cache")),
    ...git,
  ];
}

async function entries(directory: string): Promise<readonly string[]> {
  const names = await readdir(directory).catch(() => []);
  return names.map((name) => join(directory, name));
}
