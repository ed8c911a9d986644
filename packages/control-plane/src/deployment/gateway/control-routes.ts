import type { Observation } from "../targets/target.ts";
import { controlRoute, type ControlRoute } from "./control-server.ts";
import type { Fence } from "./fence.ts";
import { checkRequestSchema, claimRequestSchema, observeRequestSchema, shutdownRequestSchema, startRequestSchema, stopRequestSchema, switchRequestSchema } from "./protocol.ts";
import type { PublicServer } from "./public-server.ts";
import type { Releases } from "./releases.ts";
import type { ApplicationStarter } from "./sandbox/starter.ts";

/** What drivers may ask of a gateway. */
export interface Controlled {
  readonly releases: Releases;
  readonly starter: ApplicationStarter;
  readonly users: PublicServer;
  readonly fence: Fence;
  readonly observe: () => Promise<Observation>;
  /** Ends the gateway, once this request is answered. */
  readonly shutDown: () => Promise<void>;
}

/** The requests of the control socket. Each that changes something lets its driver in first, and none before it any more. */
export function controlRoutes({ releases, starter, users, fence, observe, shutDown }: Controlled): Readonly<Record<string, ControlRoute>> {
  return {
    observe: controlRoute(observeRequestSchema, observe),
    check: controlRoute(checkRequestSchema, ({ releaseId }) => releases.check(releaseId)),
    claim: controlRoute(claimRequestSchema, (driver) => fence.claim(driver.fence)),
    start: controlRoute(startRequestSchema, async ({ release, listen, sandbox, fence: own }) => {
      await fence.claim(own);
      await users.moveTo(listen);
      fence.assertPresent(own);
      starter.wish = sandbox ?? starter.wish;
      return releases.start(release);
    }),
    switch: controlRoute(switchRequestSchema, async ({ releaseId, drainTimeoutSeconds, fence: own }) => {
      await fence.claim(own);
      return releases.switch(releaseId, drainTimeoutSeconds, () => fence.assertPresent(own));
    }),
    stop: controlRoute(stopRequestSchema, async ({ releaseId, fence: own }) => {
      await fence.claim(own);
      await releases.stop(releaseId);
    }),
    shutdown: controlRoute(shutdownRequestSchema, shutDown),
  };
}
