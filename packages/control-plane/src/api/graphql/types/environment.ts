import { observe, urlOf } from "../../operations/environments.ts";
import { snakeCase } from "../../snake-case.ts";
import { deploymentRef, environmentRef, releaseRef } from "../refs.ts";

/** Fields of an environment. */
export function describeEnvironments(): void {
  environmentRef.implement({
    description: "Where releases run.",
    fields: (t) => ({
      name: t.string({ resolve: ({ settings }) => settings.name }),
      target: t.string({ description: "The driver.", resolve: ({ settings }) => settings.target }),
      url: t.string({ nullable: true, description: "Where users reach it, as it is set.", resolve: (environment) => urlOf(environment, undefined) }),
      activeRelease: t.field({ type: releaseRef, nullable: true, description: "What the records say.", resolve: ({ settings }, _args, { loaders }) => loaders.activeRelease.load(settings.name) }),
      deployment: t.field({ type: deploymentRef, nullable: true, description: "The newest.", resolve: ({ settings }, _args, { loaders }) => loaders.newestDeployment.load(settings.name) }),
      observed: t.field({
        type: "JSON",
        nullable: true,
        complexity: 50,
        description: "What the driver sees now; null when it does not answer, or there was never a release.",
        resolve: async (environment, _args, { plane, loaders }) => snakeCase(await observe(plane, environment, await loaders.activeRelease.load(environment.settings.name))),
      }),
    }),
  });
}
