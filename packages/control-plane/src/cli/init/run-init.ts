import { realpath } from "node:fs/promises";
import { resolve } from "node:path";
import { printJson, type CliContext, type CommonOptions } from "../command.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { problemJson } from "../problem-json.ts";
import { ask, canAsk } from "./ask.ts";
import { chooseServer } from "./choose-server.ts";
import type { Found, ServerFound } from "./found.ts";
import { lookAt } from "./look/repository.ts";
import { lookAtServer } from "./look/server.ts";
import { printProposal, printSteps } from "./print-proposal.ts";
import { type Candidate, serverCandidates } from "./propose/candidates.ts";
import type { Proposal } from "./propose/proposal.ts";
import { propose } from "./propose/propose.ts";
import { writeFiles } from "./write-files.ts";

export interface InitOptions extends CommonOptions {
  readonly server?: string;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
}

/** Looks, proposes, shows, and writes with consent. */
export async function runInit(context: CliContext, directory: string, options: InitOptions): Promise<ExitCode> {
  const root = await realpath(resolve(context.cwd, directory)).catch(() => resolve(context.cwd, directory));
  const found = await lookAt(root, directory);
  const candidates = serverCandidates(found);
  if (isHost(found)) return nothingToWrite(context, { root, directory }, found, candidates, options);
  const mayAsk = options.yes !== true && options.json !== true;
  const chosen = await chooseServer(context, root, found, candidates, { mayAsk, ...(options.server === undefined ? {} : { server: options.server }) });
  if (chosen === undefined) return unwritten(context);
  const server = await lookAtServer(root, found, chosen);
  const proposal = propose(found, candidates, chosen, server);
  if (options.json !== true) printProposal(context.terminal.out, directory, chosen, proposal);
  const outcome = await settle(context, root, proposal, options);
  if (options.json === true) printJson(context, resultJson(found, proposal, outcome === "written", { server, chosen }));
  else report(context, proposal, outcome);
  return outcome === "refused" ? exitCodes.refused : exitCodes.ok;
}

function isHost({ rootFiles }: Found): boolean {
  return rootFiles.includes("modyard.toml") && rootFiles.includes("modules.toml");
}

/** Both files are there: what is still missing around them is told all the same. */
async function nothingToWrite(context: CliContext, { root, directory }: { readonly root: string; readonly directory: string }, found: Found, candidates: readonly Candidate[], { json }: InitOptions): Promise<ExitCode> {
  const notes = ["modyard.toml and modules.toml are there already and stay as they are."];
  const [chosen] = candidates;
  const server = chosen === undefined ? undefined : await lookAtServer(root, found, chosen);
  const about = chosen === undefined || server === undefined ? undefined : { chosen, server };
  const problems = about === undefined ? found.problems : propose(found, candidates, about.chosen, about.server).problems;
  const proposal: Proposal = { files: [], notes, problems, steps: [] };
  if (json === true) printJson(context, resultJson(found, proposal, false, about));
  else {
    printProposal(context.terminal.out, directory, about?.chosen, proposal);
    context.terminal.out.line("Nothing to write.");
  }
  return exitCodes.ok;
}

type Outcome = "written" | "shown" | "refused";

/** Writes where somebody agreed to it. */
async function settle(context: CliContext, root: string, { files }: Proposal, options: InitOptions): Promise<Outcome> {
  if (options.dryRun === true) return "shown";
  if (options.yes !== true && !(await agreed(context, files.length, options))) return "refused";
  await writeFiles(root, files);
  return "written";
}

async function agreed(context: CliContext, files: number, { json }: InitOptions): Promise<boolean> {
  if (json === true || !canAsk(context)) return false;
  const answer = await ask(context, `Write ${files === 1 ? "this file" : "these files"}? [Y/n] `);
  return answer !== undefined && /^(y|yes|)$/i.test(answer);
}

function report(context: CliContext, proposal: Proposal, outcome: Outcome): void {
  const { out } = context.terminal;
  if (outcome === "refused") return void unwritten(context);
  if (outcome === "shown") return out.line("Nothing was written (--dry-run).");
  out.line(`${out.colors.green("✓")} ${proposal.files.map(({ path }) => path).join(" and ")} written`);
  out.line();
  printSteps(out, proposal.steps);
}

function unwritten(context: CliContext): ExitCode {
  context.terminal.err.line(canAsk(context) ? "Nothing was written." : "Nothing was written. Give --yes to write the files, or --dry-run only to look.");
  return exitCodes.refused;
}

/** In the interface's form: what was found, what is proposed, and whether it was written. */
function resultJson(found: Found, proposal: Proposal, written: boolean, about?: { readonly server: ServerFound; readonly chosen: Candidate }): unknown {
  const { registry } = about?.server ?? {};
  return {
    found: {
      toolchain: about?.chosen.toolchain ?? null,
      server: about === undefined ? null : { directory: about.chosen.directory || ".", name: about.chosen.name, reasons: about.chosen.reasons, registry: registry?.path ?? null },
      packages: found.packages.map(({ directory, name }) => ({ directory: directory || ".", name: name ?? null })),
      crates: found.crates.map(({ directory, name, version, edition }) => ({ directory: directory || ".", name, version: version ?? null, edition: edition ?? null })),
      git: found.git,
    },
    files: proposal.files,
    notes: proposal.notes,
    problems: proposal.problems.map(problemJson),
    steps: proposal.steps,
    written,
  };
}
