/** One page of a list, and what the next one is asked for by: null when there is none. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/** Reads a page: one more than was asked for tells whether another follows. `cursorOf` names the place after an item. */
export async function readPage<T>(limit: number, find: (limit: number) => Promise<readonly T[]>, cursorOf: (item: T) => string): Promise<Page<T>> {
  const found = await find(limit + 1);
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, next: found.length > limit && last !== undefined ? cursorOf(last) : null };
}

/** A page of a list that is there as a whole. Undefined: the list has nothing that the cursor names. */
export function pageOf<T>(all: readonly T[], { limit, cursor }: PageWish, cursorOf: (item: T) => string): Page<T> | undefined {
  const before = cursor === undefined ? -1 : all.findIndex((item) => cursorOf(item) === cursor);
  if (cursor !== undefined && before < 0) return undefined;
  const items = all.slice(before + 1, before + 1 + limit);
  const last = items.at(-1);
  return { items, next: before + 1 + limit < all.length && last !== undefined ? cursorOf(last) : null };
}

/** Which page is wanted. */
export interface PageWish {
  readonly limit: number;
  /** The `next` of the page before. */
  readonly cursor?: string | undefined;
}

