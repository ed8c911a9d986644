import { claimArtifact } from "../build/artifacts/keep.ts";
import type { Build } from "../build/store.ts";
import type { Executor } from "../database/connection.ts";
import { toPublicId } from "../database/identifiers.ts";
import { fail } from "../errors/problem.ts";
import { askedFor, namedBy } from "../journal/asker.ts";
import { appendJournal } from "../journal/journal.ts";
import type { Surface } from "../manifest/host-descriptor.ts";
import { findActiveRelease, type Release } from "./store.ts";

/** What a release is cut from. */
export interface CutRequest {
  readonly build: Build;
  readonly environment: string;
  readonly surfaces: readonly Surface[];
  readonly actor: string;
  /** Whom a token named. */
  readonly requestedBy?: string;
  readonly reason: string;
}

/** Makes a successful build's artifact a release of one environment. Nothing runs yet. */
export async function cutRelease(trx: Executor, request: CutRequest): Promise<Release> {
  const { build, environment } = request;
  const { artifactDigest, composition, resultCommit } = assertReleasable(build);
  const previous = await findActiveRelease(trx, environment);
  const values = {
    status: "pending",
    buildId: build.id,
    environment,
    artifactDigest,
    surfaces: JSON.stringify(request.surfaces),
    manifestHash: build.manifestHash,
    sourceCommit: resultCommit,
    composition: JSON.stringify(composition),
    previousReleaseId: previous?.id ?? null,
    containerImage: null,
  };
  const now = new Date();
  for (let attempt = 1; ; attempt += 1) {
    const insert = trx.insertInto("releases").values({ ...values, id: releaseId(now, attempt) });
    const row = await insert.onConflict((conflict) => conflict.column("id").doNothing()).returningAll().executeTakeFirst();
    if (row === undefined) continue;
    await claimArtifact(trx, artifactDigest);
    await appendJournal(trx, {
      actor: request.actor,
      action: "release.created",
      subjectType: "release",
      subjectId: row.id,
      reason: request.reason,
      details: { artifact: artifactDigest, commit: resultCommit, previousReleaseId: values.previousReleaseId, buildId: toPublicId("bld", build.id), environment, ...namedBy(askedFor(request.actor, request.requestedBy ?? request.actor)) },
    });
    return row as Release;
  }
}

/** A build that a release can be cut from. */
export type ReleasableBuild = Build & { readonly artifactDigest: string; readonly composition: NonNullable<Build["composition"]>; readonly resultCommit: string };

/** The build with everything that a release needs; throws when it did not succeed. */
export function assertReleasable(build: Build): ReleasableBuild {
  const { artifactDigest, composition, resultCommit } = build;
  if (build.status !== "success" || artifactDigest === null || composition === null || resultCommit === null) {
    return fail("build_not_successful", `build ${toPublicId("bld", build.id)} is ${build.status}; there is nothing to release`);
  }
  return { ...build, artifactDigest, composition, resultCommit };
}

/** `rel_20261121_120000` (UTC), with `_2`, `_3` … for further ones of the same second. */
export function releaseId(at: Date, attempt: number): string {
  const digits = at.toISOString().replaceAll(/[-:]/g, "");
  const base = `rel_${digits.slice(0, 8)}_${digits.slice(9, 15)}`;
  return attempt === 1 ? base : `${base}_${attempt}`;
}
