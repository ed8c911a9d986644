import type { Tone } from "../../components/badge.tsx";

/** How an environment is, in a word. */
export interface ObservedStatus {
  readonly name: "running" | "starting" | "restarting" | "down" | "unknown" | "empty";
  readonly tone: Tone;
}

interface Seen {
  readonly active_release: { readonly release_id: string } | null;
  readonly observed?: unknown;
}

/** What the driver sees of the active release. `unknown`: it does not answer, which says nothing about the application. */
export function observedStatus({ active_release: active, observed }: Seen): ObservedStatus {
  if (active === null) return { name: "empty", tone: "neutral" };
  const { releases } = (observed ?? {}) as { readonly releases?: readonly { readonly release_id: string; readonly status: string }[] };
  const release = releases?.find((each) => each.release_id === active.release_id);
  if (release === undefined) return { name: "unknown", tone: "warn" };
  if (release.status === "running") return { name: "running", tone: "good" };
  if (release.status === "starting") return { name: "starting", tone: "busy" };
  return release.status === "backing_off" ? { name: "restarting", tone: "warn" } : { name: "down", tone: "bad" };
}
