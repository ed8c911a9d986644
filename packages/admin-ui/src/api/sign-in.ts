import { server } from "./server.ts";

/** Ends the session. The session itself is a cookie that no script can read. */
export async function signOut(): Promise<void> {
  await server.signOut({ body: {} });
}

/** Leaves for the server's own sign-in page, which comes back to where one wanted to go. Never resolves: the page is going away. */
export function goToSignIn(to?: string): Promise<never> {
  location.assign(to === undefined ? "/sign-in" : `/sign-in?${new URLSearchParams({ next: to })}`);
  return new Promise(() => {});
}
