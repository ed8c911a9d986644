/** Keys and array indexes from a document's root to a value. */
export type KeyPath = readonly (string | number)[];

const BARE_KEY = /^[A-Za-z0-9_-]+$/;

/** A key as TOML would have it: bare where that is allowed, quoted otherwise. */
export function formatKey(key: string): string {
  return BARE_KEY.test(key) ? key : JSON.stringify(key);
}

/** A path as people read it: `modules.forum.features[1]`. */
export function formatPath(path: KeyPath): string {
  return path.map((step) => (typeof step === "number" ? `[${step}]` : `.${formatKey(step)}`)).join("").replace(/^\./, "");
}

/** The value at a path, or undefined where there is none. */
export function valueAt(root: unknown, path: KeyPath): unknown {
  let value = root;
  for (const step of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}
