import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { problem, type Problem } from "../../errors/problem.ts";
import type { StepOutcome, ToolchainContext } from "../toolchain.ts";
import { movedAway, noteLent, readLent } from "./lent-trees.ts";
import { type Lockfile, lockfileName, readLockfile } from "./lockfile.ts";
import { runNpm } from "./run-npm.ts";
import { readMark, removeTrees, TreeCache, treeKey, writeMark } from "./tree-cache.ts";
import { placeInside } from "./tree-places.ts";
import { verifyTree } from "./verify-tree.ts";

/** Puts a tree into the workspace that npm can change with little work: the one of the present lockfile, or the nearest. */
export async function startFromTree(context: ToolchainContext, lockfile: Lockfile): Promise<boolean> {
  if (!context.useCache) return false;
  const cache = new TreeCache(context.cacheDirectory);
  const key = await treeKey(context.workspace, lockfile);
  if (await cache.lend(key, context.workspace)) return true;
  const nearest = await cache.nearest(lockfile);
  return nearest !== undefined && cache.lend(nearest, context.workspace);
}

/** After npm changed lockfile and tree: checks the tree against the lockfile, installs from nothing where it differs, and keeps it. */
export async function finishTree(context: ToolchainContext, hasTree: boolean): Promise<StepOutcome> {
  const lockfile = await presentLockfile(context.workspace);
  if (!lockfile.ok) return lockfile;
  const differences = hasTree ? await verifyTree(context.workspace, lockfile.value) : undefined;
  if (differences !== undefined && differences.length > 0) context.log(`The installed tree differs from the lockfile (${differences.slice(0, 3).join("; ")}); installing from nothing.`);
  if (differences?.length !== 0) {
    const outcome = await cleanInstall(context, lockfile.value);
    if (!outcome.ok) return outcome;
  }
  return keepTree(context, lockfile.value);
}

/** Makes sure that the tree of an unchanged lockfile can be had without a network. */
export async function ensureTree(context: ToolchainContext, lockfile: Lockfile): Promise<StepOutcome> {
  const key = await treeKey(context.workspace, lockfile);
  if (context.useCache && (await new TreeCache(context.cacheDirectory).has(key))) return { ok: true };
  const started = await startFromTree(context, lockfile);
  if (started && (await runNpm(context, ["install"], [])).ok && (await readFile(join(context.workspace, lockfileName), "utf8")) === lockfile.text) return finishTree(context, true);
  await writeFile(join(context.workspace, lockfileName), lockfile.text);
  return finishTree(context, false);
}

/**
 * Puts the lockfile's exact tree into the workspace, without a network. With `writable` it is a copy that build code may
 * change; otherwise it may be the cache's own files, and then `lentDirectories` says what the sandbox has to protect.
 */
export async function installLocked(context: ToolchainContext, writable: boolean): Promise<StepOutcome> {
  const lockfile = await presentLockfile(context.workspace);
  if (!lockfile.ok) return lockfile;
  const key = await treeKey(context.workspace, lockfile.value);
  const lent = await readLent(context.workspace);
  const moved = lent === undefined ? [] : await movedAway(context.workspace, lent);
  if (moved.length > 0) return { ok: false, problems: [problem("path_refused", `the host's own commands moved ${moved.join(" and ")}, whose files other builds share`, { hint: "Let builds leave installed packages where npm put them." })], excerpt: [] };
  if ((await readMark(context.workspace)) === key || (lent !== undefined && !writable)) return { ok: true };
  // By what was lent, not by what the lockfile says now: nothing of it may be left where build code can write.
  for (const { path } of lent ?? []) await rm(await placeInside(context.workspace, path), { recursive: true, force: true });
  if (context.useCache && !writable && (await new TreeCache(context.cacheDirectory).lend(key, context.workspace))) {
    await noteLent(context.workspace, lockfile.value);
    return { ok: true };
  }
  if (context.useCache && (await new TreeCache(context.cacheDirectory).restore(key, context.workspace))) return { ok: true };
  await removeTrees(context.workspace, lockfile.value);
  const outcome = await runNpm(context, ["ci", "--offline"], [], "none");
  if (outcome.ok) await writeMark(context.workspace, key);
  return outcome;
}

/** Directories of a tree that is the cache's own, as absolute paths; empty when the workspace has a tree for itself. */
export async function lentDirectories(workspace: string): Promise<string[]> {
  return ((await readLent(workspace)) ?? []).map(({ path }) => join(workspace, path));
}

async function cleanInstall(context: ToolchainContext, lockfile: Lockfile): Promise<StepOutcome> {
  await removeTrees(context.workspace, lockfile);
  return runNpm(context, ["ci"], []);
}

async function keepTree(context: ToolchainContext, lockfile: Lockfile): Promise<StepOutcome> {
  const key = await treeKey(context.workspace, lockfile);
  if (context.useCache) await new TreeCache(context.cacheDirectory).store(key, context.workspace, lockfile);
  else await writeMark(context.workspace, key);
  return { ok: true };
}

async function presentLockfile(workspace: string): Promise<{ readonly ok: true; readonly value: Lockfile } | (StepOutcome & { readonly ok: false })> {
  const read = await readLockfile(workspace);
  if (!read.ok) return { ok: false, problems: [read.problems[0] as Problem], excerpt: [] };
  if (read.value !== undefined) return { ok: true, value: read.value };
  const missing: Problem = { code: "lockfile_out_of_date", message: `the host has no ${lockfileName}`, hint: "Run `npm install` in the host and commit the lockfile.", location: { file: lockfileName } };
  return { ok: false, problems: [missing], excerpt: [] };
}
