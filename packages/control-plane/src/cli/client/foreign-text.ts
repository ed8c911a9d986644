import pc from "picocolors";
import { withoutSteering } from "../steering.ts";
import type { Output } from "../terminal.ts";

/** Where a text goes that is coloured by its meaning instead. */
export const plain = { colors: pc.createColors(false) };

const reset = "\u001b[0m";

/**
 * A line that a build or an application wrote: colours stay where they can be shown, and end with the line; anything
 * else that would steer the terminal (cursor, title, clipboard) goes.
 */
export function foreignText({ colors }: Pick<Output, "colors">, text: string): string {
  // A progress bar drew over its own line: what it showed last counts.
  const last = text.replace(/\r+$/, "").split("\r").at(-1) ?? "";
  const shown = withoutSteering(last, colors).replaceAll("\n", "");
  // Of all sequences only colours are left.
  return shown.includes("\u001b") ? shown + reset : shown;
}
