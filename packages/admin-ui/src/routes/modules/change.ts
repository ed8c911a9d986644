import type { GetBuildResponse, PlanChangeData } from "@modyard/client";
import { useSyncExternalStore } from "react";

/** What is to become of one module. */
export type Wish = "install" | "uninstall" | "upgrade";

type Body = NonNullable<PlanChangeData["body"]>;
type Install = NonNullable<Body["install"]>[number];
type Upgrade = NonNullable<Body["upgrade"]>[number];

/** A change that was asked for before, as the server tells it. */
export type Asked = NonNullable<GetBuildResponse["next"]>["again"];

/** Where a module comes from that is in no catalog, with the keys of modules.toml. */
export type Spec = NonNullable<Extract<Install, { slug: string }>["spec"]>;

interface Details {
  /** Only for what is installed by its address. */
  readonly spec?: Spec;
  /** Another version than the one that would be taken. */
  readonly version?: string;
  /** Another revision; only for an upgrade of what comes from git. */
  readonly rev?: string;
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

/** Another version or revision of what is wished for; the empty text: the one that would be taken. */
export function wishOther(slug: string, key: "version" | "rev", text: string): void {
  const { [key]: _, ...rest } = wishes.get(slug) ?? { what: "upgrade" };
  set(new Map([...wishes, [slug, text === "" ? rest : { ...rest, [key]: text }]]));
}

export function unwish(slug: string): void {
  set(new Map([...wishes].filter(([each]) => each !== slug)));
}

export function forgetWishes(): void {
  set(new Map());
}

/** Puts others in place of what was collected, which is handed back. */
export function exchangeWishes(others: Wishes): Wishes {
  const before = wishes;
  set(others);
  return before;
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
  const upgrade = (slug: string): Upgrade => {
    const { rev } = all.get(slug) ?? {};
    return rev === undefined ? withVersion(slug) : { slug, rev };
  };
  return { install: of("install").map(install), uninstall: of("uninstall"), upgrade: of("upgrade").map(upgrade), cascade };
}

/** The wishes that a change of the server's consists of. Exactly stated modules are none: those the plan sheet takes as they are. */
export function wishesOf({ install, uninstall, upgrade }: Asked): Wishes {
  return new Map<string, Wished>([
    ...install.map(({ slug, version, spec }) => [slug, { what: "install", ...(version !== undefined && { version }), ...(spec !== undefined && { spec }) }] as const),
    ...uninstall.map((slug) => [slug, { what: "uninstall" }] as const),
    ...upgrade.map(({ slug, version, rev }) => [slug, { what: "upgrade", ...(version !== undefined && { version }), ...(rev !== undefined && { rev }) }] as const),
  ]);
}
