import type { Locator } from "playwright-core";
import type { Visitor } from "../../support/browser.ts";
import { barriers, overhang, rawKeys, settled, type Barriers } from "./look.ts";
import type { Language } from "./messages.ts";

interface Look {
  readonly width: 1360 | 390;
  readonly theme: "light" | "dark";
  readonly barriers?: Barriers;
  readonly shot: boolean;
}

/**
 * Everything is looked at in each width, and every colour in each theme and width. Another language changes neither colours nor
 * roles: there names and lengths of texts are looked at.
 */
const looks: Readonly<Record<Language, readonly Look[]>> = {
  en: [
    { width: 1360, theme: "light", barriers: "all", shot: true },
    { width: 1360, theme: "dark", barriers: "contrast", shot: true },
    { width: 390, theme: "dark", barriers: "contrast", shot: false },
    { width: 390, theme: "light", barriers: "all", shot: true },
  ],
  ru: [
    { width: 1360, theme: "light", barriers: "structure", shot: true },
    { width: 390, theme: "light", shot: true },
  ],
};

/** Looks at what is shown; what is wrong is told with where. */
export async function lookAround(visitor: Visitor, name: string, language: Language): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const { width, theme, barriers: kind, shot } of looks[language]) {
    await visitor.page.setViewportSize({ width, height: 900 });
    await visitor.page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await visitor.page.locator(theme === "dark" ? "html.dark" : "html:not(.dark)").waitFor({ state: "attached" });
    const over = await overhang(visitor.page);
    if (over > 0) wrong.push(`${width}: scrolls sideways by ${over}`);
    if (kind !== undefined) wrong.push(...(await barriers(visitor.page, kind)).map((each) => `${width} ${theme}: ${each}`));
    if (shot) await visitor.shot(`${name}-${language}-${theme}-${width}`);
  }
  wrong.push(...(await rawKeys(visitor.page)).map((key) => `raw key: ${key}`));
  await visitor.page.setViewportSize({ width: 1360, height: 900 });
  return wrong.map((each) => `${name} ${language} ${each}`);
}

/** Opens a dialog by a button as the keyboard does, looks at it, closes it with Escape; the focus is where it was. */
export async function lookAtDialog(visitor: Visitor, name: string, language: Language, opener: Locator): Promise<readonly string[]> {
  const { page } = visitor;
  await opener.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  await settled(page);
  const wrong = [...(await lookAround(visitor, `dialog-${name}`, language))];
  if (!(await page.evaluate<boolean>("document.activeElement?.closest('dialog') !== null"))) wrong.push(`${name}: the focus is not in the dialog`);
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  if (!(await opener.evaluate((each) => each === document.activeElement))) wrong.push(`${name}: the focus did not come back, but is on ${await page.evaluate<string>("document.activeElement?.outerHTML.slice(0, 100)")}`);
  return wrong;
}
