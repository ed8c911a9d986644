import { toPublicId } from "../database/identifiers.ts";
import { openWorkSpan, type WorkSpan } from "../telemetry/tracing/spans.ts";
import type { Build } from "./store.ts";

/** The span of a build, the same in each process that works at it. */
export function buildSpan(build: Build): WorkSpan {
  const { added, removed, changed } = build.modulesDelta;
  return openWorkSpan({
    name: "build",
    uuid: build.id,
    traceparent: build.traceparent,
    startedAt: build.startedAt,
    attributes: {
      "modyard.build.id": toPublicId("bld", build.id),
      "modyard.build.attempt": build.attempt,
      "modyard.branch": build.manifestRef,
      "modyard.modules": [...added, ...removed, ...changed].map(({ slug }) => slug),
      ...(build.deployTo !== null && { "modyard.environment": build.deployTo }),
    },
  });
}
