import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromiumBrowser, comeIn, openBrowser, type Visitor } from "../support/browser.ts";
import { TestControlPlane } from "../support/control-plane.ts";
import { isThere } from "../support/requirement.ts";

/** What a page that stays open does when the server behind it is upgraded, goes silent, or ends its session. */
describe.runIf(isThere(chromiumBrowser))("a page that stays open", () => {
  let plane: TestControlPlane;
  let browser: Browser;
  let ada: Visitor;
  beforeAll(async () => {
    [plane, browser] = await Promise.all([TestControlPlane.open({}), openBrowser()]);
    ada = await comeIn(plane, browser, "Ada", [{ environment: null, role: "owner" }]);
  });
  afterAll(async () => {
    await browser?.close();
    await plane?.close();
  });

  test("over an upgrade of the server: what it had not loaded yet is told to have changed, and is there after a reload", async () => {
    const { page, context, complaints, shot } = ada;
    const main = page.getByRole("main");
    await page.goto(`${plane.url}/modules`);
    await page.getByRole("heading", { name: "Modules", exact: true }).waitFor();
    // As after an upgrade: the document names other files, and those of before are gone.
    await context.route(/\/assets\/.*\.js$/, (route) => route.fulfill({ status: 404, contentType: "application/json", body: "{}" }));
    await context.route(`${plane.url}/`, async (route) => route.fulfill({ contentType: "text/html", body: (await (await fetch(plane.url)).text()).replaceAll(/index-[\w-]+\.js/g, "index-newer.js") }));
    await page.getByRole("link", { name: "Settings" }).click();
    await main.getByText("This page has changed").waitFor();
    await shot("page-changed");
    // The frame stays, and what was loaded already can be gone to.
    await page.getByRole("navigation").getByRole("link", { name: "Modules" }).click();
    await page.getByRole("heading", { name: "Modules", exact: true }).waitFor();
    await page.getByRole("button", { name: "Install by address" }).click();
    await page.getByRole("dialog").getByText("This page has changed").waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
    // A language that cannot be loaded leaves the page as it is, and holds from the reload.
    const looked = page.waitForResponse(`${plane.url}/`);
    await page.getByLabel("Language").selectOption("ru");
    await looked;
    await context.unrouteAll();
    await page.getByRole("status").getByRole("button", { name: "Reload" }).click();
    await page.getByRole("heading", { name: "Модули", exact: true }).waitFor();
    await page.getByLabel("Язык").selectOption("en");
    await page.getByRole("link", { name: "Settings" }).click();
    await page.getByRole("heading", { name: "Settings", exact: true }).waitFor();
    // React tells the console of what a boundary caught.
    expect(complaints.splice(0).filter((each) => !each.includes("PageOutdatedError") && !each.includes("dynamically imported module"))).toEqual([]);
  });
});
