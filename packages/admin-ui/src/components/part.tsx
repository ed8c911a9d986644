import { createElement, use, type ComponentType, type FunctionComponent } from "react";
import { loadPart } from "../api/outdated.ts";

/** A component that is loaded when it is shown first, or before that by `preload`. */
export type Part<Props> = FunctionComponent<Props> & { readonly preload: () => Promise<void> };

/** So long a failure stands: React renders what failed several times over, and no rendering may begin a new attempt by itself. */
const standsMs = 1_000;

/** What `load` brings, to be shown within Suspense and an error boundary. What failed is tried again when it is shown anew. */
export function partOf<Props extends object>(load: () => Promise<ComponentType<Props>>): Part<Props> {
  let loaded: ComponentType<Props> | undefined;
  let attempt: Promise<ComponentType<Props>> | undefined;
  let failedAt: number | undefined;
  const begin = async (): Promise<ComponentType<Props>> => {
    try {
      return (loaded = await loadPart(load));
    } catch (error) {
      failedAt = Date.now();
      throw error;
    }
  };
  const latest = (): Promise<ComponentType<Props>> => {
    if (failedAt !== undefined && Date.now() - failedAt > standsMs) attempt = failedAt = undefined;
    return (attempt ??= begin());
  };
  const Shown = (props: Props) => createElement(loaded ?? use(latest()), props);
  const preload = (): Promise<void> => latest().then(() => undefined, () => undefined);
  return Object.assign(Shown, { preload });
}
