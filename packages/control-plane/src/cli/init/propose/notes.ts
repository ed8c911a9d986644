import { posix } from "node:path";
import type { CrateFound, Found, ServerFound } from "../found.ts";
import type { Candidate } from "./candidates.ts";
import { CORE_CRATE } from "./cargo-modules.ts";
import type { Selection } from "./manifest-file.ts";
import { pagesOf } from "./npm-surfaces.ts";

const listed = (items: readonly string[]): string => (items.length <= 4 ? items.join(", ") : `${items.slice(0, 4).join(", ")} and ${items.length - 4} more`);

/** What a person should know of the proposal that is no line of a file. */
export function notesOf(found: Found, server: ServerFound, others: readonly Candidate[], selection: Selection): readonly string[] {
  return [
    ...otherServers(others),
    ...notInstalled(found, selection),
    ...undescribed(selection),
    ...(server.toolchain === "npm" ? npmNotes(found, server) : cargoNotes(found, server, selection)),
    ...lifeNotes(server),
    ...dirty(found),
  ];
}

function otherServers(others: readonly Candidate[]): string[] {
  return others.length === 0 ? [] : [`Also like a server: ${listed(others.map(({ directory }) => directory || "."))}. Choose with --server DIRECTORY.`];
}

function notInstalled({ catalogued }: Found, { others }: Selection): string[] {
  const slugs = others.map(({ spec }) => spec.slug);
  if (slugs.length === 0) return [];
  const unknown = slugs.filter((slug) => !catalogued.includes(slug));
  const how = unknown.length === 0 ? "marketplace.toml has them: `modyard install` brings them in." : `Put ${listed(unknown)} into marketplace.toml to install by name.`;
  return [`Modules that are here but not in the build: ${listed(slugs)}. ${how}`];
}

function undescribed({ modules }: Selection): string[] {
  const without = modules.filter(({ described }) => !described);
  return without.length === 0 ? [] : [`No module.toml in ${listed(without.map(({ at }) => at))}. Each module needs one: slug, name and version at least.`];
}

function npmNotes(found: Found, server: ServerFound): string[] {
  const programs = pagesOf(found, server).filter(({ isProgram }) => isProgram);
  return [
    ...programs.map(({ directory }) => `${directory} must run as a program of its own; only pages that are built to files can be a surface.`),
    ...(found.rootFiles.includes("package-lock.json") ? [] : ["There is no package-lock.json: `npm install` makes one. Commit it, so that builds take the same versions."]),
    ...(server.isTypeScript ? [] : commonJsNote(found, server)),
  ];
}

/** The runtime, the registry and its modules are ES modules. */
function commonJsNote({ packages }: Found, { directory }: ServerFound): string[] {
  const { type, node } = packages.find((each) => each.directory === directory) ?? {};
  if (type === "module") return [];
  const engines = node === undefined ? "" : ` (engines.node is ${node})`;
  return [`The server is CommonJS; the registry and @modyard/runtime are ES modules. Node 20.19 and 22.12 and later load them by \`require\`${engines}; an older one by \`await import(…)\`, or with \`"type": "module"\` in package.json.`];
}

function cargoNotes({ crates, rootFiles, cargo }: Found, { directory }: ServerFound, { modules }: Selection): string[] {
  const foreign = modules.some(({ spec }) => spec.source !== "path");
  const core = crates.find(({ name }) => name === CORE_CRATE);
  return [
    ...(rootFiles.includes("Cargo.lock") ? [] : ["There is no Cargo.lock: `cargo generate-lockfile` makes one. Commit it, so that builds take the same versions."]),
    ...crates.filter((each) => each.directory === directory).flatMap(programNotes),
    ...modules.flatMap(typeNotes),
    ...(core === undefined || cargo?.patched.includes(CORE_CRATE) === true ? [] : [
      `${foreign ? "Modules of other places" : "Modules of a registry or of git"} must use this host's ${CORE_CRATE}: write \`[patch.crates-io]\` with \`${CORE_CRATE} = { path = "${core.directory}" }\` into the root's Cargo.toml.`,
    ]),
  ];
}

/** Of several programs, one becomes `bin/server`. */
function programNotes({ name, binaries, defaultRun }: CrateFound): string[] {
  if (binaries.length < 2 || [name, "server", defaultRun].some((known) => known !== undefined && binaries.includes(known))) return [];
  return [`${name} has the programs ${listed(binaries)}. Say which is the server: \`default-run = ${JSON.stringify(binaries[0])}\` below [package] in its Cargo.toml.`];
}

/** The generated registry calls `<Slug>Module::new()` unless the descriptor names another type. */
function typeNotes({ spec, moduleTypes = [], at, described }: Selection["modules"][number]): string[] {
  const wanted = `${spec.slug.split(/[-_]+/).map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("")}Module`;
  const [type] = moduleTypes;
  if (type === undefined || moduleTypes.includes(wanted)) return [];
  return [`${at} has no type ${wanted}: write \`[crate] entry_type = "${type}"\` into ${described ? "its module.toml" : posix.join(at, "module.toml")}.`];
}

/** Only what the sources do not even mention. */
function lifeNotes({ mentions, toolchain }: ServerFound): string[] {
  const byRuntime = toolchain === "npm" && mentions.includes("@modyard/runtime");
  const missing = (["PORT", "SIGTERM", "MODYARD_BUILD_ID"] as const).filter((word) => !byRuntime && !mentions.includes(word));
  return missing.length === 0 ? [] : [`Not seen in the sources: ${missing.join(", ")}. The server must listen on PORT, tell MODYARD_BUILD_ID in its health answers, and finish its requests on SIGTERM.`];
}

function dirty({ git }: Found): string[] {
  if (git.at !== "root") return [];
  if (!git.commits) return ["The repository has no commit yet: builds are made from commits."];
  const { changed = 0 } = git;
  return changed === 0 ? [] : [`${changed === 1 ? "1 file is" : `${changed} files are`} not committed: builds are made from commits, and know nothing of them.`];
}
