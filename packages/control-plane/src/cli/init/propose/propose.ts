import type { Found, ServerFound } from "../found.ts";
import { type Candidate, rivals } from "./candidates.ts";
import { cargoHostTables } from "./cargo-host.ts";
import { cargoModules } from "./cargo-modules.ts";
import { decisionsOf, formatDraft } from "./draft.ts";
import { manifestFile, selectModules } from "./manifest-file.ts";
import { missing } from "./missing.ts";
import { notesOf } from "./notes.ts";
import { npmHostTables } from "./npm-host.ts";
import { npmModules } from "./npm-modules.ts";
import type { Proposal, ProposedFile } from "./proposal.ts";
import { PRESETS } from "../../../manifest/presets.ts";
import { nextSteps } from "./steps.ts";

/**
 * What would make this repository a host whose server is `chosen`: the files that are not there yet, and what else is to be
 * done. Pure. `candidates` are all that may be the server, so that the others can be named.
 */
export function propose(found: Found, candidates: readonly Candidate[], chosen: Candidate, server: ServerFound): Proposal {
  const kind = server.toolchain;
  const selection = selectModules(kind === "npm" ? npmModules(found, server) : cargoModules(found, server), kind);
  const host = hostFile(found, server);
  const proposed = [host.file, manifestFile(found, server, chosen, selection)];
  const files = proposed.filter(({ path }) => !found.rootFiles.includes(path));
  const others = candidates.filter((each) => each !== chosen && (rivals(candidates).includes(each) || each === candidates[0]));
  return {
    files,
    notes: [...proposed.filter(({ path }) => found.rootFiles.includes(path)).map(({ path }) => `${path} is there already and stays as it is.`), ...notesOf(found, server, others, selection)],
    problems: [...found.problems, ...selection.problems, ...missing(found, server)],
    steps: nextSteps(found, server, found.host?.registry.output ?? host.registry, files),
  };
}

/** modyard.toml, and where it says that the registry is. */
function hostFile(found: Found, server: ServerFound): { readonly file: ProposedFile; readonly registry: string } {
  const tables = server.toolchain === "npm" ? npmHostTables(found, server) : cargoHostTables(found, server);
  const output = tables.flatMap(({ table, entries }) => (table[0] === "registry" ? entries.filter(({ key }) => key === "output") : []))[0]?.value;
  const preset = server.toolchain === "cargo" ? "cargo" : server.directory === "" ? "npm" : "npm-workspaces";
  const comment = "How to build and run this host; the preset says the rest.";
  return {
    file: { path: "modyard.toml", text: formatDraft(comment, tables), decisions: decisionsOf(tables) },
    registry: typeof output === "string" ? output : PRESETS[preset].registry.output,
  };
}
