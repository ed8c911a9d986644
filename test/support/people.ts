import type { TestApi } from "./api.ts";
import { PageClient } from "./page-client.ts";
import { provideSetupLink } from "../../packages/control-plane/src/access/sign-in/setup.ts";

/** A password that will do for everybody. */
export const goodPassword = "four horses under water";

/** Makes the first owner, who is signed in afterwards. */
export async function becomeOwner({ plane }: TestApi, url: string, email = "ada@example.org"): Promise<PageClient> {
  const token = (await provideSetupLink(plane.handle))?.token;
  const page = new PageClient(url);
  const { status, body } = await page.json("POST", "/auth/setup", { token, email, name: "Ada", password: goodPassword });
  if (status !== 200) throw new Error(JSON.stringify(body));
  return page;
}

/** What a one-time link ends with. */
export function tokenOf(link: unknown): string {
  return new URL(String(link)).searchParams.get("token") ?? "";
}

/** Invites somebody, who takes it up and is signed in afterwards. */
export async function join(owner: PageClient, url: string, email: string, role?: string): Promise<PageClient> {
  const invited = await owner.json("POST", "/admin/people", { email, name: email.split("@")[0], grants: role === undefined ? [] : [{ role }] });
  if (invited.status !== 201) throw new Error(JSON.stringify(invited.body));
  const page = new PageClient(url);
  const { status, body } = await page.json("POST", "/auth/password", { token: tokenOf(invited.body["link"]), password: goodPassword });
  if (status !== 200) throw new Error(JSON.stringify(body));
  return page;
}
