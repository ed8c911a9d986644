import { buildPage } from "../../scripts/build-page.ts";

/** Before all tests: every server reads the page's files when it starts, and they may not change under it. */
export function setup(): void {
  buildPage();
}
