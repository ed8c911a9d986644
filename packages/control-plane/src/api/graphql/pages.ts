import { z } from "zod";
import type { Page, PageWish } from "../operations/page.ts";
import { parseArguments } from "./arguments.ts";
import { builder } from "./builder.ts";
import { largestPage } from "./limits/limits.ts";

type Types = (typeof builder)["$inferSchemaTypes"];

/** Arguments of every list. */
export const pageArguments = builder.args((t) => ({
  first: t.int({ required: true, defaultValue: 50, description: `Rows, 1 to ${largestPage}.` }),
  after: t.string({ description: "The `nextCursor` of the page before." }),
}));

const wishSchema = z.object({ first: z.int().min(1).max(largestPage), after: z.string().max(200).nullish() });

/** Which page the arguments ask for. */
export function pageWish(given: { readonly first: number; readonly after?: string | null | undefined }): PageWish {
  const { first, after } = parseArguments(wishSchema, given);
  return { limit: first, cursor: after ?? undefined };
}

/** A page costs what its rows cost: as many as are asked for. */
export function pageCost({ first }: { readonly first: number }): { readonly field: number; readonly multiplier: number } {
  return { field: 1, multiplier: Math.max(1, first) };
}

/** A page of rows of one type. */
export function pageType<Node extends object>(name: string, node: PothosSchemaTypes.ObjectRef<Types, Node>) {
  return builder.objectRef<Page<Node>>(name).implement({
    description: "Rows of a list, and what the next ones are asked for by.",
    fields: (t) => ({
      // Its rows are counted by the field that asks for the page.
      nodes: t.field({ type: [node], complexity: { field: 0, multiplier: 1 }, resolve: ({ items }) => items }),
      nextCursor: t.string({ nullable: true, description: "What the next page is asked for by, as `after`; null on the last one.", resolve: ({ next }) => next }),
    }),
  });
}
