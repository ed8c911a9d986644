import { toPublicId } from "../database/identifiers.ts";
import { openWorkSpan, type WorkSpan } from "../telemetry/tracing/spans.ts";
import type { HeldDeployment } from "./record.ts";

/** The span of a deployment, the same in each process that works at it. */
export function deploymentSpan({ deployment, release }: HeldDeployment): WorkSpan {
  return openWorkSpan({
    name: "deployment",
    uuid: deployment.id,
    traceparent: deployment.traceparent,
    startedAt: deployment.startedAt,
    attributes: {
      "modyard.deployment.id": toPublicId("dpl", deployment.id),
      "modyard.deployment.kind": deployment.kind,
      "modyard.deployment.attempt": deployment.attempt,
      "modyard.environment": deployment.environment,
      "modyard.build.id": toPublicId("bld", deployment.buildId),
      "modyard.release.id": release.id,
      "modyard.modules": release.composition.modules.map(({ slug }) => slug),
    },
  });
}
