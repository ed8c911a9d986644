import { z } from "zod";

/** What of a driver's observation people are shown. */
const observedShape = z.object({
  active_release_id: z.string().optional(),
  releases: z.array(z.object({ release_id: z.string(), status: z.string(), restarts: z.number(), started_at: z.string().optional() })),
});

/** How an environment is, in one word, and whether that is well. */
export interface Health {
  readonly word: string;
  readonly isWell: boolean;
}

/** Compares what the records say with what the driver sees. */
export function healthOf(active: string | undefined, observed: unknown): Health {
  if (active === undefined) return { word: "empty", isWell: true };
  const seen = observedShape.safeParse(observed).data;
  if (seen === undefined) return { word: "not answering", isWell: false };
  const release = seen.releases.find((each) => each.release_id === active);
  if (release === undefined || seen.active_release_id !== active) return { word: "not serving its release", isWell: false };
  const restarts = release.restarts === 0 ? "" : `, restarted ${release.restarts === 1 ? "once" : `${release.restarts} times`}`;
  return { word: `${release.status.replaceAll("_", " ")}${restarts}`, isWell: release.status === "running" };
}
