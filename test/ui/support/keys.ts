import type { Locator, Page } from "playwright-core";

/** Presses Tab until an element has the focus, as somebody without a mouse does. Throws where it cannot be reached, or does not show that it has the focus. */
export async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await wanted.waitFor();
  for (let presses = 0; presses < 150; presses += 1) {
    if (await hasFocus(wanted)) return assertShown(page, wanted);
    await page.keyboard.press("Tab");
  }
  throw new Error(`${String(wanted)} cannot be reached by Tab`);
}

/** Goes there by Tab and presses Enter. */
export async function press(page: Page, wanted: Locator): Promise<void> {
  await tabTo(page, wanted);
  await page.keyboard.press("Enter");
}

function hasFocus(element: Locator): Promise<boolean> {
  return element.evaluate((each) => each === document.activeElement);
}

/** Waits until an element has the focus. */
export async function focused(element: Locator): Promise<void> {
  await element.and(element.page().locator(":focus")).waitFor();
}

/** Whoever goes by the keyboard must see where they are: an outline, a ring or another border. */
async function assertShown(page: Page, wanted: Locator): Promise<void> {
  const shown = await wanted.evaluate((each) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each);
    return each.matches(":focus-visible") && ((outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none");
  });
  if (!shown) throw new Error(`${String(wanted)} has the focus on ${page.url()}, but does not show it`);
}
