import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { readMessages } from "./messages.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface AxeResult {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[] }[];
}

/** What is looked for: colours take as long as everything else together. */
export type Barriers = "all" | "contrast" | "structure";

const only: Readonly<Record<Barriers, string>> = { all: "", contrast: "runOnly: ['color-contrast']", structure: "rules: { 'color-contrast': { enabled: false } }" };

/** What axe-core finds wrong with what is shown now, a line for each place. It is evaluated from outside: the page's policy stays as it is. */
export async function barriers(page: Page, kind: Barriers = "all"): Promise<readonly string[]> {
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(axe);
  const violations = await page.evaluate<AxeResult["violations"]>(`axe.run(document, { resultTypes: ['violations'], ${only[kind]} }).then(({ violations }) => violations)`);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary = "" }) => `${id}: ${html.slice(0, 200)} ${failureSummary.replaceAll(/\s+/g, " ")}`));
}

/** How many pixels wider than the window the page is. */
export function overhang(page: Page): Promise<number> {
  return page.evaluate<number>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
}

/** First words of keys; files and permissions that look like keys. */
const branches = [...new Set([...readMessages("en").keys()].map((key) => key.split(".")[0] ?? ""))];
const keyLike = new RegExp(String.raw`\b(?:${branches.join("|")})\.[a-z]\w*(?:\.\w+)*`, "g");
const noKeys = new Set(["modules.toml", "settings.read", "settings.manage"]);

/** Texts on the page that are keys of messages, where a text is missing. What others wrote (logs, code) is left out. */
export async function rawKeys(page: Page): Promise<readonly string[]> {
  const shown = await page.evaluate<string>("[...document.querySelectorAll('body *')].filter((each) => !each.closest('pre, code, [role=log]')).flatMap((each) => [...each.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data).concat(each.getAttribute('aria-label') ?? '', each.getAttribute('placeholder') ?? '')).join('\\n')");
  return [...new Set(shown.match(keyLike))].filter((each) => !noKeys.has(each));
}

/** Waits until everything that was asked for is shown. */
export async function settled(page: Page): Promise<void> {
  await page.locator("h1").waitFor();
  await page.locator("[role=status][aria-label], [aria-busy=true]").first().waitFor({ state: "detached" });
}
