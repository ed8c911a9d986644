import type { Executor } from "../database/connection.ts";
import type { Listener } from "../database/listener.ts";
import { parseProgress, progressChannel, readRunningProgress, type BuildProgress } from "./build-progress.ts";

/** The progress of running builds, for one reader. */
export interface ProgressWatch {
  /** What is new since the last call, each build's newest word only; at first how far every running build is. */
  take(): Promise<readonly BuildProgress[]>;
  /** Drops what is known of a build that is over: it must not be told after its end. */
  forget(buildId: string): void;
  stop(): void;
}

/** So many builds that are over are remembered, for words that come late. */
const remembered = 100;

/** Watches running builds, or one; `wake` is called when there may be something to take. */
export function watchProgress(db: Executor, listener: Listener, wake: () => void, buildId?: string): ProgressWatch {
  const heard = new Map<string, BuildProgress>();
  const over = new Set<string>();
  let mustLook = true;
  const keep = (progress: BuildProgress): void => {
    // Kept where it was in the order, or a busy build would hold back the others of a slow reader.
    if ((buildId === undefined || progress.build_id === buildId) && !over.has(progress.build_id)) heard.set(progress.build_id, progress);
  };
  const stop = listener.subscribe(progressChannel, (payload) => {
    const progress = parseProgress(payload);
    // The listening connection was lost: nobody knows what was missed.
    if (payload === undefined) mustLook = true;
    if (progress !== undefined) keep(progress);
    if (mustLook || heard.size > 0) wake();
  });
  return {
    take: async () => {
      if (mustLook) {
        mustLook = false;
        const running = await readRunningProgress(db);
        // What was heard while looking is newer than what was found.
        for (const progress of running) if (!heard.has(progress.build_id)) keep(progress);
      }
      const taken = [...heard.values()];
      heard.clear();
      return taken;
    },
    forget: (id) => {
      heard.delete(id);
      over.add(id);
      const [oldest] = over;
      if (over.size > remembered && oldest !== undefined) over.delete(oldest);
    },
    stop,
  };
}
