import { randomUUID } from "node:crypto";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromiumBrowser, comeIn, openBrowser, type Visitor } from "../support/browser.ts";
import type { TestControlPlane } from "../support/control-plane.ts";
import { isThere } from "../support/requirement.ts";
import { openTwoEnvironments } from "./support/two-environments.ts";

const lost = "The connection is lost";

const confirm = async (page: Page): Promise<string> => {
  await page.getByRole("button", { name: "Build and deploy to prod" }).click();
  await page.waitForURL(/\/builds\/bld_/);
  return page.url().split("/").at(-1) ?? "";
};

/** Every number of a line that is drawn while one scrolls from the top to the end. */
const linesShown = async (page: Page): Promise<readonly number[]> => {
  const log = page.getByRole("log");
  const seen = new Set<number>();
  for (let at = 0; ; at += 400) {
    // Scrolled and drawn: the rows reach from the box's upper edge to its lower one. A script's scrolling moves at once, a key's goes on for a while.
    await expect.poll(() => log.evaluate(drawnAt, at)).toBe(true);
    for (const number of await log.getByRole("link").allInnerTexts()) seen.add(Number(number));
    if (await log.evaluate((box) => box.scrollTop + box.clientHeight >= box.scrollHeight)) return [...seen].toSorted((one, other) => one - other);
  }
};

/** Scrolls there; true when it is there and the rows in view are drawn. */
const drawnAt = (box: Element, top: number): boolean => {
  const wanted = Math.min(top, box.scrollHeight - box.clientHeight);
  if (Math.abs(box.scrollTop - wanted) > 1) {
    box.scrollTop = wanted;
    return false;
  }
  const { top: upper } = box.getBoundingClientRect();
  const rows = [...box.querySelectorAll("a")].map((row) => row.getBoundingClientRect());
  return Math.min(...rows.map((row) => row.top)) <= upper + 1 && Math.max(...rows.map((row) => row.bottom)) >= upper + box.clientHeight - 1;
};

