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

/** Which page is wanted. */
export interface PageWish {
  readonly limit: number;
  /** The `next` of the page before. */
  readonly cursor?: string | undefined;
}

