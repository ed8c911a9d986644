import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Client } from "pg";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connectionAt, findPlaces } from "../../packages/control-plane/src/database/embedded/places.ts";
import { chromiumBrowser, comeIn, openBrowser, openVisitor, type Visitor } from "../support/browser.ts";
import type { TestControlPlane } from "../support/control-plane.ts";
import { isThere } from "../support/requirement.ts";
import { barriers, settled } from "./support/look.ts";
import { openTwoEnvironments } from "./support/two-environments.ts";

/** What can be asked of the page: by whom, what and why; and what who may not change anything is offered. */
describe.runIf(isThere(chromiumBrowser))("history and roles", () => {
  let plane: TestControlPlane;
  let browser: Browser;
  let ada: Visitor;
  let build: string;
  beforeAll(async () => {
    [plane, browser] = await Promise.all([openTwoEnvironments({ deployed: false }), openBrowser()]);
    ada = await comeIn(plane, browser, "Ada", [{ environment: null, role: "owner" }]);
    build = (await plane.api.requestBuild({ requested_by: "ada", reason: "the community asked for it", install: ["forum"] })).build_id;
    await plane.api.waitForBuild(build);
    const file = join(plane.host, "modules.toml");
    await plane.git("reset", "--quiet", "--hard");
    await writeFile(file, `${await readFile(file, "utf8")}\n# Looked at by hand.\n`);
    await plane.git("-c", "user.name=Grace", "-c", "user.email=grace@example.com", "commit", "--quiet", "--all", "--message", "A remark in the manifest");
  });
  afterAll(async () => {
    await browser?.close();
    await plane?.close();
  });

  test("the manifest's history says who, what and why, by Modyard and by hand, and shows what a version was", async () => {
    const { page, shot } = ada;
    await page.goto(`${plane.url}/manifest`);
    await settled(page);
    expect(await page.getByLabel("modules.toml", { exact: true }).innerText()).toContain("# Looked at by hand.");
    const changes = page.getByRole("group", { name: "Changes" }).getByRole("listitem");
    const byHand = changes.filter({ hasText: "A remark in the manifest" });
    await byHand.getByText("Grace").waitFor();
    await byHand.getByText("By hand", { exact: true }).waitFor();
    await byHand.locator("summary").click();
    expect(await byHand.getByLabel(/^Lines that/).innerText()).toContain("+# Looked at by hand.");
    const byModyard = changes.filter({ hasText: "install forum 0.1.0" });
    await byModyard.getByText("ada · the community asked for it").waitFor();
    expect(await byModyard.getByText("By hand", { exact: true }).count()).toBe(0);
    await byModyard.locator("summary").click();
    expect(await byModyard.getByLabel(/^Lines that/).innerText()).toContain("+forum = {");
    await shot("manifest-history");
    await byModyard.getByRole("button", { name: "The whole file then" }).click();
    const then = page.getByRole("dialog", { name: /^modules\.toml at [0-9a-f]{12}$/ });
    const text = await then.getByLabel(/^modules\.toml at/).innerText();
    expect([text.includes("forum = {"), text.includes("Looked at by hand")]).toEqual([true, false]);
    expect(await barriers(page)).toEqual([]);
    await shot("manifest-version");
    await page.keyboard.press("Escape");
    await then.waitFor({ state: "detached" });
    await byModyard.getByRole("link", { name: `Build ${build}` }).click();
    await page.waitForURL(`${plane.url}/builds/${build}`);
  });

  test("the journal is searched, and what was found can be sent to somebody by its address", async () => {
    const { page } = ada;
    await page.goto(`${plane.url}/journal`);
    await page.getByLabel("What").fill("build.requested");
    const actor = (await plane.api.journal()).find(({ action }) => action === "build.requested")?.actor ?? "";
    await page.getByLabel("Who").fill(actor);
    await page.getByLabel("Who").press("Enter");
    await page.waitForURL(/action=build\.requested/);
    const entry = page.getByRole("main").getByRole("listitem");
    // The address is the new one before the list is.
    await expect.poll(() => entry.count()).toBe(1);
    await entry.getByText("the community asked for it").click();
    await entry.getByLabel("Details").waitFor();
    await page.reload();
    expect(await page.getByLabel("Who").inputValue()).toBe(actor);
    await page.getByLabel("Text").fill("nothing of the kind");
    await page.getByRole("button", { name: "Search" }).click();
    await page.getByText("Nothing fits").waitFor();
  });

  /** What only somebody can do who has the database itself. */
  const tamper = async (statement: string): Promise<void> => {
    const client = new Client(connectionAt(findPlaces(plane.data)));
    await client.connect();
    try {
      await client.query(`set session_replication_role = replica; ${statement}`);
    } finally {
      await client.end();
    }
  };

  test("the journal's chain is verified: whole at first, and after somebody forged an entry it is told which", async () => {
    const { page, shot } = ada;
    await page.goto(`${plane.url}/journal`);
    const verify = page.getByRole("button", { name: "Verify the chain" });
    const verdict = page.getByRole("dialog", { name: "Verify the chain" });
    await verify.click();
    await verdict.getByText(/^The journal is as it was written: [\d,]+ entries were recomputed\.$/).waitFor();
    await shot("journal-whole");
    await page.keyboard.press("Escape");
    await verdict.waitFor({ state: "detached" });
    await tamper("create table kept as table journal; update journal set reason = 'forged' where action = 'build.requested'");
    try {
      await verify.click();
      await verdict.getByText(/^The journal is not as it was written\./).waitFor();
      await verdict.getByText("journal_entry_changed").waitFor();
      await shot("journal-forged");
      expect(await barriers(page)).toEqual([]);
      await verdict.getByRole("button", { name: "Close" }).last().click();
    } finally {
      await tamper("update journal set reason = kept.reason from kept where kept.id = journal.id and kept.action = 'build.requested'; drop table kept");
    }
    await verify.click();
    await verdict.getByText(/^The journal is as it was written/).waitFor();
    await page.keyboard.press("Escape");
  });

  test("says numbers in Russian with the forms that they take", async () => {
    const visitor = await openVisitor(browser, { language: "ru-RU", as: ada });
    const { page } = visitor;
    const forms = { one: ["запись", "модуль"], few: ["записи", "модуля"], many: ["записей", "модулей"], other: ["записи", "модуля"], zero: [], two: [] } as const;
    const form = (count: number, which: 0 | 1): string | undefined => forms[new Intl.PluralRules("ru").select(count)][which];
    await page.goto(`${plane.url}/journal`);
    await page.getByRole("button", { name: "Проверить цепочку" }).click();
    const [, number = "", noun] = /пересчитан\S* (\d+) (\S+)\.$/.exec(await page.getByText(/^Журнал таков/).innerText()) ?? [];
    expect(noun).toBe(form(Number(number), 0));
    await page.keyboard.press("Escape");
    await page.goto(`${plane.url}/settings`);
    const [, modules = "", word] = /^(\d+) (\S+)$/.exec(await page.getByRole("listitem").filter({ hasText: "marketplace.toml" }).getByText(/^\d+ модул/).innerText()) ?? [];
    expect(word).toBe(form(Number(modules), 1));
    await page.getByText("не дольше 7 дней").first().waitFor();
    await visitor.shot("settings-russian");
    // Switched without loading the page anew, and kept.
    await page.getByLabel("Язык").selectOption("English");
    await page.getByRole("heading", { name: "Settings" }).waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "Settings" }).waitFor();
    expect(await page.evaluate("document.documentElement.lang")).toBe("en");
    expect(visitor.complaints).toEqual([]);
    await visitor.context.close();
  });

  const paths = (): readonly string[] => ["/modules", "/builds", `/builds/${build}`, "/environments", "/environments/prod", "/environments/staging", "/manifest", "/journal", "/access", "/settings"];
  /** Everything that changes something has a button; what only shows or sorts has not these names. */
  const changing = /^(install|uninstall|upgrade|deploy|roll back|approve|reject|cancel the build|invite|change(?! the password)|remove|disable|enable|build|review|add a webhook|verify)\b/i;

  /** What somebody is offered that changes something, by the page that offers it. */
  const offered = async ({ page }: Visitor): Promise<readonly string[]> => {
    const names: string[] = [];
    for (const path of paths()) {
      await page.goto(`${plane.url}${path}`);
      await settled(page);
      const buttons = await page.getByRole("main").getByRole("button").evaluateAll((all) => all.map((each) => each.getAttribute("aria-label") ?? each.textContent));
      names.push(...buttons.filter((name) => changing.test(name)).map((name) => `${path}: ${name}`));
    }
    return names;
  };

  test.each([
    ["a viewer", "Vera", { environment: null, role: "viewer" }, () => []],
    ["an operator of staging", "Olga", { environment: "staging", role: "operator" }, () => [`/builds/${build}: Deploy`]],
  ] as const)("offers %s what they may do, and tells calmly at the address of a page that is not for them", async (_, name, grant, expected) => {
    const visitor = await comeIn(plane, browser, name, [grant]);
    const { page, shot, complaints } = visitor;
    const refused: string[] = [];
    page.on("response", (response) => response.status() === 403 && refused.push(response.url()));
    expect(await offered(visitor)).toEqual(expected());
    await page.getByText("This is not among what your roles let you see").waitFor();
    expect(await page.getByRole("alert").count()).toBe(0);
    expect(await barriers(page)).toEqual([]);
    await shot(`not-allowed-${name.toLowerCase()}`);
    expect(await page.getByRole("link", { name: "Settings" }).count()).toBe(0);
    // What one may not ask for is not even asked.
    expect([...refused, ...complaints]).toEqual([]);
    await visitor.context.close();
  });

  test("an operator of one environment deploys there and nowhere else", async () => {
    const oscar = await comeIn(plane, browser, "Oscar", [{ environment: "staging", role: "operator" }]);
    const { page } = oscar;
    await page.goto(`${plane.url}/builds/${build}`);
    await page.getByRole("button", { name: "Deploy", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Deploy this build" });
    await dialog.getByRole("button", { name: "Deploy to staging" }).waitFor();
    expect(await dialog.getByLabel("Deploy to").locator("option").allInnerTexts()).toEqual(["staging"]);
    await dialog.getByRole("button", { name: "Cancel" }).click();
    expect(oscar.complaints).toEqual([]);
    await oscar.context.close();
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

  test("gave the browser nothing to complain about", () => {
    expect(ada.complaints).toEqual([]);
  });
});
