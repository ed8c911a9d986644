import { getDeployment } from "../../../deployment/store.ts";
import { getRelease } from "../../../release/store.ts";
import { pageOfDeployments } from "../../operations/deployments.ts";
import { pageOfReleases } from "../../operations/releases.ts";
import { builder } from "../builder.ts";
import { pageArguments, pageCost, pageWish } from "../pages.ts";
import { deploymentRef, environmentRef, releaseRef } from "../refs.ts";
import { deploymentPage } from "../types/deployment.ts";
import { releasePage } from "../types/release.ts";

/** Adds the fields to Query. */
export function releaseQueries(): void {
  builder.queryFields((t) => ({
    releases: t.field({
      type: releasePage,
      description: "Releases, newest first.",
      complexity: pageCost,
      args: { ...pageArguments, environment: t.arg.string() },
      resolve: (_root, { environment, ...page }, { plane }) => pageOfReleases(plane, { ...pageWish(page), environment: environment ?? undefined }),
    }),
    release: t.field({
      type: releaseRef,
      args: { id: t.arg.id({ required: true }) },
      resolve: (_root, { id }, { plane }) => getRelease(plane.handle.db, id),
    }),
    deployments: t.field({
      type: deploymentPage,
      description: "Deployments, newest first.",
      complexity: pageCost,
      args: { ...pageArguments, environment: t.arg.string(), buildId: t.arg.id(), releaseId: t.arg.id() },
      resolve: (_root, { environment, buildId, releaseId, ...page }, { plane }) =>
        pageOfDeployments(plane, { ...pageWish(page), environment: environment ?? undefined, build: buildId ?? undefined, releaseId: releaseId ?? undefined }),
    }),
    deployment: t.field({
      type: deploymentRef,
      args: { id: t.arg.id({ required: true }) },
      resolve: (_root, { id }, { plane }) => getDeployment(plane.handle.db, id),
    }),
    environments: t.field({
      type: [environmentRef],
      description: "Every environment of the host.",
      resolve: (_root, _args, { plane }) => plane.environments.list(),
    }),
    environment: t.field({
      type: environmentRef,
      args: { name: t.arg.string({ required: true }) },
      resolve: (_root, { name }, { plane }) => plane.environments.get(name),
    }),
  }));
}
