// Takes the pictures of the admin page that README shows: `node scripts/screenshots.ts [NAME…]`. Everything in them is real.
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { openChromium, findChromium } from "../test/support/chromium.ts";
import { buildPage } from "./build-page.ts";
import { openPlatform } from "./demo/platform.ts";
import { repositoryRoot } from "./example/files.ts";

const width = 1_360;
const maxBytes = 200_000;
const images = join(repositoryRoot, "docs", "images");
const owner = { name: "Ada Lovelace", email: "ada@example.org", password: "a quiet lamp under water" };

/** Takes a picture of what the page shows, no longer than its content or `most`. */
async function shoot(page: Page, name: string, most = 900): Promise<void> {
  await page.evaluate("document.fonts.ready");
  await page.mouse.move(0, 0);
  const path = join(images, `${name}.png`);
  const bottom = await page.evaluate<number>("Math.max(...[...document.querySelectorAll('main > div > *')].map((each) => each.getBoundingClientRect().bottom)) + 32");
  await page.setViewportSize({ width, height: Math.min(most, Math.ceil(Math.max(bottom, 620))) });
  await page.screenshot({ path });
  await page.setViewportSize({ width, height: 900 });
  const { size } = statSync(path);
  console.log(`${path}: ${Math.round(size / 1_000)} kB`);
  if (size > maxBytes) throw new Error(`${path} is larger than ${maxBytes / 1_000} kB`);
}

async function become(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel("Your name").fill(owner.name);
  await page.getByLabel("E-mail address").fill(owner.email);
  await page.getByLabel("Password", { exact: true }).fill(owner.password);
  await page.getByRole("button", { name: "Create my account" }).click();
  await page.getByRole("heading", { name: "Modules", level: 1 }).waitFor();
}

/** Chooses what to install and opens the plan of it. */
async function plan(page: Page, url: string, names: readonly string[]): Promise<void> {
  await page.goto(`${url}/modules`);
  for (const name of names) await page.getByRole("button", { name: `Install ${name}`, exact: true }).click();
}

async function deploy(page: Page, reason: string): Promise<void> {
  await page.getByLabel("Reason").fill(reason);
  await page.getByRole("button", { name: "Build and deploy to prod" }).click();
  await page.waitForURL(/\/builds\/bld_/);
}

const untilLive = (page: Page): Promise<void> => page.getByText("Active", { exact: true }).or(page.getByText("Success", { exact: true })).nth(1).waitFor({ timeout: 180_000 });

async function takeAll(page: Page, url: string, link: string): Promise<void> {
  await become(page, link);
  await plan(page, url, ["Forum"]);
  await page.getByRole("button", { name: "Review the plan" }).click();
  await deploy(page, "The community asked for a place to talk");
  await untilLive(page);
  await plan(page, url, ["Blog"]);
  await shoot(page, "marketplace", 860);
  await page.getByRole("button", { name: "Review the plan" }).click();
  await page.getByRole("button", { name: "Build and deploy to prod" }).and(page.locator(":enabled")).waitFor();
  await page.getByLabel("Reason").fill("News once a week, by the editors");
  await shoot(page, "plan", 860);
  await deploy(page, "News once a week, by the editors");
  await page.getByText(/about .* left/).waitFor();
  await page.getByText("── test").waitFor({ timeout: 120_000 });
  await shoot(page, "build", 872);
  await untilLive(page);
  await page.goto(`${url}/environments/prod`);
  await page.getByText("Well", { exact: true }).first().waitFor({ timeout: 30_000 });
  await shoot(page, "environment", 900);
}

buildPage();
const directory = mkdtempSync(join(tmpdir(), "modyard-screenshots-"));
// Nobody's own settings of npm stand in the pictures.
process.env["npm_config_userconfig"] = join(directory, "npmrc");
writeFileSync(join(directory, "npmrc"), "");
const platform = await openPlatform(directory, { example: "node-platform", ports: { api: 4600, platform: 8080 } });
const browser = await openChromium(findChromium() ?? "chromium");
try {
  const page = await (await browser.newContext({ viewport: { width, height: 900 }, locale: "en-GB", colorScheme: "light", reducedMotion: "reduce" })).newPage();
  page.setDefaultTimeout(60_000);
  await takeAll(page, platform.server.url, platform.server.setupUrl ?? "");
} finally {
  await browser.close();
  await platform.stop();
  rmSync(directory, { recursive: true, force: true });
}
