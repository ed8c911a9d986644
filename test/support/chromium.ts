import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";

const places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Where the machine's own browser is; undefined: it has none. Where all must be tested (CI=true) that is an error. */
export function findChromium(): string | undefined {
  const found = [process.env["MODYARD_TEST_CHROMIUM"], ...places].find((path) => path !== undefined && existsSync(path));
  if (found === undefined && process.env["CI"] === "true") throw new Error("no browser to test with: install Debian's package chromium, or set MODYARD_TEST_CHROMIUM");
  return found;
}

export function openChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
}
