import { isFinal } from "../../../build/states.ts";
import { findBuild, getBuild, type Build } from "../../../build/store.ts";
import { toPublicId } from "../../../database/identifiers.ts";
import { parseProgress, progressChannel } from "../../../events/build-progress.ts";
import { journalChannel } from "../../../journal/journal.ts";
import type { GraphqlContext } from "../context.ts";
import { follow } from "./follow.ts";

/** The build as it is, whenever that is another than what was told last: a state, so that a reader who comes back misses nothing. */
export async function followProgress(context: GraphqlContext, id: string): Promise<AsyncIterableIterator<Build>> {
  const { handle, listener } = context.plane;
  const { id: uuid } = await getBuild(handle.db, id);
  const publicId = toPublicId("bld", uuid);
  let told: Build | undefined;
  return follow<Build>(context, {
    after: 0,
    read: async () => {
      const build = await findBuild(handle.db, uuid);
      if (build === undefined || (told !== undefined && isSame(told, build))) return [];
      told = build;
      return [build];
    },
    idOf: () => undefined,
    subscribe: (wake) => {
      const stopJournal = listener.subscribe(journalChannel, wake);
      const stopProgress = listener.subscribe(progressChannel, (payload) => (payload === undefined || parseProgress(payload)?.build_id === publicId) && wake());
      return () => {
        stopJournal();
        stopProgress();
      };
    },
    isOver: async () => {
      const build = await findBuild(handle.db, uuid);
      return build === undefined || isFinal(build.status);
    },
  });
}

function isSame(one: Build, other: Build): boolean {
  return one.status === other.status && one.stage === other.stage && one.progress === other.progress && one.attempt === other.attempt;
}
