/** Signing in and out are between the browser and the server: the session is a cookie that no script can read. */
export async function signOut(): Promise<void> {
  await fetch("/auth/sign-out", { method: "POST", headers: { "content-type": "application/json" }, body: "{}" });
}

/** Leaves for the server's own sign-in page, which comes back to `to`. Never resolves: the page is going away. */
export function goToSignIn(to?: string): Promise<never> {
  location.assign(to === undefined ? "/sign-in" : `/sign-in?${new URLSearchParams({ to })}`);
  return new Promise(() => {});
}
