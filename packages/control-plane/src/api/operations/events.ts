import type { ControlPlane } from "../../control-plane.ts";
import { actionsOf } from "../../events/event-types.ts";
import type { RecordedEntry } from "../../journal/journal.ts";
import { readNewestJournal } from "../../journal/search.ts";
import { unknownCursor } from "../views/common.ts";
import { readPage, type Page, type PageWish } from "./page.ts";

/** Which entries of the journal are wanted, newest first. */
export interface EventsWish extends PageWish {
  readonly subject?: string | undefined;
  readonly actor?: string | undefined;
  /** `subject.verb`, or all of a subject's: `build.*`. */
  readonly action?: string | undefined;
  /** Public types of event. */
  readonly types?: readonly string[] | undefined;
  readonly environment?: string | undefined;
  /** Everything that one request did and caused. */
  readonly requestId?: string | undefined;
  readonly since?: Date | undefined;
  /** Not that moment itself. */
  readonly until?: Date | undefined;
  /** Words of the reason and the details, or how they begin. */
  readonly text?: string | undefined;
}

export function pageOfEvents({ handle }: ControlPlane, { limit, cursor, subject, types, ...filter }: EventsWish): Promise<Page<RecordedEntry>> {
  const before = cursor === undefined ? undefined : Number(cursor);
  if (before !== undefined && (!Number.isSafeInteger(before) || before < 1)) return unknownCursor(cursor ?? "");
  const wanted = { ...filter, before, subjectId: subject, actions: types === undefined ? undefined : actionsOf(types) };
  return readPage(limit, (most) => readNewestJournal(handle.db, { ...wanted, limit: most }), ({ id }) => String(id));
}
