import type { PlanChangeData } from "@modyard/client";
import { useSyncExternalStore } from "react";

/** What is to become of one module. */
export type Wish = "install" | "uninstall" | "upgrade";

type Install = NonNullable<NonNullable<PlanChangeData["body"]>["install"]>[number];

/** Where a module comes from that is in no catalog, with the keys of modules.toml. */
export type Spec = NonNullable<Extract<Install, { slug: string }>["spec"]>;

interface Details {
  /** Only for what is installed by its address. */
  readonly spec?: Spec;
  /** Another version than the one that would be taken. */
  readonly version?: string;
}

interface Wished extends Details {
  readonly what: Wish;
}

/** What was collected so far: several modules are one change, one build. Kept for the visit; nothing is done before it is confirmed. */
export type Wishes = ReadonlyMap<string, Wished>;

let wishes: Wishes = new Map();
const listeners = new Set<() => void>();

function set(next: Wishes): void {
  wishes = next;
  for (const tell of listeners) tell();
}

export function wish(slug: string, what: Wish, details: Details = {}): void {
  set(new Map([...wishes, [slug, { ...details, what }]]));
}

/** Another version of what is wished for; the empty text: the one that would be taken. */
export function wishVersion(slug: string, version: string): void {
  const { version: _, ...rest } = wishes.get(slug) ?? { what: "upgrade" };
  set(new Map([...wishes, [slug, version === "" ? rest : { ...rest, version }]]));
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

/** As the API wants it. */
export function toRequest(all: Wishes, cascade: boolean) {
  const of = (what: Wish): string[] => [...all].filter(([, each]) => each.what === what).map(([slug]) => slug);
  const withVersion = (slug: string): string => {
    const version = all.get(slug)?.version;
    return version === undefined ? slug : `${slug}@${version}`;
  };
  const install = (slug: string): Install => {
    const { spec, version } = all.get(slug) ?? {};
    return spec === undefined ? withVersion(slug) : { slug, spec, ...(version !== undefined && { version }) };
  };
  return { install: of("install").map(install), uninstall: of("uninstall"), upgrade: of("upgrade").map(withVersion), cascade };
}
