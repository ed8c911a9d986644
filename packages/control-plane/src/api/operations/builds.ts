import { cancelBuild } from "../../build/cancel.ts";
import type { BuildStatus } from "../../build/states.ts";
import { listBuilds, type Build } from "../../build/store.ts";
import type { Principal } from "../../access/principal.ts";
import type { ControlPlane } from "../../control-plane.ts";
import { toPublicId, toUuid } from "../../database/identifiers.ts";
import { unknownCursor } from "../views/common.ts";
import type { After } from "./after.ts";
import { readPage, type Page, type PageWish } from "./page.ts";

/** Which builds are wanted, newest first. */
export interface BuildsWish extends PageWish {
  readonly status?: BuildStatus | undefined;
  readonly branch?: string | undefined;
  readonly deployTo?: string | undefined;
}

export function pageOfBuilds({ handle }: ControlPlane, { limit, cursor, ...filter }: BuildsWish): Promise<Page<Build>> {
  const before = cursor === undefined ? undefined : (toUuid("bld", cursor) ?? unknownCursor(cursor));
  return readPage(limit, (most) => listBuilds(handle.db, { ...filter, before, limit: most }), ({ id }) => toPublicId("bld", id));
}

/** Cancels a build: at once while it waits, else by its worker. */
export function cancel(plane: ControlPlane, principal: Principal, wish: { readonly id: string; readonly reason: string }, after: After<Build>): Promise<Build> {
  return cancelBuild(plane, wish.id, principal.name, wish.reason, after);
}
