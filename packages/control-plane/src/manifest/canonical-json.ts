/**
 * JSON with sorted keys, no white space, and no keys whose value is undefined: equal values give equal text,
 * so that it can be hashed. Only plain data: objects, arrays, strings, finite numbers, booleans, null.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner !== "object" || inner === null || Array.isArray(inner)) return inner;
    const entries = Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(entries);
  });
}
