import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const assets = fileURLToPath(new URL("../../../pages/admin/assets/", import.meta.url));

/** The admin page's rules for its typeface, so that the pages by which people come in are set in the same; nothing where it was not built. */
export function pageType(): string {
  if (!existsSync(assets)) return "";
  const sheets = readdirSync(assets).filter((name) => name.endsWith(".css")).map((name) => readFileSync(`${assets}${name}`, "utf8"));
  return sheets.flatMap((sheet) => sheet.match(/@font-face\s*\{[^}]*\}/g) ?? []).join("\n");
}
