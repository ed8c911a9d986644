import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { z } from "zod";
import { findChromium, openChromium } from "./chromium.ts";
import type { TestControlPlane } from "./control-plane.ts";
import type { Requirement } from "./requirement.ts";

/** What tests of pages need. */
export const chromiumBrowser: Requirement = { program: findChromium() ?? "chromium", hint: "install Chromium with the packages of your system, e.g. apt-get install chromium" };

/** Screenshots of a run, kept for who looks at what people see. */
const shots = join(import.meta.dirname, "..", "..", "test-results", "screenshots");

/** A real Chromium. */
export async function openBrowser(): Promise<Browser> {
  mkdirSync(shots, { recursive: true });
  return openChromium(chromiumBrowser.program);
}

/** One person at one browser. */
export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the browser complained about: errors of scripts, of the policy, and answers of 500 and above. */
  readonly complaints: string[];
  /** Takes a picture of what is to be seen. */
  shot(name: string): Promise<void>;
}

interface VisitorOptions {
  readonly dark?: boolean;
  readonly language?: string;
  readonly width?: number;
  /** Signed in as this one, in the same session. */
  readonly as?: Visitor;
}

/** A new browser profile that nobody is signed in with. */
export async function openVisitor(browser: Browser, { dark = false, language = "en-GB", width = 1360, as }: VisitorOptions = {}): Promise<Visitor> {
  const session = as === undefined ? {} : { storageState: await as.context.storageState() };
  const context = await browser.newContext({ ...session, viewport: { width, height: 900 }, locale: language, colorScheme: dark ? "dark" : "light", reducedMotion: "reduce" });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => message.type() === "error" && !isExpected(message.text()) && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("response", (response) => response.status() >= 500 && complaints.push(`${response.status()} ${response.url()}`));
  return { context, page, complaints, shot: async (name) => void (await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true })) };
}

/** The browser itself tells of every answer of 400 and above; which of them are wrong, tests say. */
function isExpected(text: string): boolean {
  return /^Failed to load resource: the server responded with a status of 4\d\d/.test(text);
}

/** Of everybody who came in by `comeIn`. */
export const password = "plain horses sign no forms";
const invited = z.object({ link: z.string() });

/** Invites a person with roles and comes in as them, by the invitation's own page. */
export async function comeIn(plane: TestControlPlane, browser: Browser, name: string, grants: readonly { readonly environment: string | null; readonly role: string }[], options: VisitorOptions = {}): Promise<Visitor> {
  const { link } = await plane.api.post("/people", { name, email: `${name.toLowerCase()}@example.com`, grants }, invited);
  const visitor = await openVisitor(browser, options);
  await visitor.page.goto(link);
  await visitor.page.getByLabel("New password").fill(password);
  await visitor.page.getByRole("button", { name: "Save and sign in" }).click();
  await visitor.page.waitForURL((url) => url.pathname !== "/invitation");
  await visitor.page.goto(`${plane.url}/modules`);
  await visitor.page.locator("h1").waitFor();
  return visitor;
}

/** Comes in as somebody who has a password, in a browser of its own. */
export async function signIn(plane: TestControlPlane, browser: Browser, email: string, word = password): Promise<Visitor> {
  const visitor = await openVisitor(browser);
  await visitor.page.goto(`${plane.url}/sign-in`);
  await visitor.page.getByLabel("E-mail").fill(email);
  await visitor.page.getByLabel("Password", { exact: true }).fill(word);
  await visitor.page.getByRole("button", { name: "Sign in", exact: true }).click();
  await visitor.page.waitForURL((url) => url.pathname === "/modules");
  await visitor.page.locator("h1").waitFor();
  return visitor;
}
