import { ConnectionError } from "@modyard/client";
import { useSyncExternalStore } from "react";

/** The page on the server is no longer the one that is open: what was not loaded yet is not there any more. */
export class PageOutdatedError extends Error {
  override readonly name = "PageOutdatedError";
}

let outdated = false;
const listeners = new Set<() => void>();

/** Whether the server is known to have another page than the one that is open: it was upgraded meanwhile. */
export function useOutdated(): boolean {
  return useSyncExternalStore((tell) => {
    listeners.add(tell);
    return () => listeners.delete(tell);
  }, () => outdated);
}

/** Asks the server for its page. The document names its first script by what is in it and in everything that it loads. */
export async function lookForNewerPage(): Promise<boolean> {
  const own = document.querySelector('script[type="module"]')?.getAttribute("src");
  const response = await fetch("/", { cache: "no-store", signal: AbortSignal.timeout(10_000) });
  outdated = response.ok && typeof own === "string" && !(await response.text()).includes(own);
  for (const tell of listeners) tell();
  return outdated;
}

/** Loads a part of the page. Throws PageOutdatedError when the server has another page now, else ConnectionError. */
export async function loadPart<Part>(load: () => Promise<Part>): Promise<Part> {
  try {
    return await load();
  } catch (error) {
    if (await lookForNewerPage().catch(() => false)) throw new PageOutdatedError("the page was renewed on the server", { cause: error });
    throw new ConnectionError("a part of the page could not be loaded", false, { cause: error });
  }
}
