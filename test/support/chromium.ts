import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium, type Browser } from "playwright-core";

const names = ["chromium", "chromium-browser", "google-chrome"];
const places = [...names.flatMap((name) => (process.env["PATH"] ?? "").split(delimiter).map((directory) => join(directory, name))), "/usr/bin/chromium"];

/** Nothing is asked of anybody but of the server under test. */
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** Where the machine's own browser is; undefined: it has none. Where all must be tested (CI=true) that is an error. */
export function findChromium(): string | undefined {
  const found = [process.env["MODYARD_TEST_CHROMIUM"], ...places].find((path) => path !== undefined && existsSync(path));
  if (found === undefined && process.env["CI"] === "true") throw new Error("no browser to test with: install Debian's package chromium, or set MODYARD_TEST_CHROMIUM");
  return found;
}

export function openChromium(executablePath: string): Promise<Browser> {
  // A busy machine may need more than the half minute that is usual.
  return chromium.launch({ executablePath, args: flags, timeout: 150_000 });
}
