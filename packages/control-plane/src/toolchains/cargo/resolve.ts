import { ModyardError, problem, type Problem } from "../../errors/problem.ts";
import type { ModuleSpec } from "../../manifest/manifest.ts";
import type { ResolvedModule, StepOutcome, ToolchainContext } from "../toolchain.ts";
import { cargoManifestName } from "./cargo-manifest.ts";
import { type Declaration, declare } from "./declarations.ts";
import { declareIn, importNameOf, lockedFor, readServerManifest, type ServerManifest, writeServerManifest } from "./declared-dependencies.ts";
import { type Fetch, fetchAll, markFetched, wasFetched } from "./fetch.ts";
import { refuseHostConfig } from "./host-config.ts";
import { type Lockfile, readLockfile } from "./lockfile.ts";
import { findRustTools } from "./rust-tools.ts";
import { leaveOut, takeIn } from "./vendor.ts";

type Refusal = StepOutcome & { readonly ok: false };
type Resolution = StepOutcome & { readonly resolved?: readonly ResolvedModule[] };

/** See `Toolchain.resolve`. Also downloads, since this is the last step with a network; when all is declared, locked and fetched already, cargo does not run at all. */
export async function resolve(context: ToolchainContext, modules: readonly ModuleSpec[], removed: readonly ModuleSpec[]): Promise<Resolution> {
  const config = await refuseHostConfig(context.workspace);
  if (config !== undefined) return refusal([config]);
  const [tools, declared, before] = await Promise.all([findRustTools(context.workspace), declareAll(modules, context), readLockfile(context.workspace)]);
  if (!tools.ok) return refusal(tools.problems);
  if ("ok" in declared) return declared;
  if (!before.ok) return refusal(before.problems);
  const taken = await told(() => takeInAll(declared.declarations, removed, context.workspace));
  if (taken !== undefined) return taken;
  // Only now: where the server is the workspace's root, it is the same file.
  const server = await readServerManifest(context.workspace, context.host);
  if (!server.ok) return refusal(server.problems);
  const text = await told(() => declareIn(server.value, declared.declarations, removed, before.value));
  if (typeof text !== "string") return text;
  await writeServerManifest(context.workspace, server.value, text);
  const isSettled = text === server.value.text && before.value !== undefined && fitsAll(server.value, declared.declarations, before.value);
  const fetch: Fetch = { context, tools: tools.value, modules, server: server.value.manifest.name };
  if (!(isSettled && context.useCache && (await wasFetched(fetch)))) {
    const outcome = await fetchAll(fetch);
    if (!outcome.ok) return outcome;
    await markFetched(fetch);
  }
  const after = await readLockfile(context.workspace);
  if (!after.ok || after.value === undefined) throw new Error("cargo left no lockfile");
  const { value: lockfile } = after;
  if (declared.declarations.some(({ spec }) => lockedFor(server.value, spec, lockfile) === undefined)) return refusal([noMember(server.value)]);
  return { ok: true, resolved: resolvedModules(server.value, declared.declarations, lockfile) };
}

/** cargo looks at the workspace's members only, so what another crate declares is not locked. */
function noMember({ file, manifest }: ServerManifest): Problem {
  return problem("cargo_manifest_invalid", `The host's workspace does not have ${manifest.name} (${file}) among its members`, { location: { file: cargoManifestName }, hint: "Add its directory to `members` of [workspace] in the host's Cargo.toml." });
}

async function declareAll(modules: readonly ModuleSpec[], context: ToolchainContext): Promise<{ readonly declarations: readonly Declaration[] } | Refusal> {
  const results = await Promise.all(modules.map((spec) => declare(spec, context)));
  const problems = results.flatMap((result) => (result.ok ? [] : result.problems));
  return problems.length > 0 ? refusal(problems) : { declarations: results.flatMap((result) => (result.ok ? [result.value] : [])) };
}

async function takeInAll(declarations: readonly Declaration[], removed: readonly ModuleSpec[], workspace: string): Promise<Refusal | undefined> {
  const kept = new Set(declarations.map(({ spec }) => spec.slug));
  for (const spec of removed) if (!kept.has(spec.slug)) await leaveOut(spec, workspace);
  for (const { spec, external } of declarations) {
    const reason = external === undefined ? await leaveOut(spec, workspace) : await takeIn(spec, external, workspace);
    if (reason !== undefined) return refusal([reason]);
  }
  return undefined;
}

/** Problems that are thrown, as a step's outcome. */
async function told<T>(act: () => T | Promise<T>): Promise<T | Refusal> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof ModyardError) return refusal(error.problems);
    throw error;
  }
}

function fitsAll(server: ServerManifest, declarations: readonly Declaration[], lockfile: Lockfile): boolean {
  return declarations.every(({ spec, fits }) => {
    const locked = lockedFor(server, spec, lockfile);
    return locked !== undefined && fits(locked);
  });
}

function resolvedModules(server: ServerManifest, declarations: readonly Declaration[], lockfile: Lockfile): ResolvedModule[] {
  return declarations.map(({ spec, commit }) => {
    const locked = lockedFor(server, spec, lockfile);
    const integrity = commit ?? locked?.checksum;
    const importName = importNameOf(server, spec);
    return { slug: spec.slug, version: locked?.version ?? "0.0.0", ...(integrity === undefined ? {} : { integrity }), ...(importName === undefined ? {} : { importName }) };
  });
}

function refusal(problems: readonly Problem[]): Refusal {
  const [first, ...rest] = problems;
  if (first === undefined) throw new Error("a refusal without a problem");
  return { ok: false, problems: [first, ...rest], excerpt: [] };
}
