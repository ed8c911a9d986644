import { toUuid } from "../../../packages/control-plane/src/database/identifiers.ts";
import { hostGit } from "../../../test/support/host-git.ts";
import { module } from "../host.ts";
import type { Site } from "../site.ts";

/** Whether the host's branch has the drill's module installed. */
export async function isInstalled({ places: { host } }: Site): Promise<boolean> {
  return (await hostGit(host, "show", "main:modules.toml")).includes(`${module} = `);
}

/** Differences between the branch and what the builds say: it holds exactly the compositions that were built, and nothing uncommitted. */
export async function branchProblems(site: Site): Promise<readonly string[]> {
  const { host } = site.places;
  const log = await hostGit(host, "log", "--first-parent", "--format=%H%x09%s%x09%(trailers:key=Modyard-Build,valueonly,separator=%x20)", "main");
  const commits = log.split("\n").map((line) => line.split("\t"));
  const landed = new Map(commits.flatMap(([commit = "", title = "", build = ""]) => (build === "" || title.includes("take back") ? [] : [[commit, toUuid("bld", build) ?? build] as const])));
  const rows = await site.database.patientQuery<{ id: string; commit: string }>("select id::text, result_commit as commit from builds where status = 'success' and result_commit <> source_commit order by id desc");
  const made = new Map(rows.map(({ id, commit }) => [commit, id]));
  // Of builds with one commit the first made it: the others found the same build. It comes last, and so it is the one that the map keeps.
  const uncommitted = await hostGit(host, "status", "--porcelain");
  return [
    ...[...landed].filter(([commit, build]) => made.get(commit) !== build).map(([commit, build]) => `${commit} landed, and no successful build ${build} made it`),
    ...[...made].filter(([commit]) => !landed.has(commit)).map(([commit, build]) => `build ${build} succeeded, and its ${commit} is not on the branch`),
    ...(uncommitted === "" ? [] : [`the host's work tree differs from its branch: ${uncommitted.replaceAll("\n", ", ")}`]),
  ];
}
