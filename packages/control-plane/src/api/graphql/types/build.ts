import type { AnsweredRequest } from "../../../build/requests-store.ts";
import { buildTransitions } from "../../../build/states.ts";
import type { BuildStep } from "../../../build/steps-store.ts";
import { toPublicId } from "../../../database/identifiers.ts";
import { snakeCase } from "../../snake-case.ts";
import { nextOf } from "../../views/build.ts";
import { builder } from "../builder.ts";
import { pageType } from "../pages.ts";
import { buildRef, releaseRef } from "../refs.ts";
import { namesOf } from "./names.ts";
import { composedModuleRef, deltaRef } from "./modules.ts";
import { failureRef } from "./problem.ts";

export const buildStatus = builder.enumType("BuildStatus", { values: namesOf(buildTransitions) });
export const buildStage = builder.enumType("BuildStage", { values: ["pending", "checkout", "build", "test", "deploy", "complete"] as const });

const stepRef = builder.objectRef<BuildStep>("BuildStep").implement({
  fields: (t) => ({
    name: t.exposeString("name"),
    status: t.exposeString("status"),
    startedAt: t.field({ type: "DateTime", nullable: true, resolve: ({ startedAt }) => startedAt }),
    finishedAt: t.field({ type: "DateTime", nullable: true, resolve: ({ finishedAt }) => finishedAt }),
  }),
});

const requestRef = builder.objectRef<Pick<AnsweredRequest, "requestedBy" | "reason" | "change" | "createdAt">>("BuildRequest").implement({
  description: "One of the requests that a build answers.",
  fields: (t) => ({
    requestedBy: t.exposeString("requestedBy"),
    reason: t.exposeString("reason"),
    change: t.field({ type: "JSON", resolve: ({ change }) => snakeCase(change) }),
    createdAt: t.field({ type: "DateTime", resolve: ({ createdAt }) => createdAt }),
  }),
});

type Next = NonNullable<ReturnType<typeof nextOf>>;

const restRef = builder.objectRef<NonNullable<Next["rest"]>>("BuildRest").implement({
  description: "A failed build's change without the modules that it failed by.",
  fields: (t) => ({
    without: t.exposeStringList("without", { description: "Slugs that are left out: what the problems name, and what needs it." }),
    change: t.field({ type: "JSON", description: "As ChangeInput takes it.", resolve: ({ change }) => change }),
  }),
});

const nextRef = builder.objectRef<Next>("BuildNext").implement({
  description: "What can be asked for after a build that failed or was cancelled.",
  fields: (t) => ({
    again: t.field({ type: "JSON", description: "The same change, as ChangeInput takes it. Where it would fail the same way again, only `force` builds it.", resolve: ({ again }) => again }),
    rest: t.field({ type: restRef, nullable: true, description: "Null where nobody is to blame or nothing is left.", resolve: ({ rest }) => rest }),
  }),
});

/** Fields of a build. */
export function describeBuilds(): void {
  buildRef.implement({
    description: "One run of the pipeline for one composition.",
    fields: (t) => ({
      id: t.id({ resolve: ({ id }) => toPublicId("bld", id) }),
      status: t.field({ type: buildStatus, resolve: ({ status }) => status }),
      stage: t.field({ type: buildStage, resolve: ({ stage }) => stage }),
      progress: t.exposeInt("progress", { description: "0 to 100." }),
      profile: t.exposeString("profile"),
      manifestRef: t.exposeString("manifestRef", { description: "The branch." }),
      manifestHash: t.exposeString("manifestHash"),
      buildKey: t.exposeString("buildKey", { nullable: true }),
      sourceCommit: t.exposeString("sourceCommit", { nullable: true }),
      resultCommit: t.exposeString("resultCommit", { nullable: true }),
      modulesDelta: t.field({ type: deltaRef, resolve: ({ modulesDelta }) => modulesDelta }),
      modules: t.field({ type: [composedModuleRef], resolve: ({ composition }) => composition?.modules ?? [] }),
      requestedBy: t.exposeString("requestedBy"),
      reason: t.exposeString("reason"),
      deployTo: t.exposeString("deployTo", { nullable: true, description: "The environment that it goes to when it succeeds." }),
      artifactDigest: t.exposeString("artifactDigest", { nullable: true }),
      artifactBytes: t.float({ nullable: true, resolve: ({ artifactBytes }) => artifactBytes }),
      error: t.field({ type: failureRef, nullable: true, resolve: ({ error }) => error }),
      attempt: t.exposeInt("attempt"),
      holder: t.string({ nullable: true, description: "The worker that runs it.", resolve: ({ status, leaseHolder }) => (status === "running" ? leaseHolder : null) }),
      cancelRequestedBy: t.exposeString("cancelRequestedBy", { nullable: true }),
      logsUrl: t.string({ description: "The log as REST gives it.", resolve: ({ id }, _args, { base }) => `${base}/admin/builds/${toPublicId("bld", id)}/logs` }),
      steps: t.field({ type: [stepRef], resolve: ({ id }, _args, { loaders }) => loaders.stepsOfBuild.load(id) }),
      requests: t.field({
        type: [requestRef],
        description: "Everything that was asked for and that this build answers; the first made it, the others were folded into it.",
        resolve: ({ id }, _args, { loaders }) => loaders.requestsOfBuild.load(id),
      }),
      next: t.field({
        type: nextRef,
        nullable: true,
        description: "What can be asked for now; null unless it failed or was cancelled, and for a build of several requests that failed: each of them is built by itself then.",
        resolve: async (build, _args, { loaders }) => nextOf(build, (await loaders.requestsOfBuild.load(build.id)).length),
      }),
      unfoldedFrom: t.field({
        type: buildRef,
        nullable: true,
        description: "The build of several requests that failed and of which this one is a part.",
        resolve: ({ unfoldedFrom }, _args, { loaders }) => (unfoldedFrom === null ? null : loaders.build.load(unfoldedFrom)),
      }),
      verifies: t.field({
        type: buildRef,
        nullable: true,
        description: "The build that this one makes again, to compare the artifacts: it publishes and lands nothing.",
        resolve: ({ verifies }, _args, { loaders }) => (verifies === null ? null : loaders.build.load(verifies)),
      }),
      releases: t.field({ type: [releaseRef], description: "What was made of it, newest first.", resolve: ({ id }, _args, { loaders }) => loaders.releasesOfBuild.load(id) }),
      startedAt: t.field({ type: "DateTime", nullable: true, resolve: ({ startedAt }) => startedAt }),
      finishedAt: t.field({ type: "DateTime", nullable: true, resolve: ({ finishedAt }) => finishedAt }),
      createdAt: t.field({ type: "DateTime", resolve: ({ createdAt }) => createdAt }),
      updatedAt: t.field({ type: "DateTime", resolve: ({ updatedAt }) => updatedAt }),
    }),
  });
}

export const buildPage = pageType("BuildPage", buildRef);
