import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromiumBrowser, comeIn, openBrowser, openVisitor, type Visitor } from "../support/browser.ts";
import type { TestControlPlane } from "../support/control-plane.ts";
import { isThere } from "../support/requirement.ts";
import { focused, press, tabTo } from "./support/keys.ts";
import { settled } from "./support/look.ts";
import { lookAround, lookAtDialog } from "./support/look-around.ts";
import { writeLongLog } from "./support/long-log.ts";
import { texts, type Language } from "./support/messages.ts";
import { openTwoEnvironments } from "./support/two-environments.ts";

const languages = ["en", "ru"] as const satisfies readonly Language[];

/** Chooses a language as people do, without loading the page anew. */
const speak = async (page: Page, language: Language): Promise<void> => {
  await page.getByRole("combobox", { name: /^(Language|Язык)$/ }).selectOption(language);
  await page.locator(`html[lang=${language}]`).waitFor({ state: "attached" });
};

/** Every page and dialog in both themes, languages and widths; by the keyboard alone; a log that is long. */
describe.runIf(isThere(chromiumBrowser))("every page", () => {
  let plane: TestControlPlane;
  let browser: Browser;
  let ada: Visitor;
  let live: string;
  let failed: string;
  beforeAll(async () => {
    [plane, browser] = await Promise.all([openTwoEnvironments(), openBrowser()]);
    const request = { requested_by: "operator", reason: "the community asked for it" };
    live = (await plane.api.requestBuild({ ...request, install: ["forum"], deploy_to: "prod" })).build_id;
    await plane.api.waitForLive(live);
    failed = (await plane.api.requestBuild({ ...request, install: ["blog", "broken-compile"] })).build_id;
    await plane.api.waitForBuild(failed);
    ada = await comeIn(plane, browser, "Ada", [{ environment: null, role: "owner" }]);
  });
  afterAll(async () => {
    await browser?.close();
    await plane?.close();
  });

  const places = async (): Promise<Readonly<Record<string, string>>> => {
    const { releases } = await plane.api.environment();
    return {
      modules: "/modules", "modules-nothing": "/modules?q=nothing-of-the-kind", builds: "/builds", build: `/builds/${live}`, "build-failed": `/builds/${failed}`,
      environments: "/environments", environment: "/environments/prod", "environment-empty": "/environments/staging", release: `/releases/${releases[0]?.release_id ?? ""}`,
      manifest: "/manifest", journal: "/journal", access: "/access", settings: "/settings",
    };
  };

  const go = async (page: Page, path: string): Promise<void> => {
    await page.goto(`${plane.url}${path}`);
    await settled(page);
  };

  test("has no barrier, no raw key, nothing wider than the window, in both languages", async () => {
    const visitor = await openVisitor(browser, { as: ada });
    const { page, complaints } = visitor;
    const wrong: string[] = [];
    for (const [name, path] of Object.entries(await places())) {
      await go(page, path);
      for (const language of languages) {
        await speak(page, language);
        wrong.push(...(await lookAround(visitor, name, language)));
      }
    }
    // An address that the server does not know, as a link within the page leads there.
    for (const language of languages) {
      await go(page, "/modules");
      await speak(page, language);
      await page.evaluate("history.pushState(null, '', '/nowhere/at/all')");
      await page.evaluate("dispatchEvent(new PopStateEvent('popstate'))");
      await page.getByText(texts(language)("errors.missingText")).waitFor();
      wrong.push(...(await lookAround(visitor, "missing", language)));
    }
    expect([...wrong, ...complaints]).toEqual([]);
    await visitor.context.close();
  });

  test("opens dialogs without barriers, which give the focus back, in both languages", async () => {
    const visitor = await openVisitor(browser, { as: ada });
    const { page, complaints } = visitor;
    await go(page, "/modules");
    await page.getByRole("button", { name: "Install Broken compile" }).click();
    const wrong: string[] = [];
    for (const language of languages) {
      const t = texts(language);
      const button = (key: string, values?: Readonly<Record<string, string>>): Locator => page.getByRole("button", { name: t(key, values), exact: true }).first();
      const look = async (name: string, opener: Locator): Promise<void> => void wrong.push(...(await lookAtDialog(visitor, name, language, opener)));
      // By links, since what was collected stays only as long as the page.
      const follow = async (place: string, link?: string): Promise<void> => {
        await page.getByRole("navigation").getByRole("link", { name: t(`nav.${place}`), exact: true }).click();
        if (link !== undefined) await page.getByRole("main").locator(`a[href="${link}"]`).first().click();
        await settled(page);
      };
      await speak(page, language);
      await follow("modules");
      await look("module", page.getByRole("button", { name: "Content", exact: true }));
      await look("by-address", button("modules.byAddress"));
      await look("plan", button("modules.change.review"));
      await follow("builds", `/builds/${live}`);
      await look("deploy", button("builds.deploy"));
      await follow("environments", "/environments/prod");
      await look("rollback", button("environments.rollBack"));
      await follow("access");
      await look("invite", button("access.invite"));
      await look("person", button("access.changeNamed", { name: "Ada" }));
      await look("token", button("access.newToken"));
      await follow("settings");
      await look("webhook", button("settings.webhooks.add"));
    }
    expect([...wrong, ...complaints]).toEqual([]);
    await visitor.context.close();
  });

  test("a module is installed by the keyboard alone: what has the focus shows it, and gets it back", async () => {
    const { page, shot } = ada;
    await go(page, "/modules");
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement?.textContent")).toBe("Skip to the content");
    await page.keyboard.press("Enter");
    await tabTo(page, page.getByLabel("Search modules"));
    await page.keyboard.type("blog");
    // A look at it first, and back.
    const card = page.getByRole("button", { name: "Blog", exact: true });
    await press(page, card);
    await page.getByRole("dialog", { name: "Blog" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await focused(card);
    await press(page, page.getByRole("button", { name: "Install Blog" }));
    const review = page.getByRole("button", { name: "Review the plan" });
    await press(page, review);
    const plan = page.getByRole("dialog", { name: "Plan" });
    await plan.getByText("+ blog = {").waitFor();
    await page.keyboard.press("Escape");
    await plan.waitFor({ state: "detached" });
    await focused(review);
    await page.keyboard.press("Enter");
    await plan.getByText("+ blog = {").waitFor();
    await tabTo(page, plan.getByLabel("Reason"));
    await page.keyboard.type("by the keyboard alone");
    await shot("keyboard-plan");
    await press(page, plan.getByRole("button", { name: "Build and deploy to prod" }));
    await page.waitForURL(/\/builds\/bld_/);
    await page.getByText("by the keyboard alone").waitFor();
    // On to what it became, by links.
    await page.getByRole("main").getByText("Success", { exact: true }).first().waitFor();
    await press(page, page.getByRole("main").getByRole("link", { name: "prod" }));
    await page.getByRole("cell", { name: "Blog", exact: true }).waitFor();
  });

  test("shows a log of 100,000 lines: to its end, to a line, to what is searched for, and copies all of it", async () => {
    await writeLongLog(plane.data, live, 100_000);
    const { page, context, shot } = ada;
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const log = page.getByRole("log");
    await page.goto(`${plane.url}/builds/${live}#L99999`);
    await log.getByText("line 99999 of a long log").waitFor();
    expect(await log.getByRole("link", { name: "99999", exact: true }).evaluate((link) => link.parentElement?.className)).toContain("bg-accent-soft");
    await shot("log-line");
    await page.goto(`${plane.url}/builds`);
    await page.goto(`${plane.url}/builds/${live}`);
    await log.getByText("line 100000 of a long log").waitFor();
    // Only what is in view is drawn.
    expect(await log.getByRole("link").count()).toBeLessThan(200);
    await page.getByLabel("Find in the log").fill("LINE 77777 of");
    await log.getByText("line 77777 of a long log").waitFor();
    await page.getByLabel("Find in the log").fill("line 12000 of");
    expect(await log.getByText("line 12000 of a long log").getAttribute("class")).toContain("text-bad");
    await page.getByLabel("Find in the log").fill("never written");
    await page.getByText("Not found").waitFor();
    await log.getByRole("link", { name: "12001", exact: true }).click();
    await page.waitForURL(({ hash }) => hash === "#L12001");
    // Pressed until it is so: what was gone to before is looked for again while lines are measured, and would win.
    for (const [key, line] of [["Home", 1], ["End", 100_000]] as const) {
      await expect.poll(async () => {
        await log.press(key);
        return log.getByText(`line ${line} of a long log`).count();
      }).toBe(1);
    }
    await page.getByRole("button", { name: "Copy", exact: true }).click();
    await page.getByRole("button", { name: "Copied" }).waitFor();
    const copied = (await page.evaluate<string>("navigator.clipboard.readText()")).split("\n");
    expect([copied.length, copied[0]?.slice(0, 20), copied[99_999]]).toEqual([100_000, "line 1 of a long log", "line 100000 of a long log"]);
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download" }).click()]);
    expect(download.suggestedFilename()).toBe(`${live}.log`);
    await shot("log-long");
  });

  test("gave the browser nothing to complain about", () => {
    expect(ada.complaints).toEqual([]);
  });
});