/** Two people at once; networks, servers and sessions that end in the middle; what a second person approves. */
describe.runIf(isThere(chromiumBrowser))("two people at one server", () => {
  let plane: TestControlPlane;
  let browser: Browser;
  let ada: Visitor;
  let bob: Visitor;
  beforeAll(async () => {
    [plane, browser] = await Promise.all([openTwoEnvironments(), openBrowser()]);
    ada = await comeIn(plane, browser, "Ada", [{ environment: null, role: "owner" }]);
    bob = await comeIn(plane, browser, "Bob", [{ environment: null, role: "administrator" }]);
  });
  afterAll(async () => {
    await browser?.close();
    await plane?.close();
  });

  const review = async (page: Page, module: string, action = "Install"): Promise<void> => {
    await page.goto(`${plane.url}/modules`);
    await page.getByRole("button", { name: `${action} ${module}`, exact: true }).click();
    await page.getByRole("button", { name: "Review the plan" }).click();
    await page.getByRole("button", { name: "Build and deploy to prod" }).and(page.locator(":enabled")).waitFor();
  };
  const showsWholeLog = async (page: Page, build: string): Promise<void> => {
    await page.getByText("Complete", { exact: true }).waitFor();
    const stored = (await plane.api.log(build)).map(({ line }) => line);
    expect(await linesShown(page)).toEqual(stored);
  };

  test("what one installs, the other sees come without reloading; the same plan confirmed by both is one build", async () => {
    await bob.page.goto(`${plane.url}/builds`);
    await bob.page.getByRole("heading", { name: "Builds" }).waitFor();
    const other = await bob.context.newPage();
    await Promise.all([review(ada.page, "Forum"), review(other, "Forum")]);
    const build = await confirm(ada.page);
    await bob.page.getByText("+ forum 0.1.0").waitFor();
    expect(await confirm(other)).toBe(build);
    await other.close();
    await plane.api.waitForLive(build);
    await bob.page.getByRole("listitem").filter({ hasText: "+ forum 0.1.0" }).getByText("Success").waitFor();
    await bob.shot("together-builds");
    await showsWholeLog(ada.page, build);
  });

  test("who confirms a plan that others have overtaken is told, and sees the new one", async () => {
    await Promise.all([review(ada.page, "Blog"), review(bob.page, "Forum", "Uninstall")]);
    // The page would hear of the change and plan anew: this one hears nothing.
    await bob.context.setOffline(true);
    const build = await confirm(ada.page);
    await plane.api.waitForLive(build);
    await bob.page.route("**/admin/events*", (route) => route.abort());
    await bob.page.route("**/admin/plans", (route) => route.abort());
    await bob.context.setOffline(false);
    await bob.page.getByRole("button", { name: "Build and deploy to prod" }).click();
    await bob.page.getByText("plan_stale").waitFor();
    await bob.shot("plan-stale");
    await bob.page.unrouteAll();
    await bob.page.getByRole("button", { name: "Try again" }).click();
    const rebuilt = await confirm(bob.page);
    await plane.api.waitForLive(rebuilt);
  });

  test("a network that is away in the middle of a build: it is told, and afterwards nothing is missing or twice", async () => {
    const { page, context } = ada;
    await review(page, "Forum");
    const build = await confirm(page);
    await page.getByRole("log").getByText(/^── checkout/).waitFor();
    await context.setOffline(true);
    await page.getByText(lost).waitFor();
    await ada.shot("connection-lost");
    await plane.api.buildWhen(build, ({ stage }) => stage !== "checkout" && stage !== "pending");
    await context.setOffline(false);
    await page.getByText(lost).waitFor({ state: "detached" });
    await page.reload();
    await plane.api.waitForLive(build);
    await page.getByRole("main").getByText("Success", { exact: true }).first().waitFor();
    await showsWholeLog(page, build);
  });

  test("a server that is killed and started again in the middle of a build: the page finds back by itself", async () => {
    const { page } = ada;
    await review(page, "Forum", "Uninstall");
    const build = await confirm(page);
    await page.getByRole("log").getByText(/^── /).first().waitFor();
    await plane.end("SIGKILL");
    await page.getByText(lost).waitFor();
    await plane.start();
    await page.getByText(lost).waitFor({ state: "detached" });
    await plane.api.waitForLive(build);
    await page.getByRole("main").getByText("Success", { exact: true }).first().waitFor();
    await showsWholeLog(page, build);
  });

  test("a session that was ended elsewhere leads to sign-in, and from there back to where one was", async () => {
    const { page, context } = bob;
    await page.goto(`${plane.url}/journal?q=forum`);
    await page.getByRole("heading", { name: "Journal" }).waitFor();
    const elsewhere = await browser.newContext({ storageState: await context.storageState() });
    await elsewhere.request.post(`${plane.url}/auth/sign-out`, { data: {}, headers: { origin: plane.url } });
    await elsewhere.close();
    await page.waitForURL(/\/sign-in\?next=/);
    await page.getByLabel("E-mail").fill("bob@example.com");
    await page.getByLabel("Password", { exact: true }).fill("plain horses sign no forms");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.waitForURL((url) => url.pathname === "/journal" && url.searchParams.get("q") === "forum");
    await page.getByRole("heading", { name: "Journal" }).waitFor();
  });

  test("a protected environment waits, says for whom, and goes on when the second person approves", async () => {
    await ada.page.goto(`${plane.url}/settings`);
    const box = ada.page.getByRole("checkbox", { name: /^prod: a second person approves/ });
    await box.click();
    await ada.page.getByText(/^by Ada/).first().waitFor();
    await review(bob.page, "Forum");
    const build = await confirm(bob.page);
    await bob.page.getByRole("main").getByText("Waits for approval", { exact: true }).first().waitFor();
    await bob.page.goto(`${plane.url}/environments/prod`);
    await bob.page.getByRole("main").getByText("Waits for approval", { exact: true }).waitFor();
    await bob.page.getByRole("button", { name: "Withdraw it" }).waitFor();
    expect(await bob.page.getByRole("button", { name: "Approve" }).count()).toBe(0);
    await ada.page.goto(`${plane.url}/environments`);
    await ada.page.getByRole("main").getByText("Waits for approval", { exact: true }).waitFor();
    await ada.page.getByRole("link", { name: "prod", exact: true }).click();
    await ada.page.getByText("+ forum 0.1.0").waitFor();
    await ada.page.getByLabel("Reason").fill(`looked at it ${randomUUID()}`);
    await ada.shot("approval");
    await ada.page.getByRole("button", { name: "Approve" }).click();
    await ada.page.getByRole("cell", { name: "Forum", exact: true }).waitFor();
    await bob.page.getByRole("cell", { name: "Forum", exact: true }).waitFor();
    await plane.api.waitForLive(build);
    expect((await plane.application("/forum")).status).toBe(200);
  });
});
