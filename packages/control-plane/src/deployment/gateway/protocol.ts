import { z } from "zod";
import { sandboxWishSchema } from "./sandbox/rules.ts";
import type { Liveness, Observation, ObservedRelease } from "../targets/target.ts";

/** What control plane and gateway say to each other over the control socket: JSON, one request per call, each idempotent. */

/** Release ids become file names: nothing that leaves a directory or hides a file. */
export const releaseIdSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$/);

const withoutNul = z.string().refine((text) => !text.includes("\0"), "must not hold a NUL character");

const livenessSchema: z.ZodType<Liveness> = z.strictObject({
  intervalSeconds: z.number().min(0.01).max(86_400),
  timeoutSeconds: z.number().min(0.01).max(86_400),
  failures: z.number().int().min(0),
  startSeconds: z.number().min(0).max(86_400),
});

/** When and why a release was started again last. */
export const restartSchema = z.object({ at: z.string(), kind: z.enum(["ended", "silent"]), reason: z.string() });
export type Restart = z.infer<typeof restartSchema>;

/** How to run one release. `directory` is absolute here. */
export const runnableReleaseSchema = z.strictObject({
  releaseId: releaseIdSchema,
  buildId: z.string().max(128),
  artifactDigest: z.string().max(256),
  command: z.tuple([withoutNul.min(1)], withoutNul),
  directory: withoutNul.startsWith("/"),
  env: z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_.-]*$/), withoutNul),
  healthPath: z.string().max(2048),
  liveness: livenessSchema.exactOptional(),
});
export type RunnableRelease = z.infer<typeof runnableReleaseSchema>;

/** The token of the caller's lease. */
const fenceSchema = z.number().int().min(0);

/** Says that from now on no smaller fence is taken. */
export const claimRequestSchema = z.strictObject({ fence: fenceSchema });
/**
 * `listen` is the address that the environment's settings name now; the gateway moves there when it is another. `sandbox` is what the operator lets
 * applications see now: it holds for every start from this one on, restarts of other releases too.
 */
export const startRequestSchema = z.strictObject({ release: runnableReleaseSchema, listen: z.string().max(300), sandbox: sandboxWishSchema.exactOptional(), fence: fenceSchema });
export const checkRequestSchema = z.strictObject({ releaseId: releaseIdSchema });
export const switchRequestSchema = z.strictObject({ releaseId: releaseIdSchema, drainTimeoutSeconds: z.number().min(0).max(86_400), fence: fenceSchema });
export const stopRequestSchema = z.strictObject({ releaseId: releaseIdSchema, fence: fenceSchema });
export const observeRequestSchema = z.strictObject({});
export const shutdownRequestSchema = z.strictObject({});

export const switchResponseSchema = z.object({ drained: z.boolean() });

export const observedReleaseSchema: z.ZodType<ObservedRelease> = z.object({
  releaseId: z.string(),
  status: z.enum(["starting", "running", "backing_off", "stopped", "failed"]),
  pid: z.number().exactOptional(),
  address: z.string().exactOptional(),
  restarts: z.number(),
  lastRestart: restartSchema.exactOptional(),
  startedAt: z.string().exactOptional(),
  exit: z.object({ code: z.number().nullable(), signal: z.string().nullable() }).exactOptional(),
  inFlight: z.number().exactOptional(),
  lastLines: z.array(z.string()),
});

export const observationSchema: z.ZodType<Observation> = z.object({
  environment: z.string(),
  activeReleaseId: z.string().exactOptional(),
  releases: z.array(observedReleaseSchema),
  url: z.string().exactOptional(),
  gatewayPid: z.number().exactOptional(),
  fence: z.number().exactOptional(),
  sandbox: z.enum(["asked", "off"]).exactOptional(),
});

/** A refusal: problems of the catalogue, as the control plane passes them on. */
export const refusalSchema = z.object({
  problems: z.array(z.object({ code: z.string(), message: z.string(), hint: z.string() })).min(1),
});
