import { getBuild } from "../../build/store.ts";
import type { ControlPlane } from "../../control-plane.ts";
import { toPublicId } from "../../database/identifiers.ts";
import { getRelease, type Release } from "../../release/store.ts";
import type { LockedVersion } from "../../toolchains/toolchain.ts";

/** A package whose locked versions are others in two releases. */
export interface LockChange {
  readonly name: string;
  /** None: it was not there. */
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** Where two releases differ below their modules. */
export interface ReleaseComparison {
  readonly from: Release;
  readonly to: Release;
  /** The commits that they were built from; null where the build's is not known. */
  readonly commits: { readonly from: string | null; readonly to: string | null };
  /** By name; undefined: a lockfile could not be read. */
  readonly locked: readonly LockChange[] | undefined;
}

/** Compares what two releases were built from, down to the packages of their lockfiles. */
export async function compareReleases(plane: ControlPlane, ids: { readonly from: string; readonly to: string }): Promise<ReleaseComparison> {
  const [from, to] = await Promise.all([getRelease(plane.handle.db, ids.from), getRelease(plane.handle.db, ids.to)]);
  const [before, after] = await Promise.all([commitOf(plane, from), commitOf(plane, to)]);
  const [locked, wanted] = await Promise.all([readLocked(plane, before), readLocked(plane, after)]);
  return { from, to, commits: { from: before, to: after }, locked: locked === undefined || wanted === undefined ? undefined : compareLocked(locked, wanted) };
}

async function commitOf({ handle }: ControlPlane, { buildId }: Release): Promise<string | null> {
  const { resultCommit, sourceCommit } = await getBuild(handle.db, toPublicId("bld", buildId));
  return resultCommit ?? sourceCommit;
}

async function readLocked({ reader, repository, toolchains }: ControlPlane, commit: string | null): Promise<readonly LockedVersion[] | undefined> {
  if (commit === null) return undefined;
  try {
    const { lockfileName, readLocked: read } = toolchains((await reader.hostAt(commit)).toolchain);
    const text = await repository.readFile(commit, lockfileName);
    return text === undefined ? undefined : read(text);
  } catch {
    // The branch was rewritten, and the commit is gone: what else is known can be compared.
    return undefined;
  }
}

/** What is locked otherwise, by name. */
export function compareLocked(from: readonly LockedVersion[], to: readonly LockedVersion[]): readonly LockChange[] {
  const [before, after] = [versionsByName(from), versionsByName(to)];
  return [...new Set([...before.keys(), ...after.keys()])]
    .toSorted()
    .map((name) => ({ name, from: before.get(name) ?? [], to: after.get(name) ?? [] }))
    .filter((change) => change.from.join() !== change.to.join());
}

function versionsByName(locked: readonly LockedVersion[]): ReadonlyMap<string, readonly string[]> {
  const groups = Map.groupBy(locked, ({ name }) => name);
  return new Map([...groups].map(([name, all]) => [name, [...new Set(all.map(({ version }) => version))].toSorted()]));
}
