import type { Target } from "../../packages/control-plane/src/deployment/targets/target.ts";

type Fenced<Name extends "prepare" | "start" | "switch" | "stop"> = Target[Name] extends (...args: [...infer Rest, number]) => infer Answer ? (...args: Rest) => Answer : never;

/** A target as the one worker drives it who has the lease all the time. */
export type HeldTarget<T extends Target = Target> = Omit<T, "prepare" | "start" | "switch" | "stop"> & {
  readonly [Name in "prepare" | "start" | "switch" | "stop"]: Fenced<Name>;
};

/** For tests that are not about leases: every call carries this fence. */
export function heldTarget<T extends Target>(target: T, fence = 1): HeldTarget<T> {
  return {
    ...target,
    prepare: (release) => target.prepare(release, fence),
    start: (release) => target.start(release, fence),
    switch: (releaseId, drainTimeoutSeconds) => target.switch(releaseId, drainTimeoutSeconds, fence),
    stop: (releaseId) => target.stop(releaseId, fence),
  };
}
