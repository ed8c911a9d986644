import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromiumBrowser, comeIn, openBrowser, type Visitor } from "../support/browser.ts";
import { isThere } from "../support/requirement.ts";
import { barriers, overhang } from "./support/look.ts";
import { hostile, openRegistryWorld, type RegistryWorld } from "./support/registry-world.ts";

const needsContent = '\n[dependencies]\ncontent = ">=0.1.0 <0.2.0"\n';

/** Builds on a machine that others use, too. */
const patienceMs = 300_000;

/** One story with a registry of one's own: each test goes on where the one before ended. */
describe.runIf(isThere(chromiumBrowser))("modules that are in no catalog", () => {
  let world: RegistryWorld;
  let browser: Browser;
  let ada: Visitor;
  beforeAll(async () => {
    [world, browser] = await Promise.all([openRegistryWorld(), openBrowser()]);
    const notes = { slug: "notes", readme: "# Notes\n\nShort texts with a date.\n", tables: needsContent };
    await world.publish({ ...notes, version: "1.0.0" }, { ...notes, version: "1.1.0" }, { slug: "hostile", version: "1.0.0", ...hostile });
    ada = await comeIn(world.plane, browser, "Ada", [{ environment: null, role: "owner" }]);
  }, patienceMs);
  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  const sheet = () => ada.page.getByRole("dialog", { name: "Install by address" });
  const plan = () => ada.page.getByRole("dialog", { name: "Plan" });
  const close = () => ada.page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();

  test("are found as one types; what is foreign or hostile in their texts stays text", async () => {
    const { page, shot } = ada;
    await page.getByLabel("Search modules").pressSequentially("acme");
    await page.getByRole("button", { name: "Look at @acme/hostile" }).click();
    await sheet().getByText("another").waitFor();
    expect(await sheet().getByText(hostile.name.replaceAll(/[\u202A-\u202E]/g, ""), { exact: true }).count()).toBe(1);
    expect(await sheet().locator("script, img, iframe, b").count()).toBe(0);
    expect(await sheet().getByRole("link").evaluateAll((links) => links.map((link) => link.getAttribute("href")))).toEqual(["", "https://example.com/docs"]);
    expect([await page.title(), await overhang(page), await barriers(page)]).toEqual(["Modules · Modyard", 0, []]);
    await shot("registry-hostile");
    await close();
  });

  test("that nothing calls a module are said to be none", async () => {
    const { page, shot } = ada;
    await page.getByRole("button", { name: "Look at @acme/left-trim" }).click();
    await sheet().getByText("@acme/left-trim has no module.toml").waitFor();
    await shot("registry-no-module");
    await close();
  });

  test("are looked at, and taken in an older version; the change goes live", async () => {
    const { page, shot } = ada;
    await page.getByRole("button", { name: "Look at @acme/notes" }).click();
    await sheet().getByText("Short texts with a date.").waitFor();
    for (const fact of ["MIT", "content >=0.1.0 <0.2.0", "1.1.0, 1.0.0"]) await sheet().getByText(fact, { exact: true }).waitFor();
    await sheet().getByLabel("Version").selectOption("1.0.0");
    await sheet().getByText("notes · 1.0.0").waitFor();
    await shot("registry-module");
    await sheet().getByRole("button", { name: "Add to the change" }).click();
    await page.getByRole("button", { name: "Review the plan" }).click();
    await plan().getByText('+ notes = { package = "@acme/notes", source = "npm", version = "1.0.0" }').waitFor();
    await plan().getByText("a rollback of prod to what runs now will be possible").waitFor();
    await plan().getByText(/^Builds like this take about \d+ (s|min)/).waitFor();
    await plan().getByRole("button", { name: "Build and deploy to prod" }).click();
    await page.waitForURL(/\/builds\/bld_/);
    await expect.poll(async () => (await world.plane.application("/notes")).body, { timeout: patienceMs, interval: 500 }).toMatchObject({ version: "1.0.0" });
  }, patienceMs);

  test("have an update as soon as one is published: its plan says that there is no way back, and it goes live", async () => {
    const { page, shot } = ada;
    await world.publish({ slug: "notes", version: "2.0.0", tables: `${needsContent}\n[migrations]\npolicy = "irreversible"\n` });
    await page.goto(`${world.plane.url}/modules`);
    await page.getByRole("button", { name: "Check for updates" }).click();
    const card = page.getByRole("article").filter({ hasText: "Published notes" });
    await card.getByText("→ 2.0.0").waitFor();
    await shot("registry-update");
    await card.getByRole("button", { name: "Upgrade Published notes" }).click();
    await page.getByRole("button", { name: "Review the plan" }).click();
    await plan().getByText("There will be no rollback to before this change").waitFor();
    await plan().getByText('+ notes = { package = "@acme/notes", source = "npm", version = "2.0.0" }').waitFor();
    await shot("registry-upgrade-plan");
    await plan().getByRole("button", { name: "Build and deploy to prod" }).click();
    await page.waitForURL(/\/builds\/bld_/);
    await expect.poll(async () => (await world.plane.application("/notes")).body, { timeout: patienceMs, interval: 500 }).toMatchObject({ version: "2.0.0" });
  }, patienceMs);

  test("come from git and from a directory; of a wrong address it is said what is wrong, and nothing that was typed is lost", async () => {
    const { page, shot } = ada;
    await page.goto(`${world.plane.url}/modules`);
    await page.getByRole("button", { name: "Install by address" }).click();
    await sheet().getByLabel("Package", { exact: true }).fill("@acme/missing");
    await sheet().getByLabel("Package", { exact: true }).press("Enter");
    await sheet().getByText("the registry has no package @acme/missing").waitFor();
    await sheet().getByLabel("Where it comes from").selectOption("git");
    await sheet().getByLabel("Repository").fill("file:///etc");
    await sheet().getByLabel("Revision").fill("v9");
    await sheet().getByRole("button", { name: "Look it up" }).click();
    await sheet().getByRole("alert").getByText("Git address refused").waitFor();
    await sheet().getByLabel("Repository").fill(world.wiki);
    await sheet().getByRole("button", { name: "Look it up" }).click();
    await sheet().getByText('has no commit, tag or branch "v9"').waitFor();
    await shot("registry-wrong-address");
    expect(await sheet().getByLabel("Repository").inputValue()).toBe(world.wiki);
    await sheet().getByLabel("Revision").fill("v1.0.0");
    await sheet().getByRole("button", { name: "Look it up" }).click();
    await sheet().getByText("Pages that everybody edits.").waitFor();
    await sheet().getByRole("button", { name: "Add to the change" }).click();
    await page.getByRole("button", { name: "Install by address" }).click();
    await sheet().getByLabel("Where it comes from").selectOption("path");
    await sheet().getByLabel("Directory").fill("modules/forum");
    await sheet().getByRole("button", { name: "Look it up" }).click();
    await sheet().getByText("Threads and replies").waitFor();
    await sheet().getByRole("button", { name: "Add to the change" }).click();
  });

  test("stand in one change, of which what is blocked says by what, with the way out in one press", async () => {
    const { page, shot } = ada;
    await page.getByRole("button", { name: "Uninstall Content" }).click();
    await page.getByRole("button", { name: "Review the plan" }).click();
    await plan().getByText("content cannot be uninstalled: forum and notes need it").waitFor();
    expect(await plan().innerText()).not.toMatch(/--[a-z]|`/);
    expect(await plan().locator("p code").allInnerTexts()).toEqual(expect.arrayContaining(["content", "forum", "notes"]) as string[]);
    expect(await plan().getByRole("button", { name: /^Build/ }).isDisabled()).toBe(true);
    await shot("registry-blocked");
    await plan().getByRole("button", { name: "Leave content out of the change" }).first().click();
    await plan().getByText("+ wiki = {").waitFor();
    await plan().getByText("+ forum = {").waitFor();
    await plan().getByRole("button", { name: /^Build/ }).and(page.locator(":enabled")).waitFor();
    await close();
    await page.getByRole("button", { name: "Discard" }).click();
  });

  test.each([
    { state: "down", said: "the npm registry cannot be searched" },
    { state: "silent", said: "This takes longer than usual" },
  ] as const)("are not found while the registry is $state, which is said; the rest of the page works", async ({ state, said }) => {
    const { page, shot } = ada;
    world.become(state);
    await page.goto(`${world.plane.url}/modules`);
    await page.getByRole("button", { name: "Published notes", exact: true }).waitFor();
    await page.getByLabel("Search modules").fill(`not${state}`);
    await page.getByText(said).waitFor();
    await shot(`registry-${state}`);
    await page.getByLabel("Search modules").fill("threads");
    await page.getByRole("button", { name: "Install Forum" }).click();
    await page.getByRole("button", { name: "Review the plan" }).click();
    await plan().getByText("+ forum = {").waitFor();
    await close();
    await page.getByRole("button", { name: "Discard" }).click();
    world.become("up");
  });

  test("come from git in another revision when it is named; what is the host's own has none", async () => {
    const { page, shot } = ada;
    const file = join(world.plane.host, "modules.toml");
    await world.plane.git("reset", "--quiet", "--hard");
    await writeFile(file, (await readFile(file, "utf8")).replace("[modules]\n", `[modules]\nwiki = { package = "@acme/wiki", source = "git", git = "${world.wiki}", rev = "v1.0.0" }\n`));
    await world.plane.git("-c", "user.name=Grace", "-c", "user.email=grace@example.com", "commit", "--quiet", "--all", "--message", "The wiki, by hand");
    await page.goto(`${world.plane.url}/modules`);
    await page.getByRole("button", { name: "Content", exact: true }).click();
    const own = page.getByRole("dialog", { name: "Content" });
    await own.getByText("every build takes it as it is there").waitFor();
    expect(await own.getByRole("button", { name: "Upgrade" }).count()).toBe(0);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Published wiki", exact: true }).click();
    const wiki = page.getByRole("dialog", { name: "Published wiki" });
    await wiki.getByLabel("Another revision").fill("v9");
    expect(await barriers(page)).toEqual([]);
    await shot("module-revision");
    await wiki.getByRole("button", { name: "Change to v9" }).click();
    await page.getByRole("button", { name: "Review the plan" }).click();
    await plan().getByText('has no commit, tag or branch "v9"').waitFor();
    await plan().getByLabel("Revision of wiki").fill("v1.1.0");
    await plan().getByLabel("Revision of wiki").press("Tab");
    await plan().getByText(`rev = "v1.1.0"`).waitFor();
    await plan().getByText("1.0.0 → 1.1.0").waitFor();
    await shot("plan-revision");
    await close();
    await page.getByRole("button", { name: "Discard" }).click();
  });

  test("gave the browser nothing to complain about", () => {
    expect(ada.complaints).toEqual([]);
  });
});
