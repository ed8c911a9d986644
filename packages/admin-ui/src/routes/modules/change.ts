import type { PlanChangeData } from "@modyard/client";
import { useSyncExternalStore } from "react";

/** What is to become of one module. */
export type Wish = "install" | "uninstall" | "upgrade";

type Install = NonNullable<NonNullable<PlanChangeData["body"]>["install"]>[number];

/** Where a module comes from that is in no catalog, with the keys of modules.toml. */
export type Spec = NonNullable<Extract<Install, { slug: string }>["spec"]>;

interface Wished {
  readonly what: Wish;
  /** Only for what is installed by its address. */
  readonly spec?: Spec;
}

/** What was collected so far: several modules are one change, one build. Kept for the visit; nothing is done before it is confirmed. */
export type Wishes = ReadonlyMap<string, Wished>;

let wishes: Wishes = new Map();
const listeners = new Set<() => void>();

function set(next: Wishes): void {
  wishes = next;
  for (const tell of listeners) tell();
}

export function wish(slug: string, what: Wish, spec?: Spec): void {
  set(new Map([...wishes, [slug, { what, ...(spec !== undefined && { spec }) }]]));
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
export function toRequest(all: Wishes, versions: ReadonlyMap<string, string>, cascade: boolean) {
  const of = (what: Wish): string[] => [...all].filter(([, each]) => each.what === what).map(([slug]) => slug);
  const withVersion = (slug: string): string => ((versions.get(slug) ?? "") === "" ? slug : `${slug}@${versions.get(slug) ?? ""}`);
  const install = (slug: string): Install => {
    const spec = all.get(slug)?.spec;
    return spec === undefined ? withVersion(slug) : { slug, spec };
  };
  return { install: of("install").map(install), uninstall: of("uninstall"), upgrade: of("upgrade").map(withVersion), cascade };
}
