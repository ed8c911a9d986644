import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestApi, type TestApi } from "../../../../../test/support/api.ts";
import { findChromium, openChromium } from "../../../../../test/support/chromium.ts";
import { goodPassword as password } from "../../../../../test/support/people.ts";
import { provideSetupLink } from "../../access/sign-in/setup.ts";

const executable = findChromium();

describe.skipIf(executable === undefined)("in a browser", () => {
  let api: TestApi;
  let url: string;
  let browser: Browser;
  let page: Page;
  const troubles: string[] = [];

  beforeAll(async () => {
    api = await openTestApi();
    url = await api.app.listen({ host: "127.0.0.1", port: 0 });
    browser = await openChromium(executable ?? "");
    const context = await browser.newContext({ locale: "en-GB" });
    context.setDefaultTimeout(60_000);
    page = await context.newPage();
    page.on("pageerror", (error) => troubles.push(error.message));
    page.on("console", (message) => void (message.type() === "error" && !message.text().includes("status of 4") && troubles.push(message.text())));
  });
  afterAll(async () => {
    await browser.close();
    await api.close();
  });

  const error = () => page.getByRole("alert");
  /** By the browser's cookies, wherever its page is on its way to. */
  const whoIsSignedIn = async (): Promise<unknown> => ((await (await page.request.get(`${url}/auth/session`)).json()) as { person: { email: string } | null }).person?.email;

  it("the first owner comes in by the link, which leaves the address at once", async () => {
    const link = await provideSetupLink(api.plane.handle);
    await page.goto(`${url}/setup?token=${link?.token ?? ""}`);
    await page.getByLabel("Your name").fill("Ada");
    expect(page.url()).toBe(`${url}/setup`);
    await page.getByLabel("E-mail address").fill("ada@example.org");
    await page.getByLabel("Password", { exact: true }).fill("ada@example.org");
    await page.getByRole("button", { name: "Create my account" }).click();
    await error().waitFor();
    expect(await error().textContent()).toContain("little more than the name or the e-mail address");
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.keyboard.press("Enter");
    // The admin page, which goes on to its first place.
    await page.waitForURL((at) => at.origin === url && ["/", "/modules"].includes(at.pathname));
    await page.getByRole("heading", { level: 1 }).waitFor();
    expect(await whoIsSignedIn()).toBe("ada@example.org");
    expect(await page.evaluate("document.cookie")).toBe("");
  });

  it("pages of other sites get nothing done in the owner's name, also one on another port of this machine", async () => {
    const server = await elsewhere(url);
    const { port } = server.address() as AddressInfo;
    const foreign = await page.context().newPage();
    for (const host of ["localhost", "127.0.0.1"]) {
      const refused: number[] = [];
      foreign.on("response", (response) => void (response.url().startsWith(url) && response.request().method() !== "OPTIONS" && refused.push(response.status())));
      await foreign.goto(`http://${host}:${port}/`);
      await foreign.waitForURL(`${url}/auth/sign-out`);
      expect(await foreign.textContent("body")).toContain("foreign_origin");
      expect(refused.every((status) => status === 403 || status === 401), String(refused)).toBe(true);
    }
    await foreign.close();
    server.close();
    expect((await api.plane.handle.db.selectFrom("people").select("email").execute()).map(({ email }) => email)).toEqual(["ada@example.org"]);
    expect(await whoIsSignedIn()).toBe("ada@example.org");
  });

  it("somebody signs out, mistypes the password, and signs in where they wanted to go", async () => {
    // With the browser's cookie, but not by the page: that may be on its way to another address just now.
    await page.request.post(`${url}/auth/sign-out`, { headers: { origin: url } });
    expect(await whoIsSignedIn()).toBeUndefined();
    await page.goto(`${url}/sign-in?next=/auth/session`);
    await page.getByLabel("E-mail address").fill("ada@example.org");
    await page.getByLabel("Password", { exact: true }).fill("not this one");
    await page.getByRole("button", { name: "Show" }).click();
    expect(await page.getByLabel("Password", { exact: true }).getAttribute("type")).toBe("text");
    await page.getByRole("button", { name: "Sign in" }).click();
    await error().waitFor();
    expect(await error().textContent()).toContain("The e-mail address or the password is wrong.");
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.keyboard.press("Enter");
    await page.waitForURL(`${url}/auth/session`);
  });

  it.each(["//evil.example/", "https://evil.example/", "javascript:alert(1)", "/\\evil.example"])("nobody is led to another site after signing in: %s", async (next) => {
    await page.goto(`${url}/sign-in?next=${encodeURIComponent(next)}`);
    await page.waitForURL((at) => at.origin === url && at.search === "");
    expect(new URL(page.url()).origin).toBe(url);
  });

  it("a link that is over says so, and what to do", async () => {
    for (const path of ["/setup?token=x", "/invitation?token=x", "/invitation"]) {
      await page.goto(url + path);
      await error().waitFor();
      expect([path, /not valid|was used|token/i.test((await error().textContent()) ?? "")]).toEqual([path, true]);
      expect(await page.locator("form").isVisible()).toBe(false);
    }
  });

  it("speaks Russian to who reads Russian, and shows the theme that was chosen on the admin page", async () => {
    const context = await browser.newContext({ locale: "ru-RU", colorScheme: "dark" });
    const russian = await context.newPage();
    await russian.goto(`${url}/sign-in`);
    await russian.getByRole("heading", { name: "Вход" }).waitFor();
    expect(await russian.title()).toBe("Вход · Modyard");
    expect(await russian.evaluate("document.documentElement.className")).toBe("dark");
    await russian.getByLabel("Электронная почта").fill("ada@example.org");
    await russian.getByLabel("Пароль", { exact: true }).fill("not this one");
    await russian.keyboard.press("Enter");
    await russian.getByRole("alert").waitFor();
    expect(await russian.getByRole("alert").textContent()).toContain("Неверный адрес или пароль.");
    await russian.evaluate("localStorage.setItem('modyard.theme', 'light')");
    await russian.reload();
    expect(await russian.evaluate("document.documentElement.className")).toBe("");
    await context.close();
  });

  it("everything loads under the policy that the pages have", () => {
    expect(troubles).toEqual([]);
  });
});

/** A site that tries, with the visitor's cookies, what pages can do without being allowed to: fetches, and at last a form. */
async function elsewhere(url: string): Promise<Server> {
  const body = JSON.stringify({ email: "eve@example.org", name: "Eve", grants: [{ role: "owner" }] });
  const script = `
    const ask = (path, type) => fetch("${url}" + path, { method: "POST", mode: "no-cors", credentials: "include", headers: { "content-type": type }, body: ${JSON.stringify(body)} }).catch(() => {});
    await ask("/admin/people", "text/plain");
    await ask("/admin/people", "application/x-www-form-urlencoded");
    await fetch("${url}/admin/people", { method: "POST", credentials: "include", headers: { "content-type": "application/json" }, body: ${JSON.stringify(body)} }).catch(() => {});
    await ask("/auth/sign-out", "text/plain");
    document.forms[0].submit();`;
  const server = createServer((_request, response) => void response.setHeader("content-type", "text/html").end(`<form method="post" action="${url}/auth/sign-out"></form><script type="module">${script}</script>`));
  server.listen(0);
  await once(server, "listening");
  return server;
}
