import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromiumBrowser, comeIn, openBrowser, openVisitor, type Visitor } from "../support/browser.ts";
import type { TestControlPlane } from "../support/control-plane.ts";
import { isThere } from "../support/requirement.ts";
import { barriers, overhang, rawKeys, settled } from "./support/look.ts";
import { writeLongLog } from "./support/long-log.ts";
import { texts, type Language } from "./support/messages.ts";
import { openTwoEnvironments } from "./support/two-environments.ts";

/** Presses Tab until an element has the focus, as somebody without a mouse does. */
const tabTo = async (page: Page, wanted: Locator): Promise<void> => {
  await wanted.waitFor();
  for (let presses = 0; presses < 150; presses += 1) {
    if (await wanted.evaluate((each) => each === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${String(wanted)} cannot be reached by Tab`);
};

/** Every page in both themes, languages and widths; and what each role is offered. */
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
    failed = (await plane.api.requestBuild({ ...request, install: ["broken-compile"] })).build_id;
    await plane.api.waitForBuild(failed);
    ada = await comeIn(plane, browser, "Ada", [{ environment: null, role: "owner" }]);
  });
  afterAll(async () => {
    await browser?.close();
    await plane?.close();
  });

  const widths = [1360, 390] as const;
  const themes = ["light", "dark"] as const;

  /** Looks at what is shown in each width and theme; what is wrong is told with where. */
  const lookAround = async ({ page, shot }: Visitor, name: string): Promise<readonly string[]> => {
    const wrong: string[] = [];
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      const over = await overhang(page);
      if (over > 0) wrong.push(`${width}: scrolls sideways by ${over}`);
      for (const theme of themes) {
        await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
        await page.locator(theme === "dark" ? "html.dark" : "html:not(.dark)").waitFor({ state: "attached" });
        wrong.push(...(await barriers(page)).map((each) => `${width} ${theme}: ${each}`));
        // Pictures take as long as looking does: a second language shows where texts are too long, in the light and wide or narrow.
        if (name.endsWith("-en") || theme === "light") await shot(`${name}-${theme}-${width}`);
      }
    }
    wrong.push(...(await rawKeys(page)).map((key) => `raw key: ${key}`));
    await page.setViewportSize({ width: 1360, height: 900 });
    return wrong.map((each) => `${name} ${each}`);
  };

  const places = async (): Promise<Readonly<Record<string, string>>> => {
    const { releases } = await plane.api.environment();
    return {
      modules: "/modules", "modules-nothing": "/modules?q=nothing-of-the-kind", builds: "/builds", build: `/builds/${live}`, "build-failed": `/builds/${failed}`,
      environments: "/environments", environment: "/environments/prod", "environment-empty": "/environments/staging", release: `/releases/${releases[0]?.release_id ?? ""}`,
      manifest: "/manifest", journal: "/journal", access: "/access", settings: "/settings", missing: "/nowhere/at/all",
    };
  };

  const speakers = { en: "en-GB", ru: "ru-RU" } as const satisfies Readonly<Record<Language, string>>;

  test.each(["en", "ru"] as const)("has no barrier, no raw key, nothing wider than the window, in %s", async (language) => {
    const visitor = await openVisitor(browser, { language: speakers[language], as: ada });
    const { page, complaints } = visitor;
    const wrong: string[] = [];
    for (const [name, path] of Object.entries(await places())) {
      if (name === "missing") {
        await page.goto(`${plane.url}/modules`);
        await page.evaluate("history.pushState(null, '', '/nowhere/at/all')");
        await page.evaluate("dispatchEvent(new PopStateEvent('popstate'))");
      } else await page.goto(`${plane.url}${path}`);
      await settled(page);
      wrong.push(...(await lookAround(visitor, `${name}-${language}`)));
    }
    expect([...wrong, ...complaints]).toEqual([]);
    await visitor.context.close();
  });

  /** Opens a dialog by a button as the keyboard does, looks at it, closes it with Escape; the focus is where it was. */
  const lookAtDialog = async (visitor: Visitor, name: string, opener: Locator): Promise<readonly string[]> => {
    const { page } = visitor;
    await opener.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    await settled(page);
    const wrong = [...(await lookAround(visitor, `dialog-${name}`))];
    if (!(await page.evaluate<boolean>("document.activeElement?.closest('dialog') !== null"))) wrong.push(`${name}: the focus is not in the dialog`);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    if (!(await opener.evaluate((each) => each === document.activeElement))) wrong.push(`${name}: the focus did not come back, but is on ${await page.evaluate<string>("document.activeElement?.outerHTML.slice(0, 100)")}`);
    return wrong;
  };

  test.each(["en", "ru"] as const)("opens dialogs without barriers, which give the focus back, in %s", async (language) => {
    const visitor = await openVisitor(browser, { language: speakers[language], as: ada });
    const { page, complaints } = visitor;
    const t = texts(language);
    const button = (key: string, values?: Readonly<Record<string, string>>): Locator => page.getByRole("button", { name: t(key, values), exact: true }).first();
    const wrong: string[] = [];
    const look = async (name: string, opener: Locator): Promise<void> => void wrong.push(...(await lookAtDialog(visitor, `${name}-${language}`, opener)));
    const go = async (path: string): Promise<void> => {
      await page.goto(`${plane.url}${path}`);
      await settled(page);
    };
    await go("/modules");
    await look("module", page.getByRole("button", { name: "Content", exact: true }));
    await look("by-address", button("modules.byAddress"));
    await button("modules.installNamed", { name: "Broken compile" }).click();
    await look("plan", button("modules.change.review"));
    await go(`/builds/${live}`);
    await look("deploy", button("builds.deploy"));
    await go("/environments/prod");
    await look("rollback", button("environments.rollBack"));
    await go("/access");
    await look("invite", button("access.invite"));
    await look("person", button("access.changeNamed", { name: "Ada" }));
    await look("token", button("access.newToken"));
    expect([...wrong, ...complaints]).toEqual([]);
    await visitor.context.close();
  });

  test("a module is installed by the keyboard alone", async () => {
    const { page } = ada;
    await page.goto(`${plane.url}/modules`);
    await settled(page);
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement?.textContent")).toBe("Skip to the content");
    await page.keyboard.press("Enter");
    await tabTo(page, page.getByLabel("Search modules"));
    await page.keyboard.type("blog");
    await tabTo(page, page.getByRole("button", { name: "Install Blog" }));
    await page.keyboard.press("Enter");
    await tabTo(page, page.getByRole("button", { name: "Review the plan" }));
    await page.keyboard.press("Enter");
    await page.getByText("+ blog = {").waitFor();
    await tabTo(page, page.getByLabel("Reason"));
    await page.keyboard.type("by the keyboard alone");
    await tabTo(page, page.getByRole("button", { name: "Build and deploy to prod" }));
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/builds\/bld_/);
    await page.getByText("by the keyboard alone").waitFor();
  });

  /** Everything that changes something has a button; what only shows or sorts has not these names. */
  const changing = /^(install|uninstall|upgrade|deploy|roll back|approve|reject|cancel the build|invite|change(?! the password)|remove|disable|enable|build|review)\b/i;
  const offered = async (page: Page): Promise<readonly string[]> => {
    const names: string[] = [];
    for (const path of Object.values(await places()).slice(0, -1)) {
      await page.goto(`${plane.url}${path}`);
      await settled(page);
      for (const each of await page.getByRole("main").getByRole("button").all()) {
        const name = (await each.getAttribute("aria-label")) ?? (await each.innerText());
        if (changing.test(name)) names.push(`${path}: ${name}`);
      }
    }
    return names;
  };

  test("offers a viewer nothing that changes anything", async () => {
    const vera = await comeIn(plane, browser, "Vera", [{ environment: null, role: "viewer" }]);
    expect(await offered(vera.page)).toEqual([]);
    await vera.page.goto(`${plane.url}/modules`);
    await settled(vera.page);
    expect(await vera.page.getByRole("link", { name: "Settings" }).count()).toBe(0);
    await vera.shot("viewer-modules");
    expect(vera.complaints).toEqual([]);
    await vera.context.close();
  });

  test("offers an operator of staging what goes to staging, and nothing else", async () => {
    const olga = await comeIn(plane, browser, "Olga", [{ environment: "staging", role: "operator" }]);
    const { page } = olga;
    await page.goto(`${plane.url}/builds/${live}`);
    await page.getByRole("button", { name: "Deploy", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Deploy this build" });
    await dialog.getByRole("button", { name: "Deploy to staging" }).waitFor();
    expect(await dialog.getByLabel("Deploy to").locator("option").allInnerTexts()).toEqual(["staging"]);
    await dialog.getByRole("button", { name: "Cancel" }).click();
    expect((await offered(page)).filter((each) => !/: Deploy/.test(each))).toEqual([]);
    expect(olga.complaints).toEqual([]);
    await olga.context.close();
  });

  test("tells who has no role that somebody has to give them one, and opens when it was given", async () => {
    const nina = await comeIn(plane, browser, "Nina", []);
    const { page } = nina;
    await page.getByText("Ask an owner of this installation").waitFor();
    expect(await page.getByRole("navigation").count()).toBe(0);
    expect(await barriers(page)).toEqual([]);
    await nina.shot("no-role");
    await ada.page.goto(`${plane.url}/access`);
    await ada.page.getByRole("button", { name: "Change Nina" }).click();
    await ada.page.getByRole("button", { name: "Add a role" }).click();
    await ada.page.getByRole("button", { name: "Save" }).click();
    await ada.page.getByRole("dialog").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("button", { name: "Forum", exact: true }).waitFor();
    await nina.context.close();
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
    expect(new URL(page.url()).hash).toBe("#L12001");
    await log.press("Home");
    await log.getByText("line 1 of a long log").waitFor();
    await log.press("End");
    await log.getByText("line 100000 of a long log").waitFor();
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
