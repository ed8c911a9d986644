import { ApiError } from "@modyard/client";

let leaving = false;

/**
 * Leaves for the server's own sign-in page, which comes back to where one wanted to go. Never resolves: the page is going away. Once:
 * everything that the page asks for is refused at the same time.
 */
export function goToSignIn(to?: string): Promise<never> {
  if (!leaving) location.assign(to === undefined ? "/sign-in" : `/sign-in?${new URLSearchParams({ next: to })}`);
  leaving = true;
  return new Promise(() => {});
}

/** Where the session has ended, whoever ended it: to sign-in, and from there back to where one was. */
export function leaveWhenSignedOut(error: unknown): void {
  if (error instanceof ApiError && error.status === 401) void goToSignIn(`${location.pathname}${location.search}${location.hash}`);
}
