import { useSyncExternalStore } from "react";

/** What is to become of one module. */
export type Wish = "install" | "uninstall" | "upgrade";

/** What was collected so far: several modules are one change, one build. Kept for the visit; nothing is done before it is confirmed. */
export type Wishes = ReadonlyMap<string, Wish>;

let wishes: Wishes = new Map();
const listeners = new Set<() => void>();

function set(next: Wishes): void {
  wishes = next;
  for (const tell of listeners) tell();
}

export function wish(slug: string, what: Wish): void {
  set(new Map([...wishes, [slug, what]]));
}

export function unwish(slug: string): void {
  set(new Map([...wishes].filter(([each]) => each !== slug)));
}

export function forgetWishes(): void {
  set(new Map());
}

export function useWishes(): Wishes {
  return useSyncExternalStore((tell) => {
    listeners.add(tell);
    return () => listeners.delete(tell);
  }, () => wishes);
}

/** As the API wants it. `versions`: those that were chosen, by slug. */
export function toRequest(all: Wishes, versions: ReadonlyMap<string, string>, cascade: boolean): { readonly install: string[]; readonly uninstall: string[]; readonly upgrade: string[]; readonly cascade: boolean } {
  const of = (what: Wish): string[] => [...all].filter(([, each]) => each === what).map(([slug]) => slug);
  const withVersion = (slug: string): string => (versions.get(slug) ?? "") === "" ? slug : `${slug}@${versions.get(slug) ?? ""}`;
  return { install: of("install").map(withVersion), uninstall: of("uninstall"), upgrade: of("upgrade").map(withVersion), cascade };
}
