import { mkdir, readdir, rm } from "node:fs/promises";
import { join, posix } from "node:path";
import type { Problem } from "../../errors/problem.ts";
import type { ModuleSpec } from "../../manifest/manifest.ts";
import { failed } from "../shared/command-failure.ts";
import { serverDirectory } from "../shared/server-directory.ts";
import { vendorDirectory } from "../shared/vendor-directory.ts";
import type { ResolvedModule, StepOutcome, ToolchainContext } from "../toolchain.ts";
import { type Declaration, declare } from "./declarations.ts";
import { ensureTree, finishTree, startFromTree } from "./install.ts";
import { findInLock, type Lockfile, readLockfile } from "./lockfile.ts";
import { type PackageJson, readPackageJson } from "./package-json.ts";
import { runNpm } from "./run-npm.ts";

type Resolution = StepOutcome & { readonly resolved?: readonly ResolvedModule[] };

/** See `Toolchain.resolve`. Also installs, since this is the last step with a network; when all is declared already, npm does not run at all. */
export async function resolve(context: ToolchainContext, modules: readonly ModuleSpec[], removed: readonly ModuleSpec[]): Promise<Resolution> {
  const declared = await declareAll(modules, context);
  if ("ok" in declared) return declared;
  const before = await readLockfile(context.workspace);
  if (!before.ok) return { ok: false, problems: [before.problems[0] as Problem], excerpt: [] };
  const server = serverDirectory(context.host);
  const packageJson = await readPackageJson(join(context.workspace, server));
  const change = changeOf(declared.declarations, removed, packageJson, before.value);
  const outcome = change.install.length + change.uninstall.length === 0 && before.value !== undefined ? await ensureTree(context, before.value) : await applyChange(context, change, before.value, modules);
  if (!outcome.ok) return outcome;
  const after = await readLockfile(context.workspace);
  if (!after.ok || after.value === undefined) throw new Error("npm left no lockfile");
  return { ok: true, resolved: resolvedModules(declared.declarations, after.value, server) };
}

async function declareAll(modules: readonly ModuleSpec[], context: ToolchainContext): Promise<{ readonly declarations: readonly Declaration[] } | (StepOutcome & { readonly ok: false })> {
  const results = await Promise.all(modules.map((spec) => declare(spec, context)));
  const problems = results.flatMap((result) => (result.ok ? [] : result.problems));
  const [first, ...rest] = problems;
  if (first !== undefined) return { ok: false, problems: [first, ...rest], excerpt: [] };
  return { declarations: results.flatMap((result) => (result.ok ? [result.value] : [])) };
}

interface DependencyChange {
  readonly install: readonly Declaration[];
  readonly uninstall: readonly string[];
}

function changeOf(declarations: readonly Declaration[], removed: readonly ModuleSpec[], packageJson: PackageJson | undefined, lockfile: Lockfile | undefined): DependencyChange {
  const dependencies = packageJson?.dependencies ?? {};
  const install = declarations.filter(({ spec, matches }) => {
    const declared = dependencies[spec.packageName];
    return declared === undefined || lockfile === undefined || !matches(declared, lockfile);
  });
  const wanted = new Set(declarations.map(({ spec }) => spec.packageName));
  const uninstall = removed.map(({ packageName }) => packageName).filter((name) => name in dependencies && !wanted.has(name));
  return { install, uninstall };
}

async function applyChange(context: ToolchainContext, change: DependencyChange, before: Lockfile | undefined, modules: readonly ModuleSpec[]): Promise<StepOutcome> {
  const server = serverDirectory(context.host);
  const where = server === "" ? [] : ["--workspace", server];
  const hasTree = before !== undefined && (await startFromTree(context, before));
  const how = hasTree ? [] : ["--package-lock-only"];
  if (change.uninstall.length > 0) {
    const outcome = await runNpm(context, ["uninstall", ...how, ...where, "--", ...change.uninstall], modules);
    if (!outcome.ok) return outcome;
  }
  if (change.install.length > 0 || before === undefined) {
    const requests = await requestsOf(context, change.install, modules);
    if ("ok" in requests) return requests;
    const outcome = await runNpm(context, ["install", "--save-exact", ...how, ...(requests.length === 0 ? [] : [...where, "--", ...requests])], modules);
    if (!outcome.ok) return outcome;
  }
  return finishTree(context, hasTree);
}

async function requestsOf(context: ToolchainContext, declarations: readonly Declaration[], modules: readonly ModuleSpec[]): Promise<string[] | (StepOutcome & { readonly ok: false })> {
  const requests: string[] = [];
  for (const declaration of declarations) {
    if (declaration.external === undefined) requests.push(declaration.request);
    else {
      const packed = await packExternal(context, declaration.spec, declaration.external, modules);
      if (typeof packed !== "string") return packed;
      requests.push(`${declaration.spec.packageName}@file:${packed}`);
    }
  }
  return requests;
}

/** A directory outside the host is no part of its repository: its packed form is taken in, byte for byte the same for the same files. */
async function packExternal(context: ToolchainContext, spec: ModuleSpec, directory: string, modules: readonly ModuleSpec[]): Promise<string | (StepOutcome & { readonly ok: false })> {
  const destination = join(context.workspace, vendorDirectory, spec.slug);
  await rm(destination, { recursive: true, force: true });
  await mkdir(destination, { recursive: true });
  const outcome = await runNpm(context, ["pack", "--pack-destination", destination, "--", directory], modules);
  if (!outcome.ok) return outcome;
  const [file] = await readdir(destination);
  if (file === undefined) return failed({ code: "descriptor_missing", message: `npm packed nothing for ${spec.slug}`, hint: "Look at the build's log.", module: spec.slug });
  return posix.join(vendorDirectory, spec.slug, file);
}

function resolvedModules(declarations: readonly Declaration[], lockfile: Lockfile, server: string): ResolvedModule[] {
  return declarations.map(({ spec, commit }) => {
    const entry = findInLock(lockfile.packages, server, spec.packageName)?.entry;
    const actual = entry?.link === true ? lockfile.packages.get(entry.resolved ?? "") : entry;
    const integrity = commit ?? actual?.integrity;
    return { slug: spec.slug, version: actual?.version ?? "0.0.0", ...(integrity === undefined ? {} : { integrity }) };
  });
}
