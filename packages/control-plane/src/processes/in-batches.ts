/** Maps with a bounded number at once: thousands of files, or requests, must not exhaust what a process may open. */
export async function inBatches<T, R>(items: readonly T[], map: (item: T) => Promise<R>, size = 64): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += size) results.push(...(await Promise.all(items.slice(start, start + size).map(map))));
  return results;
}
