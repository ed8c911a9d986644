import { posix } from "node:path";
import { problem, type Problem } from "../../../errors/problem.ts";
import type { Found, ServerFound } from "../found.ts";
import { CORE_CRATE } from "./cargo-modules.ts";

const shown = (directory: string): string => (directory === "" ? "the root" : directory);

/** What a repository lacks to be a host. None of it stands against writing the files. */
export function missing(found: Found, server: ServerFound): readonly Problem[] {
  return [...gitProblems(found), ...(server.toolchain === "npm" ? npmProblems(found, server) : cargoProblems(found, server)), ...contractProblems(server)];
}

function gitProblems({ git }: Found): Problem[] {
  if (git.at === "none") return [problem("repository_missing", "This is no git repository, and a host must be one")];
  if (git.at === "below") return [problem("repository_root_elsewhere", `The root of the git repository is ${git.root} from here, not this directory`)];
  return [];
}

/** Package managers by their lockfiles. */
const LOCKFILES = new Map([["pnpm-lock.yaml", "pnpm"], ["yarn.lock", "Yarn"], ["bun.lock", "Bun"], ["bun.lockb", "Bun"]]);

function npmProblems(found: Found, { directory }: ServerFound): Problem[] {
  const own = found.packages.find((each) => each.directory === directory);
  const root = found.packages.find((each) => each.directory === "");
  return [
    ...managerProblems(found),
    ...(directory !== "" && !isMember(root?.workspaces ?? [], directory) ? [workspaceProblem(directory, root === undefined)] : []),
    ...(own !== undefined && !("@modyard/runtime" in own.dependencies) ? [problem("runtime_missing", `${posix.join(directory, "package.json")} does not depend on @modyard/runtime`)] : []),
    ...(isPlaceholder((root ?? own)?.scripts["test"]) ? [problem("test_script_fails", "The test script of package.json is npm's placeholder, which fails every build")] : []),
  ];
}

function managerProblems({ rootFiles, packages }: Found): Problem[] {
  const others = [...new Set(rootFiles.flatMap((file) => LOCKFILES.get(file) ?? []))];
  if (others.length === 0) return [];
  const links = packages.filter(({ dependencies }) => Object.values(dependencies).some((range) => /^(workspace|catalog|portal|patch):/.test(range)));
  const also = links.length === 0 ? "" : `; npm does not know the \`workspace:\` versions in ${links.slice(0, 2).map(({ directory }) => posix.join(directory, "package.json")).join(" and ")}${links.length > 2 ? ` and ${links.length - 2} more` : ""}`;
  return [problem("package_manager_unsupported", `The repository is locked by ${others.join(" and ")}; hosts are built with npm only${also}`)];
}

/** npm's workspace patterns: a path, or globs; a later `!` takes out. */
function isMember(globs: readonly string[], directory: string): boolean {
  return globs.reduce((member, glob) => {
    const not = glob.startsWith("!");
    const pattern = posix.normalize(not ? glob.slice(1) : glob).replace(/\/$/, "");
    return posix.matchesGlob(directory, pattern) ? !not : member;
  }, false);
}

function workspaceProblem(directory: string, noRoot: boolean): Problem {
  const what = noRoot ? "there is no package.json in the root" : "the package.json of the root does not name it among its workspaces";
  return problem("workspace_missing", `The server in ${directory} is not built from the root: ${what}`, { hint: `Write \`"workspaces": [${JSON.stringify(directory)}]\` into the root's package.json, then run \`npm install\` there.` });
}

function isPlaceholder(script: string | undefined): boolean {
  return script !== undefined && script.includes("no test specified");
}

function cargoProblems(found: Found, { directory }: ServerFound): Problem[] {
  const own = found.crates.find((each) => each.directory === directory);
  // By the name that code calls it: a crate of another name can serve as it.
  const core = Object.keys(own?.dependencies ?? {}).some((key) => key.replaceAll("_", "-") === CORE_CRATE);
  return [
    ...cargoWorkspaceProblems(found, directory),
    ...(core ? [] : [problem("runtime_missing", `${posix.join(directory, "Cargo.toml")} does not depend on ${CORE_CRATE}, with which the generated registry registers modules`, { hint: `Make a crate \`${CORE_CRATE}\` with the module trait and \`ModuleRegistry\`; the guide "Make your application a host" has one to copy.` })]),
  ];
}

/** cargo builds in the root what is a member there: what `members` names, or what another crate depends on. */
function cargoWorkspaceProblems({ cargo, crates, rootFiles }: Found, directory: string): Problem[] {
  const members = JSON.stringify([directory]);
  const told = (why: string, hint: string): Problem[] => [problem("workspace_missing", `The server in ${shown(directory)} is not built from the root: ${why}`, { hint })];
  if (!rootFiles.includes("Cargo.toml")) return told("there is no Cargo.toml in the root", `Write a Cargo.toml with \`[workspace]\` and \`members = ${members}\` into the root.`);
  const isNamed = cargo === undefined || directory === "" || (isMember(cargo.members, directory) && !cargo.exclude.some((path) => isMember([path], directory)));
  if (isNamed || crates.some(({ dependencies }) => Object.values(dependencies).some(({ path }) => path === directory))) return [];
  if (!cargo.isWorkspace) return told("the root's Cargo.toml has no `[workspace]`", `Write \`[workspace]\` and \`members = ${members}\` into the root's Cargo.toml.`);
  return told("`members` of the root's `[workspace]` does not name it", `Add ${JSON.stringify(directory)} to \`members\` of \`[workspace]\` in the root's Cargo.toml.`);
}

/** Read from the sources' words only: nothing is run to find out. */
function contractProblems({ mentions, directory, toolchain }: ServerFound): Problem[] {
  const has = (word: ServerFound["mentions"][number]): boolean => mentions.includes(word);
  const byRuntime = toolchain === "npm" && has("@modyard/runtime");
  if (byRuntime || has("/health/modules")) return [];
  const what = has("/health") ? "`/health`, but no `/health/modules`" : "neither `/health` nor `/health/modules`";
  return [problem("health_missing", `The sources in ${shown(directory)} have ${what}`)];
}
